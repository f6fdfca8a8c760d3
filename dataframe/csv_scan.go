package dataframe

import (
	"bytes"
	"fmt"
)

// A csvScanner cuts a text into fields.
type csvScanner struct {
	data  []byte
	comma byte
	at    int
	line  int // of the byte at
	start int // of the line, for column numbers
}

// A csvField is a field's text; a quoted one was not missing, and not a number,
// by being empty.
type csvField struct {
	text []byte
	end  bool // it is the last of its row
}

// record reads the next row that is not blank; nil at the end.
func (s *csvScanner) record() ([]csvField, error) {
	s.skipBlankLines()
	if s.at >= len(s.data) {
		return nil, nil
	}
	var out []csvField
	for {
		f, err := s.field()
		if err != nil {
			return nil, err
		}
		out = append(out, f)
		if f.end {
			return out, nil
		}
	}
}

func (s *csvScanner) skipBlankLines() {
	for s.at < len(s.data) {
		switch {
		case s.data[s.at] == '\n':
			s.at++
		case s.data[s.at] == '\r' && (s.at+1 == len(s.data) || s.data[s.at+1] == '\n'):
			s.at = min(s.at+2, len(s.data))
		default:
			return
		}
		s.line++
		s.start = s.at
	}
}

// field reads up to the next comma or line end. A loop over bytes beats
// bytes.IndexByte here, since fields are short.
func (s *csvScanner) field() (csvField, error) {
	if s.at < len(s.data) && s.data[s.at] == '"' {
		return s.quoted()
	}
	data, i := s.data, s.at
	for i < len(data) && data[i] != s.comma && data[i] != '\n' {
		i++
	}
	return s.finish(data[s.at:i], i), nil
}

// finish steps over what ends a field.
func (s *csvScanner) finish(text []byte, i int) csvField {
	if i < len(s.data) && s.data[i] == s.comma {
		s.at = i + 1
		return csvField{text, false}
	}
	if len(text) > 0 && text[len(text)-1] == '\r' {
		text = text[:len(text)-1]
	}
	s.at = i
	if i < len(s.data) {
		s.at++
		s.line++
		s.start = s.at
	}
	return csvField{text, true}
}

// quoted reads "text", in which "" is a quote; what follows the closing quote up to
// the comma belongs to the field, as in pandas.
func (s *csvScanner) quoted() (csvField, error) {
	line, column := s.line, s.at-s.start+1
	var text []byte
	i := s.at + 1
	for {
		end := bytes.IndexByte(s.data[i:], '"')
		if end < 0 {
			return csvField{}, fmt.Errorf("line %d, column %d: the quoted field that begins there does not end", line, column)
		}
		s.countLines(s.data[i:i+end], i)
		text = append(text, s.data[i:i+end]...)
		i += end + 1
		if i >= len(s.data) || s.data[i] != '"' {
			break
		}
		text = append(text, '"')
		i++
	}
	from := i
	for i < len(s.data) && s.data[i] != s.comma && s.data[i] != '\n' {
		i++
	}
	tail := s.data[from:i]
	if n := len(tail); n > 0 && tail[n-1] == '\r' {
		tail = tail[:n-1]
	}
	return s.finish(append(text, tail...), i), nil
}

func (s *csvScanner) countLines(text []byte, at int) {
	if n := bytes.Count(text, []byte{'\n'}); n > 0 {
		s.line += n
		s.start = at + bytes.LastIndexByte(text, '\n') + 1
	}
}
