package dataframe

import "github.com/go-gota/gota/series"

// CumSum adds up the values so far; a missing value stays missing and is passed
// over. Ints stay ints.
func CumSum(df DataFrame) DataFrame {
	return accumulate("CumSum", df, func(a, b float64) float64 { return a + b }, func(a, b int) int { return a + b })
}

// CumProd multiplies the values so far.
func CumProd(df DataFrame) DataFrame {
	return accumulate("CumProd", df, func(a, b float64) float64 { return a * b }, func(a, b int) int { return a * b })
}

// CumMax is the largest value so far.
func CumMax(df DataFrame) DataFrame {
	return accumulate("CumMax", df, func(a, b float64) float64 { return max(a, b) }, func(a, b int) int { return max(a, b) })
}

// CumMin is the smallest value so far.
func CumMin(df DataFrame) DataFrame {
	return accumulate("CumMin", df, func(a, b float64) float64 { return min(a, b) }, func(a, b int) int { return min(a, b) })
}

func accumulate(verb string, df DataFrame, floats func(a, b float64) float64, ints func(a, b int) int) DataFrame {
	t := open(verb, df)
	return t.mapColumns(func(c column) vector {
		if c.kind() == series.Int {
			return accumulated(c.vector.(cells[int]), ints)
		}
		return accumulated(numbers(verb, c), floats)
	}).frame()
}

func accumulated[T element](v cells[T], f func(a, b T) T) vector {
	out := make(cells[T], len(v))
	var sum T
	some := false
	for i, c := range v {
		if c.missing() {
			out[i] = makeCell[T](nil)
			continue
		}
		if some {
			sum = f(sum, c.e)
		} else {
			sum, some = c.e, true
		}
		out[i] = cell[T]{e: sum, nan: sum != sum}
	}
	return out
}
