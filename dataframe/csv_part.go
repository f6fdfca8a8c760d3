package dataframe

import (
	"bytes"
	"fmt"

	"github.com/go-gota/gota/series"
)

// A csvPart is a piece of the text, its lines whole, and the columns read from it.
type csvPart struct {
	data    []byte
	line    int
	rows    int
	kinds   []series.Type // "" = only missing values so far
	columns []csvColumn
}

// sniff guesses kinds from the first rows, so that most parts are read once.
func (f *csvFile) sniff() []series.Type {
	kinds := append([]series.Type{}, f.fixed...)
	scan := &csvScanner{data: f.data, comma: f.comma, line: f.line}
	for range 100 {
		record, err := scan.record()
		if err != nil || record == nil {
			break
		}
		for c, field := range record {
			if c < len(kinds) && f.fixed[c] == "" {
				kinds[c] = f.widen(kinds[c], field.text)
			}
		}
	}
	for c := range kinds {
		if kinds[c] == "" {
			kinds[c] = series.Int
		}
	}
	return kinds
}

// widen is the narrowest kind that holds what was seen and this text too: int,
// float, and else text; bool, and else text.
func (f *csvFile) widen(kind series.Type, text []byte) series.Type {
	if f.missing[string(text)] {
		return kind
	}
	_, isInt := parseInt(text)
	_, isFloat := parseFloat(text)
	_, isBool := parseBool(string(text))
	switch {
	case isInt && (kind == "" || kind == series.Int):
		return series.Int
	case isFloat && (kind == "" || kind == series.Int || kind == series.Float):
		return series.Float
	case isBool && (kind == "" || kind == series.Bool):
		return series.Bool
	}
	return series.String
}

// read fills the columns; when a value does not fit its column's kind, the kind is
// widened and the part read again, at most three times.
func (p *csvPart) read(f *csvFile, kinds []series.Type) error {
	p.kinds = append([]series.Type{}, kinds...)
	for {
		widened, err := p.pass(f)
		if err != nil || !widened {
			return err
		}
	}
}

func (p *csvPart) pass(f *csvFile) (widened bool, err error) {
	p.rows = 0
	p.columns = make([]csvColumn, len(p.kinds))
	lines := bytes.Count(p.data, []byte{'\n'}) + 1
	for c, k := range p.kinds {
		p.columns[c] = newCSVColumn(k, lines)
	}
	scan := &csvScanner{data: p.data, comma: f.comma, line: p.line}
	for {
		scan.skipBlankLines()
		if scan.at >= len(scan.data) {
			return widened, nil
		}
		more, err := p.readRow(f, scan)
		if err != nil {
			return false, err
		}
		widened = widened || more
		p.rows++
	}
}

func (p *csvPart) readRow(f *csvFile, scan *csvScanner) (widened bool, err error) {
	line, start := scan.line, scan.start
	for c, end := 0, false; c < len(p.columns) || !end; c++ {
		var field csvField
		column := scan.at - start + 1
		if !end {
			if field, err = scan.field(); err != nil {
				return false, err
			}
			end = field.end
		}
		if c >= len(p.columns) {
			return false, fmt.Errorf("line %d, column %d: more than the %d fields of the header", line, column, len(p.columns))
		}
		if p.columns[c].add(f, field.text) {
			continue
		}
		if f.fixed[c] != "" {
			return false, fmt.Errorf("line %d, column %d: %q does not convert to %s (column %q)", line, column, field.text, dtype(f.fixed[c]), f.names[c])
		}
		p.kinds[c] = f.widen(p.kinds[c], field.text)
		p.columns[c] = ignoredColumn{}
		widened = true
	}
	return widened, nil
}

// commonCSVKinds are the kinds that hold all parts: a part without values in a
// column agrees with any.
func commonCSVKinds(parts []*csvPart, f *csvFile) []series.Type {
	out := append([]series.Type{}, f.fixed...)
	for c := range out {
		gap := false
		for _, p := range parts {
			if f.fixed[c] != "" {
				break
			}
			v := p.columns[c].vector()
			gap = gap || anyMissing(v)
			if allHoles(v) {
				continue
			}
			switch k := v.kind(); {
			case out[c] == "" || out[c] == k:
				out[c] = k
			case isNumber(out[c]) && isNumber(k):
				out[c] = series.Float
			default:
				out[c] = series.String
			}
		}
		if out[c] == "" || out[c] == series.Int && gap && f.fixed[c] == "" {
			out[c] = series.Float
		}
	}
	return out
}

func anyMissing(v vector) bool {
	for i := range v.size() {
		if v.missing(i) {
			return true
		}
	}
	return false
}

func allHoles(v vector) bool {
	for i := range v.size() {
		if !v.missing(i) {
			return false
		}
	}
	return true
}

// convert brings the part to the final kinds, reading again what became text.
func (p *csvPart) convert(f *csvFile, kinds []series.Type) error {
	again := false
	for c, k := range kinds {
		v := p.columns[c].vector()
		switch {
		case v.kind() == k:
		case allHoles(v):
			p.columns[c] = readyColumn{emptyVector(k).holes(p.rows)}
		case k == series.Float && v.kind() == series.Int:
			p.columns[c] = readyColumn{toFloats(v)}
		default:
			again = true
		}
	}
	if !again {
		return nil
	}
	return p.read(f, kinds)
}

// joinParts sets the parts of a column end to end.
func joinParts(parts []*csvPart, c, rows int) vector {
	if len(parts) == 1 {
		return parts[0].columns[c].vector()
	}
	all := make([]part, len(parts))
	for i, p := range parts {
		all[i] = part{p.columns[c].vector(), p.rows}
	}
	switch all[0].kind() {
	case series.Float:
		return stackAs[float64](all)
	case series.Int:
		return stackAs[int](all)
	case series.Bool:
		return stackAs[bool](all)
	}
	return stackAs[string](all)
}
