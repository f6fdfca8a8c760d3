package dataframe

import (
	"fmt"
	"math"
)

// A reducer makes one number of a column; missing values are left out.
type reducer struct {
	name string
	f    func(v cells[float64]) float64
}

// reducers are the statistics that Agg and GroupBy know by pandas' names.
var reducers = []reducer{
	{"count", func(v cells[float64]) float64 { return float64(momentsOf(v).count) }},
	{"size", func(v cells[float64]) float64 { return float64(len(v)) }},
	{"sum", func(v cells[float64]) float64 { return momentsOf(v).sum }},
	{"mean", func(v cells[float64]) float64 { return momentsOf(v).mean }},
	{"var", func(v cells[float64]) float64 { return momentsOf(v).variance(1) }},
	{"std", func(v cells[float64]) float64 { return math.Sqrt(momentsOf(v).variance(1)) }},
	{"sem", sem},
	{"skew", skew},
	{"kurt", kurt},
	{"min", func(v cells[float64]) float64 { low, _ := extremes(v); return low }},
	{"max", func(v cells[float64]) float64 { _, high := extremes(v); return high }},
	{"median", func(v cells[float64]) float64 { return median(present(v)) }},
	{"prod", product},
	{"first", func(v cells[float64]) float64 { return edge(present(v), 0) }},
	{"last", func(v cells[float64]) float64 { p := present(v); return edge(p, len(p)-1) }},
	{"nunique", func(v cells[float64]) float64 { _, firsts := factorizeOne(v, false); return float64(len(firsts)) }},
}

func findReducer(verb, name string) reducer {
	names := make([]string, len(reducers))
	for i, r := range reducers {
		if r.name == name {
			return r
		}
		names[i] = r.name
	}
	if near := nearest(name, names); near != "" {
		fail(verb, "no statistic %q; did you mean %q?", name, near)
	}
	fail(verb, "no statistic %q; there are %s", name, quoteAll(names))
	return reducer{}
}

// numbers is a column as floats; text is refused.
func numbers(verb string, c column) cells[float64] {
	if f, ok := c.vector.(cells[float64]); ok {
		return f
	}
	f := toFloats(c.vector)
	if f == nil {
		fail(verb, "column %q holds text, not numbers; Cast it or leave it out", c.name)
	}
	return f
}

func reduceColumn(verb string, df DataFrame, name, statistic string) float64 {
	t := open(verb, df)
	return findReducer(verb, statistic).f(numbers(verb, t.find(verb, name)))
}

// Count is the number of values that are not missing.
func Count(df DataFrame, name string) int {
	t := open("Count", df)
	c, n := t.find("Count", name), 0
	for i := range t.rows {
		if !c.missing(i) {
			n++
		}
	}
	return n
}

// Sum adds a column in NumPy's pairwise order; missing values count as 0.
func Sum(df DataFrame, name string) float64 { return reduceColumn("Sum", df, name, "sum") }

// Prod multiplies a column; missing values count as 1.
func Prod(df DataFrame, name string) float64 { return reduceColumn("Prod", df, name, "prod") }

// Mean is the average of the values that are not missing, NaN if there are none.
func Mean(df DataFrame, name string) float64 { return reduceColumn("Mean", df, name, "mean") }

// Median is the middle value, or the mean of the two in the middle.
func Median(df DataFrame, name string) float64 { return reduceColumn("Median", df, name, "median") }

// Min is the smallest value, NaN if there is none.
func Min(df DataFrame, name string) float64 { return reduceColumn("Min", df, name, "min") }

// Max is the largest value, NaN if there is none.
func Max(df DataFrame, name string) float64 { return reduceColumn("Max", df, name, "max") }

// Skew is the bias-corrected skewness; fewer than 3 values give NaN.
func Skew(df DataFrame, name string) float64 { return reduceColumn("Skew", df, name, "skew") }

