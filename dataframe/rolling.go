package dataframe

import "math"

// RollingOptions: the zero value wants a full window and sets its result at the end.
type RollingOptions struct {
	MinPeriods int  // values that a window must have; the window's length if 0
	Center     bool // the result belongs to the middle row
}

// A Window is the rows that each row looks back on. Its methods make frames of
// the same size, NaN where a window has too few values; missing values are left
// out. Columns of text are refused: Select the others first.
type Window struct {
	table
	length   int // 0 = all rows before
	periods  int
	centered bool
}

// Rolling looks at the last length rows: df.rolling(length).
func Rolling(df DataFrame, length int, options ...RollingOptions) *Window {
	t, o := open("Rolling", df), option(options)
	if length < 1 {
		fail("Rolling", "a window of %d rows; give at least 1", length)
	}
	if o.MinPeriods > length || o.MinPeriods < 0 {
		fail("Rolling", "MinPeriods %d of a window of %d rows", o.MinPeriods, length)
	}
	if o.MinPeriods == 0 {
		o.MinPeriods = length
	}
	return &Window{t, length, o.MinPeriods, o.Center}
}

// ExpandingOptions: the zero value is content with one value.
type ExpandingOptions struct {
	MinPeriods int // values that a window must have; 1 if 0
}

// Expanding looks at all rows so far: df.expanding().
func Expanding(df DataFrame, options ...ExpandingOptions) *Window {
	return &Window{table: open("Expanding", df), periods: max(1, option(options).MinPeriods)}
}

// Mean is the average over each window.
func (w *Window) Mean() DataFrame { return w.roll("Mean", w.rollMean) }

// Sum is the sum over each window.
func (w *Window) Sum() DataFrame { return w.roll("Sum", w.rollSum) }

// Var is the variance over each window.
func (w *Window) Var(options ...VarOptions) DataFrame {
	return w.roll("Var", func(x []float64) []float64 { return w.rollVar(x, ddof(options)) })
}

// Std is the standard deviation over each window.
func (w *Window) Std(options ...VarOptions) DataFrame {
	return w.roll("Std", func(x []float64) []float64 {
		out := w.rollVar(x, ddof(options))
		for i := range out {
			out[i] = math.Sqrt(out[i])
		}
		return out
	})
}

// Min is the smallest value in each window.
func (w *Window) Min() DataFrame {
	return w.roll("Min", func(x []float64) []float64 {
		return w.rollExtreme(x, func(a, b float64) bool { return a <= b })
	})
}

// Max is the largest value in each window.
func (w *Window) Max() DataFrame {
	return w.roll("Max", func(x []float64) []float64 {
		return w.rollExtreme(x, func(a, b float64) bool { return a >= b })
	})
}

// Median is the middle of each window.
func (w *Window) Median() DataFrame {
	return w.roll("Median", func(x []float64) []float64 {
		return w.rollRanked(x, func(nth func(k int) float64, n int) float64 {
			if n%2 == 1 {
				return nth(n / 2)
			}
			return (nth(n/2-1) + nth(n/2)) / 2
		})
	})
}

// Quantile is the q-quantile (0 to 1) of each window, linearly interpolated.
func (w *Window) Quantile(q float64) DataFrame {
	checkQuantiles("Quantile", []float64{q})
	return w.roll("Quantile", func(x []float64) []float64 {
		return w.rollRanked(x, func(nth func(k int) float64, n int) float64 { return windowQuantile(nth, n, q) })
	})
}

// Count is the number of values in each window, however few.
func (w *Window) Count() DataFrame {
	any := *w
	any.periods = 0
	return w.roll("Count", func(x []float64) []float64 {
		ones := make([]float64, len(x))
		for i := range x {
			if x[i] == x[i] {
				ones[i] = 1
			}
		}
		return any.rollSum(ones)
	})
}

// Apply calls f with the values of each window.
func (w *Window) Apply(f func(values []float64) float64) DataFrame {
	return w.roll("Apply", func(x []float64) []float64 {
		out := make([]float64, len(x))
		for i := range x {
			from, to := w.bounds(i)
			out[i] = math.NaN()
			if values := present(newCells(x[from:to])); len(values) >= w.periods {
				out[i] = f(values)
			}
		}
		return out
	})
}

func ddof(options []VarOptions) int {
	if option(options).Population {
		return 0
	}
	return 1
}

// bounds are the rows [from, to) that row i looks at.
func (w *Window) bounds(i int) (from, to int) {
	if w.length == 0 {
		return 0, i + 1
	}
	to = i + 1
	if w.centered {
		to += (w.length - 1) / 2
	}
	return min(max(0, to-w.length), w.rows), min(to, w.rows)
}

func (w *Window) roll(verb string, f func([]float64) []float64) DataFrame {
	return w.mapColumns(func(c column) vector {
		v := numbers(verb, c)
		x := make([]float64, len(v))
		copyFloats(x, 1, v, 0, len(v))
		return newCells(f(x))
	}).frame()
}
