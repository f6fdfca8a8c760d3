package dataframe

import (
	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// publicAccess needs nothing but gota's exported methods.
type publicAccess struct{}

func (publicAccess) columns(df DataFrame) []column {
	names, kinds := df.Names(), df.Types()
	out := make([]column, len(names))
	for c := range out {
		out[c] = column{names[c], readColumn(df, c, kinds[c])}
	}
	return out
}

func readColumn(df DataFrame, c int, kind series.Type) vector {
	v := emptyVector(kind).holes(df.Nrow())
	for r := range df.Nrow() {
		e := df.Elem(r, c)
		if e.IsNA() {
			continue
		}
		switch kind {
		case series.Float:
			v.set(r, e.Float())
		case series.Int:
			n, _ := e.Int() // an Int that is not NA always converts
			v.set(r, n)
		case series.Bool:
			b, _ := e.Bool() // likewise
			v.set(r, b)
		default:
			v.set(r, e.String())
		}
	}
	return v
}

// frame stretches a one-row frame by Subset, which allocates each column once,
// and then sets the cells.
func (publicAccess) frame(rows int, columns []column) DataFrame {
	one := make([]series.Series, len(columns))
	names := make([]string, len(columns))
	for c := range columns {
		one[c] = series.New([]string{"0"}, columns[c].kind(), "")
		names[c] = columns[c].name
	}
	df := gota.New(one...).Subset(make([]int, rows))
	if err := df.SetNames(names...); err != nil {
		panic(err)
	}
	for c := range columns {
		for r := range rows {
			writeCell(df.Elem(r, c), columns[c].value(r))
		}
	}
	return df
}

// writeCell avoids Set(string), which takes the text "NaN" for a missing value.
func writeCell(e series.Element, value any) {
	if text, ok := value.(string); ok {
		e.Set(textElement{e, text})
		return
	}
	e.Set(value)
}

// textElement is an element whose text is given.
type textElement struct {
	series.Element
	text string
}

// String is the given text, whatever the element says.
func (t textElement) String() string { return t.text }

// emptyVector is a vector of a gota type without cells.
func emptyVector(kind series.Type) vector {
	switch kind {
	case series.Float:
		return cells[float64]{}
	case series.Int:
		return cells[int]{}
	case series.Bool:
		return cells[bool]{}
	}
	return cells[string]{}
}
