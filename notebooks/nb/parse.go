package nb

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// A Number is the text of a JSON number as the file had it: 1.0 stays 1.0. As in
// Python, NaN, Infinity and -Infinity are numbers too.
type Number string

// MarshalJSON keeps the text.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// A SyntaxError says where a file stops being JSON. Line and Column count from 1;
// columns are counted in characters.
type SyntaxError struct {
	Line, Column int
	What         string
}

// Error says where and what.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("not JSON: line %d, column %d: %s", e.Line, e.Column, e.What)
}

// maxDepth bounds nesting, as a hostile file could otherwise exhaust the stack.
const maxDepth = 1000

// parse reads one JSON text into nil, bool, Number, string, []any and map[string]any.
// encoding/json is not used because it replaces lone surrogates, refuses NaN and
// knows no line numbers.
func parse(data []byte) (v any, err error) {
	p := &parser{data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))}
	defer func() {
		if r := recover(); r != nil {
			what, ours := r.(syntax)
			if !ours {
				panic(r)
			}
			v, err = nil, p.place(string(what))
		}
	}()
	p.space()
	if p.at == len(p.data) {
		panic(syntax("the file is empty"))
	}
	if bytes.HasPrefix(p.data, []byte("\xff\xfe")) || bytes.HasPrefix(p.data, []byte("\xfe\xff")) {
		panic(syntax("the file is UTF-16; save it as UTF-8"))
	}
	v = p.value(0)
	p.space()
	if p.at < len(p.data) {
		panic(syntax("text after the end of the notebook"))
	}
	return v, nil
}

type parser struct {
	data []byte
	at   int
}

// syntax is what the parser panics with; parse turns it into a SyntaxError.
type syntax string

const truncated = syntax("the file ends too early; it was cut off: save the notebook again or restore a copy")

func (p *parser) place(what string) error {
	before := p.data[:min(p.at, len(p.data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &SyntaxError{1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:]), what}
}

func (p *parser) value(depth int) any {
	if depth > maxDepth {
		panic(syntax(fmt.Sprintf("more than %d levels of nesting", maxDepth)))
	}
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"':
		return p.text()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	for _, w := range words {
		if p.word(w.text) {
			return w.value
		}
	}
	panic(syntax(fmt.Sprintf("%s, want a value", p.found())))
}

var words = []struct {
	text  string
	value any
}{
	{"null", nil}, {"true", true}, {"false", false}, {"NaN", Number("NaN")}, {"Infinity", Number("Infinity")},
}

func (p *parser) word(w string) bool {
	rest := p.data[p.at:]
	if bytes.HasPrefix(rest, []byte(w)) {
		p.at += len(w)
		return true
	}
	if len(rest) < len(w) && bytes.HasPrefix([]byte(w), rest) {
		p.at = len(p.data)
		panic(truncated)
	}
	return false
}

func (p *parser) object(depth int) any {
	o := map[string]any{}
	p.at++
	for p.space(); p.peek() != '}'; p.space() {
		if len(o) > 0 {
			p.expect(',')
		}
		if p.space(); p.peek() != '"' {
			panic(syntax(fmt.Sprintf("%s, want a key in quotes", p.found())))
		}
		key := p.text()
		p.space()
		p.expect(':')
		p.space()
		o[key] = p.value(depth + 1) // as in Python, the last of equal keys counts
	}
	p.at++
	return o
}

func (p *parser) array(depth int) any {
	list := []any{}
	p.at++
	for p.space(); p.peek() != ']'; p.space() {
		if len(list) > 0 {
			p.expect(',')
			p.space()
		}
		list = append(list, p.value(depth+1))
	}
	p.at++
	return list
}

func (p *parser) number() any {
	start := p.at
	if p.peek() == '-' {
		p.at++
		if p.word("Infinity") {
			return Number("-Infinity")
		}
	}
	first := p.at
	if p.digits(); p.at-first > 1 && p.data[first] == '0' {
		panic(syntax("a number starts with 0"))
	}
	if p.at < len(p.data) && p.data[p.at] == '.' {
		p.at++
		p.digits()
	}
	if p.at < len(p.data) && p.data[p.at]|0x20 == 'e' {
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		p.digits()
	}
	return Number(p.data[start:p.at])
}

func (p *parser) digits() {
	if c := p.peek(); c < '0' || c > '9' {
		panic(syntax(fmt.Sprintf("%s, want a digit", p.found())))
	}
	for p.at < len(p.data) && p.data[p.at] >= '0' && p.data[p.at] <= '9' {
		p.at++
	}
}

// text reads a string. A lone surrogate, which Python allows, is kept as the three
// bytes that UTF-8 would give it; the writer escapes it again.
func (p *parser) text() string {
	p.at++
	var out []byte
	for {
		switch c := p.peek(); {
		case c == '"':
			p.at++
			return string(out)
		case c == '\\':
			out = p.escape(out)
		case c < 0x20:
			panic(syntax(fmt.Sprintf("a bare control character %#02x in a string", c)))
		case c < utf8.RuneSelf:
			out = append(out, c)
			p.at++
		default:
			r, size := utf8.DecodeRune(p.data[p.at:])
			if r == utf8.RuneError && size == 1 {
				panic(syntax("not UTF-8"))
			}
			out = append(out, p.data[p.at:p.at+size]...)
			p.at += size
		}
	}
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(out []byte) []byte {
	p.at++
	c := p.peek()
	if plain, ok := escapes[c]; ok {
		p.at++
		return append(out, plain)
	}
	if c != 'u' {
		panic(syntax(fmt.Sprintf("the escape \\%c does not exist", c)))
	}
	r := p.hex()
	if utf16.IsSurrogate(r) {
		here := p.at
		if bytes.HasPrefix(p.data[p.at:], []byte(`\u`)) {
			p.at++
			if pair := utf16.DecodeRune(r, p.hex()); pair != utf8.RuneError {
				return utf8.AppendRune(out, pair)
			}
		}
		p.at = here
		return append(out, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(out, r)
}

// hex reads uXXXX.
func (p *parser) hex() rune {
	p.at++
	if p.at+4 > len(p.data) {
		p.at = len(p.data)
		panic(truncated)
	}
	n, err := strconv.ParseUint(string(p.data[p.at:p.at+4]), 16, 16)
	if err != nil {
		panic(syntax("\\u wants four hexadecimal digits"))
	}
	p.at += 4
	return rune(n)
}

func (p *parser) space() {
	for p.at < len(p.data) && bytes.IndexByte([]byte(" \t\r\n"), p.data[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) peek() byte {
	if p.at >= len(p.data) {
		panic(truncated)
	}
	return p.data[p.at]
}

func (p *parser) expect(c byte) {
	if p.peek() != c {
		panic(syntax(fmt.Sprintf("%s, want %q", p.found(), c)))
	}
	p.at++
}

func (p *parser) found() string {
	r, _ := utf8.DecodeRune(p.data[p.at:])
	return fmt.Sprintf("found %q", r)
}
