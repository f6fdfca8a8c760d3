package dataframe

import (
	"math"
	"slices"
)

// DescribeOptions: the zero value describes the number columns by quartiles.
type DescribeOptions struct {
	Percentiles []float64 // 0 to 1; the median is always added
	All         bool      // text and bool columns too
}

// Describe summarises columns as pandas does: count, mean, std, min, percentiles
// and max of the number columns; count, unique, top and freq of text and bools if
// there are no numbers, or with All. Missing values are left out. What is
// summarised is the row label; top is as text, the first of equals.
func Describe(df DataFrame, options ...DescribeOptions) DataFrame {
	t, o := open("Describe", df), option(options)
	if len(t.columns) == 0 {
		fail("Describe", "the frame has no columns")
	}
	checkQuantiles("Describe", o.Percentiles)
	var chosen []column
	for _, c := range t.columns {
		if o.All || isNumber(c.kind()) {
			chosen = append(chosen, c)
		}
	}
	if len(chosen) == 0 {
		chosen = t.columns
	}
	summaries := make([]summary, len(chosen))
	inParallel(len(chosen), t.rows, func(i int) { summaries[i] = summarise(chosen[i], o.percentiles()) })
	return summaryTable(chosen, summaries, o.percentiles()).frame()
}

func (o DescribeOptions) percentiles() []float64 {
	if len(o.Percentiles) == 0 {
		return []float64{0.25, 0.5, 0.75}
	}
	out := append([]float64{0.5}, o.Percentiles...)
	slices.Sort(out)
	return slices.Compact(out)
}

// A summary is of a number column (numbers) or of another (texts).
type summary struct {
	numbers []float64 // count, mean, std, min, percentiles..., max
	texts   []string  // count, unique, top, freq
}

func summarise(c column, percentiles []float64) summary {
	if !isNumber(c.kind()) {
		return summary{texts: summariseTexts(c)}
	}
	v := numbers("Describe", c)
	m := momentsOf(v)
	low, high := extremes(v)
	out := []float64{float64(m.count), m.mean, math.Sqrt(m.variance(1)), low}
	out = append(out, quantiles(present(v), percentiles)...)
	return summary{numbers: append(out, high)}
}

func summariseTexts(c column) []string {
	codes, firsts := factorizeOne(c.vector, false)
	counts := make([]int, len(firsts))
	n, top := 0, 0
	for _, k := range codes {
		if k >= 0 {
			counts[k]++
			n++
		}
	}
	if n == 0 {
		return []string{"0", "0", "", ""}
	}
	for k := range counts {
		if counts[k] > counts[top] {
			top = k
		}
	}
	return []string{showValue(n), showValue(len(firsts)), showValue(c.value(firsts[top])), showValue(counts[top])}
}

// summaryTable lays the summaries out; where both kinds of columns are described,
// a row of the other kind is missing.
func summaryTable(columns []column, summaries []summary, percentiles []float64) table {
	number, text := false, false
	for _, s := range summaries {
		number, text = number || s.numbers != nil, text || s.texts != nil
	}
	rows := []string{"count"}
	if text {
		rows = append(rows, "unique", "top", "freq")
	}
	if number {
		rows = append(rows, "mean", "std", "min")
		for _, q := range percentiles {
			rows = append(rows, percent(q))
		}
		rows = append(rows, "max")
	}
	out := table{rows: len(rows), index: newCells(rows)}
	for i, s := range summaries {
		var v vector
		if s.texts != nil {
			v = newCells(s.texts).holesWhere("").pad(len(rows))
		} else {
			v = spread(s.numbers, len(rows))
		}
		out.columns = append(out.columns, column{columns[i].name, v})
	}
	return out
}

// spread puts the count first and the other numbers last.
func spread(numbers []float64, rows int) vector {
	v := cells[float64]{}.holes(rows)
	v.set(0, numbers[0])
	for i, x := range numbers[1:] {
		if at := rows - len(numbers) + 1 + i; x == x {
			v.set(at, x)
		}
	}
	return v
}

// holesWhere makes the cells of a value missing.
func (v cells[T]) holesWhere(value T) cells[T] {
	for i := range v {
		if v[i].e == value {
			v[i] = makeCell[T](nil)
		}
	}
	return v
}
