package dataframe

import (
	"math"
	"strconv"
	"strings"
)

// floatDigits is pandas' display.precision.
const floatDigits = 6

// formatFloats writes numbers as pandas shows a column of them: six decimals for
// all, trailing zeros cut together, or all in scientific notation when one is too
// small for six decimals or they are too long. A present number begins with its
// sign or a space.
func formatFloats(values []float64) []string {
	out := formatAll(values, 'f')
	longest, large, small := 0, false, false
	for i, x := range values {
		longest = max(longest, len(out[i]))
		a := math.Abs(x)
		large = large || a > 1e6
		small = small || a > 0 && a < 1e-6
	}
	if small || longest > floatDigits+6 && large {
		return formatAll(values, 'e')
	}
	return trimZeros(out)
}

func formatAll(values []float64, format byte) []string {
	out := make([]string, len(values))
	for i, x := range values {
		switch {
		case math.IsNaN(x):
			out[i] = " NaN"
		case math.IsInf(x, 1):
			out[i] = " inf"
		case math.IsInf(x, -1):
			out[i] = "-inf"
		default:
			out[i] = strconv.FormatFloat(x, format, floatDigits, 64)
			if !strings.HasPrefix(out[i], "-") {
				out[i] = " " + out[i]
			}
		}
	}
	return out
}

// trimZeros cuts one zero from the end of all numbers as long as all have one;
// one decimal stays.
func trimZeros(numbers []string) []string {
	for {
		some := false
		for _, s := range numbers {
			if !strings.Contains(s, ".") {
				continue
			}
			if !strings.HasSuffix(s, "0") || strings.HasSuffix(s, ".0") {
				return numbers
			}
			some = true
		}
		if !some {
			return numbers
		}
		for i, s := range numbers {
			if strings.Contains(s, ".") {
				numbers[i] = s[:len(s)-1]
			}
		}
	}
}
