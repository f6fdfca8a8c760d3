package dataframe

import (
	"slices"
	"strconv"

	"gonum.org/v1/gonum/mat"
)

// SupervisedOptions: the zero value is series_to_supervised as published.
type SupervisedOptions struct {
	Targets []string // columns to predict; all if empty
	By      string   // windows stay within the groups of this column (panel data)
	KeepNaN bool     // keep the rows at the edges, and others with missing values
	Names   bool     // "temp(t-1)" instead of "var1(t-1)"
}

// Supervised turns a time series into a learning problem: each row holds the nIn
// rows before it, (t-nIn) ... (t-1), and the nOut rows from it on, (t) ...
// (t+nOut-1). Columns are numbered var1, var2...; rows with missing values go.
func Supervised(df DataFrame, nIn, nOut int, options ...SupervisedOptions) DataFrame {
	t, o := open("Supervised", df), option(options)
	inputs, targets := t.supervisedColumns(nIn, nOut, o)
	s := newSequence(t, "Supervised", o.By)
	var columns []column
	for step := -nIn; step < nOut; step++ {
		chosen := inputs
		if step >= 0 {
			chosen = targets
		}
		for _, c := range chosen {
			name := "var" + strconv.Itoa(place1(inputs, c))
			if o.Names {
				name = t.columns[c].name
			}
			columns = append(columns, column{stepName(name, step), s.shifted(t.columns[c].vector, -step)})
		}
	}
	out := t.with(columns)
	if o.KeepNaN {
		return out.frame()
	}
	return out.keep(fullRows(out, DropNaNOptions{})).frame()
}

// SupervisedXY is Supervised and Values in one pass, without a frame between: X has
// nIn steps of every column, y nOut steps of the targets, a row for each window
// without missing values. A problem without any window gives empty matrices.
func SupervisedXY(df DataFrame, nIn, nOut int, options ...SupervisedOptions) (X, y *mat.Dense) {
	t, o := open("SupervisedXY", df), option(options)
	if o.KeepNaN {
		fail("SupervisedXY", "KeepNaN would put NaN into the matrices; use Supervised")
	}
	inputs, targets := t.supervisedColumns(nIn, nOut, o)
	t = t.withFloats("SupervisedXY", append(slices.Clone(inputs), targets...))
	s := newSequence(t, "SupervisedXY", o.By)
	rows := s.fullWindows(t, inputs, targets, nIn, nOut)
	return s.matrix(t, inputs, rows, -nIn, nIn), s.matrix(t, targets, rows, 0, nOut)
}

// withFloats is the table with these columns as floats, converted once.
func (t table) withFloats(verb string, columns []int) table {
	t.columns = slices.Clone(t.columns)
	for _, c := range columns {
		t.columns[c].vector = numbers(verb, t.columns[c])
	}
	return t
}

// supervisedColumns are the places of all columns and of the targets, without By.
func (t table) supervisedColumns(nIn, nOut int, o SupervisedOptions) (inputs, targets []int) {
	if nIn < 0 || nOut < 0 || nIn+nOut == 0 {
		fail("Supervised", "%d steps in and %d out; give at least one, none negative", nIn, nOut)
	}
	if len(t.columns) == 0 {
		fail("Supervised", "the frame has no columns")
	}
	for c := range t.columns {
		if o.By == "" || t.columns[c].name != o.By {
			inputs = append(inputs, c)
		}
	}
	if len(o.Targets) == 0 {
		return inputs, inputs
	}
	return inputs, t.positions("Supervised", o.Targets)
}

func place1(columns []int, c int) int {
	for i, x := range columns {
		if x == c {
			return i + 1
		}
	}
	return 0
}

// fullWindows lists the rows whose window lies inside and misses nothing.
func (s sequence) fullWindows(t table, inputs, targets []int, nIn, nOut int) []int {
	badIn := s.badBefore(t, inputs)
	badOut := badIn
	if !slices.Equal(inputs, targets) {
		badOut = s.badBefore(t, targets)
	}
	out := make([]int, 0, s.rows)
	if s.order == nil {
		for i := nIn; i+max(nOut, 1) <= s.rows; i++ {
			if badIn[i] == badIn[i-nIn] && badOut[i+nOut] == badOut[i] {
				out = append(out, i)
			}
		}
		return out
	}
	for i := range s.rows {
		at := s.place[i]
		if s.source(i, -nIn) < 0 || s.source(i, max(nOut-1, 0)) < 0 {
			continue
		}
		if badIn[at] == badIn[at-nIn] && badOut[at+nOut] == badOut[at] {
			out = append(out, i)
		}
	}
	return out
}

// badBefore counts, at each place of the sequence, the rows before it that miss a value.
func (s sequence) badBefore(t table, columns []int) []int32 {
	missing := make([]int32, s.rows)
	for _, c := range columns {
		t.columns[c].addMissing(missing)
	}
	counts := make([]int32, s.rows+1)
	for p := range s.rows {
		r := p
		if s.order != nil {
			r = s.order[p]
		}
		counts[p+1] = counts[p] + min(missing[r], 1)
	}
	return counts
}

// cached rows of a few columns and of the matrix stay in a processor's first cache
// while they are interleaved.
const cached = 128

// matrix has a row for each of the given rows: steps steps from the first on, all
// columns of a step together.
func (s sequence) matrix(t table, columns []int, rows []int, first, steps int) *mat.Dense {
	width := steps * len(columns)
	if width == 0 || len(rows) == 0 {
		return &mat.Dense{}
	}
	floats := make([]cells[float64], len(columns))
	for i, c := range columns {
		floats[i] = numbers("Supervised", t.columns[c])
	}
	data := make([]float64, len(rows)*width)
	count, bounds := blocks(len(rows), 1024)
	inParallel(count, 1024*width, func(b int) {
		from, end := bounds(b)
		for ; from < end; from += cached {
			to := min(from+cached, end)
			for step := range steps {
				for i, v := range floats {
					s.fill(data[from*width+step*len(floats)+i:], width, v, rows[from:to], first+step)
				}
			}
		}
	})
	return mat.NewDense(len(rows), width, data)
}

func (s sequence) fill(out []float64, stride int, v cells[float64], rows []int, step int) {
	if s.order == nil {
		for k, r := range rows {
			out[k*stride] = v[r+step].e
		}
		return
	}
	for k, r := range rows {
		out[k*stride] = v[s.source(r, step)].e
	}
}
