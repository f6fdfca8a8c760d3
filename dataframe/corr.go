package dataframe

import (
	"math"
)

// CorrOptions: the zero value is Pearson's correlation.
type CorrOptions struct {
	Method string // "pearson" (default) or "spearman"
}

// Corr is the correlation of every pair of number columns, over the rows where
// both have a value. The names are the row labels.
func Corr(df DataFrame, options ...CorrOptions) DataFrame {
	method := option(options).Method
	switch method {
	case "", "pearson":
		return pairTable("Corr", df, func(x, y []float64) float64 { return comoments(x, y).correlation() })
	case "spearman":
		return pairTable("Corr", df, func(x, y []float64) float64 { return comoments(ranks(x), ranks(y)).correlation() })
	}
	fail("Corr", "no method %q; there are \"pearson\" and \"spearman\"", method)
	return DataFrame{}
}

// Cov is the covariance of every pair of number columns, over the rows where both
// have a value, divided by n-1. The names are the row labels.
func Cov(df DataFrame) DataFrame {
	return pairTable("Cov", df, func(x, y []float64) float64 { return comoments(x, y).covariance() })
}

// Autocorr is the correlation of a column with itself, lag rows later.
func Autocorr(df DataFrame, name string, lag int) float64 {
	t := open("Autocorr", df)
	v := numbers("Autocorr", t.find("Autocorr", name))
	if lag < 0 {
		lag = -lag
	}
	if lag >= len(v) {
		return math.NaN()
	}
	return comoments(bothPresent(v[lag:], v[:len(v)-lag])).correlation()
}

func pairTable(verb string, df DataFrame, f func(x, y []float64) float64) DataFrame {
	t := open(verb, df)
	var columns []cells[float64]
	var names []string
	for _, c := range t.columns {
		if isNumber(c.kind()) {
			columns, names = append(columns, numbers(verb, c)), append(names, c.name)
		}
	}
	if len(columns) == 0 {
		fail(verb, "no number columns among %s", quoteAll(t.names()))
	}
	k := len(columns)
	results := make([][]float64, k)
	for i := range results {
		results[i] = make([]float64, k)
	}
	inParallel(k, t.rows, func(i int) {
		for j := i; j < k; j++ {
			results[i][j] = f(bothPresent(columns[i], columns[j]))
		}
	})
	out := table{rows: k, index: newCells(names)}
	for j := range k {
		for i := j + 1; i < k; i++ {
			results[i][j] = results[j][i]
		}
		column_ := make([]float64, k)
		for i := range k {
			column_[i] = results[i][j]
		}
		out.columns = append(out.columns, column{names[j], newCells(column_)})
	}
	return out.frame()
}

// bothPresent are the values of the rows where neither is missing.
func bothPresent(a, b cells[float64]) (x, y []float64) {
	x, y = make([]float64, 0, len(a)), make([]float64, 0, len(a))
	for i := range a {
		if !a[i].missing() && !b[i].missing() {
			x, y = append(x, a[i].e), append(y, b[i].e)
		}
	}
	return x, y
}

// A comoment is the sums of products about the means.
type comoment struct {
	n          int
	xx, yy, xy float64
}

func comoments(x, y []float64) comoment {
	n := float64(len(x))
	mx, my := sumSlice(x)/n, sumSlice(y)/n
	product := func(a, b []float64, ma, mb float64) float64 {
		return pairwise(len(a), func(block []float64, from int) {
			for i := range block {
				block[i] = (a[from+i] - ma) * (b[from+i] - mb)
			}
		})
	}
	return comoment{len(x), product(x, x, mx, mx), product(y, y, my, my), product(x, y, mx, my)}
}

func (m comoment) covariance() float64 {
	if m.n < 2 {
		return math.NaN()
	}
	return m.xy / float64(m.n-1)
}

// correlation is cut to -1 ... 1, which rounding can pass.
func (m comoment) correlation() float64 {
	d := math.Sqrt(m.xx * m.yy)
	if m.n < 1 || d == 0 {
		return math.NaN()
	}
	return min(max(m.xy/d, -1), 1)
}

// ranks are 1-based; equal values share the mean of their places.
func ranks(x []float64) []float64 {
	order := argsort(newCells(x), false, false)
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for _, r := range order[i:j] {
			out[r] = float64(i+j+1) / 2
		}
		i = j
	}
	return out
}
