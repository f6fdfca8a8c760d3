package dataframe

import (
	"math"
	"strconv"
	"unsafe"

	"github.com/go-gota/gota/series"
)

// A csvColumn collects the values of one column; the slice of its kind is filled.
type csvColumn interface {
	// add takes a field; false when it does not fit the kind.
	add(f *csvFile, text []byte) bool
	vector() vector
}

func newCSVColumn(kind series.Type, expected int) csvColumn {
	switch kind {
	case series.Float:
		return &floatColumn{make(cells[float64], 0, expected)}
	case series.Int:
		return &intColumn{make(cells[int], 0, expected)}
	case series.Bool:
		return &boolColumn{}
	}
	return &textColumn{}
}

type (
	floatColumn   struct{ cells cells[float64] }
	intColumn     struct{ cells cells[int] }
	boolColumn    struct{ cells cells[bool] }
	textColumn    struct{ cells cells[string] }
	readyColumn   struct{ v vector }
	ignoredColumn struct{} // the kind was wrong, the part will be read again
)

func (c *floatColumn) vector() vector { return c.cells }

func (c *intColumn) vector() vector { return c.cells }

func (c *boolColumn) vector() vector { return c.cells }

func (c *textColumn) vector() vector { return c.cells }

func (c readyColumn) vector() vector { return c.v }

func (ignoredColumn) vector() vector { return nil }

func (readyColumn) add(*csvFile, []byte) bool { return true }

func (ignoredColumn) add(*csvFile, []byte) bool { return true }

func (c *floatColumn) add(f *csvFile, text []byte) bool {
	x, ok := parseFloat(text)
	if !ok || x != x {
		if !f.missing[string(text)] {
			return false
		}
		c.cells = append(c.cells, makeCell[float64](nil))
		return true
	}
	c.cells = append(c.cells, cell[float64]{e: x})
	return true
}

func (c *intColumn) add(f *csvFile, text []byte) bool {
	n, ok := parseInt(text)
	if !ok && !f.missing[string(text)] {
		return false
	}
	c.cells = append(c.cells, cell[int]{n, !ok})
	return true
}

func (c *boolColumn) add(f *csvFile, text []byte) bool {
	b, ok := parseBool(string(text))
	if !ok && !f.missing[string(text)] {
		return false
	}
	c.cells = append(c.cells, cell[bool]{b, !ok})
	return true
}

func (c *textColumn) add(f *csvFile, text []byte) bool {
	if f.missing[string(text)] {
		c.cells = append(c.cells, makeCell[string](nil))
		return true
	}
	c.cells = append(c.cells, cell[string]{e: string(text)})
	return true
}

// parseInt reads a whole number that fits an int, blanks around it allowed.
func parseInt(text []byte) (int, bool) {
	text = trimBlanks(text)
	digits := text
	if len(digits) > 0 && (digits[0] == '-' || digits[0] == '+') {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		if len(digits) > 18 {
			n, err := strconv.Atoi(view(text))
			return n, err == nil
		}
		return 0, false
	}
	n := 0
	for _, d := range digits {
		if d < '0' || d > '9' {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	if text[0] == '-' {
		n = -n
	}
	return n, true
}

// parseFloat reads a decimal number; Go's hexadecimal floats and underscores are
// text in a CSV.
func parseFloat(text []byte) (float64, bool) {
	text = trimBlanks(text)
	if len(text) == 0 {
		return 0, false
	}
	for _, c := range text {
		if c == 'x' || c == 'X' || c == '_' {
			return 0, false
		}
	}
	x, err := strconv.ParseFloat(view(text), 64)
	return x, err == nil || math.IsInf(x, 0) // beyond float64 is infinite, as in pandas
}

func trimBlanks(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	for len(text) > 0 && (text[len(text)-1] == ' ' || text[len(text)-1] == '\t') {
		text = text[:len(text)-1]
	}
	return text
}

// view is a text for a function that does not keep it.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