// Kurt is the bias-corrected excess kurtosis; fewer than 4 values give NaN.
func Kurt(df DataFrame, name string) float64 { return reduceColumn("Kurt", df, name, "kurt") }

// Sem is the standard error of the mean.
func Sem(df DataFrame, name string) float64 { return reduceColumn("Sem", df, name, "sem") }

// VarOptions: the zero value divides by n-1 (the sample's variance).
type VarOptions struct {
	Population bool // divide by n
}

// Var is the variance, in two passes: a large mean does not spoil it.
func Var(df DataFrame, name string, options ...VarOptions) float64 {
	ddof := 1
	if option(options).Population {
		ddof = 0
	}
	t := open("Var", df)
	return momentsOf(numbers("Var", t.find("Var", name))).variance(ddof)
}

// Std is the square root of Var.
func Std(df DataFrame, name string, options ...VarOptions) float64 {
	return math.Sqrt(Var(df, name, options...))
}

// Agg makes a row for each statistic of every number column: df.agg([...]).
func Agg(df DataFrame, statistics ...string) DataFrame {
	t := open("Agg", df)
	out := table{rows: len(statistics), index: newCells(statistics)}
	chosen := make([]reducer, len(statistics))
	for i, s := range statistics {
		chosen[i] = findReducer("Agg", s)
	}
	for _, c := range t.columns {
		if !isNumber(c.kind()) {
			continue
		}
		values, v := make([]float64, len(chosen)), numbers("Agg", c)
		for i, r := range chosen {
			values[i] = r.f(v)
		}
		out.columns = append(out.columns, column{c.name, newCells(values)})
	}
	if len(out.columns) == 0 {
		fail("Agg", "no number columns among %s", quoteAll(t.names()))
	}
	return out.frame()
}

// present are the values that are not missing.
func present(v cells[float64]) []float64 {
	out := make([]float64, 0, len(v))
	for _, c := range v {
		if !c.missing() {
			out = append(out, c.e)
		}
	}
	return out
}

func extremes(v cells[float64]) (low, high float64) {
	low, high = math.NaN(), math.NaN()
	seen := false
	for _, c := range v {
		switch {
		case c.missing():
		case !seen:
			low, high, seen = c.e, c.e, true
		case c.e < low:
			low = c.e
		case c.e > high:
			high = c.e
		}
	}
	return low, high
}

func edge(values []float64, at int) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	return values[at]
}

func product(v cells[float64]) float64 {
	p := 1.0
	for _, c := range v {
		if !c.missing() {
			p *= c.e
		}
	}
	return p
}

func sem(v cells[float64]) float64 {
	m := momentsOf(v)
	return math.Sqrt(m.variance(1)) / math.Sqrt(float64(m.count))
}

// skew and kurt follow pandas' nanops: powers summed about the mean, sums below
// 1e-14 taken for zero, then the factors that remove the bias.
func skew(v cells[float64]) float64 {
	m := momentsOf(v)
	n := float64(m.count)
	if n < 3 {
		return math.NaN()
	}
	m2, m3 := tiny(m.central(2)), tiny(m.central(3))
	if m2 == 0 {
		return 0
	}
	return (n * math.Sqrt(n-1) / (n - 2)) * (m3 / (m2 * math.Sqrt(m2)))
}

func kurt(v cells[float64]) float64 {
	m := momentsOf(v)
	n := float64(m.count)
	if n < 4 {
		return math.NaN()
	}
	m2, m4 := tiny(m.central(2)), m.central(4)
	adjust := 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3))
	numerator := n * (n + 1) * (n - 1) * m4
	denominator := (n - 2) * (n - 3) * m2 * m2
	if tiny(denominator) == 0 {
		return 0
	}
	return numerator/denominator - adjust
}

func tiny(x float64) float64 {
	if math.Abs(x) < 1e-14 {
		return 0
	}
	return x
}

// percent writes 0.25 as "25%".
func percent(q float64) string { return fmt.Sprintf("%v%%", math.Round(q*1e6)/1e4) }
