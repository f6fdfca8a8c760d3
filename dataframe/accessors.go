package dataframe

import "math"

// Floats copies a number column out, missing values as NaN; bools are 0 and 1.
func Floats(df DataFrame, name string) []float64 {
	t := open("Floats", df)
	c := t.find("Floats", name)
	numbers("Floats", column{c.name, c.slice(0, 0)}) // refuses text
	out := make([]float64, t.rows)
	copyFloats(out, 1, c.vector, 0, t.rows)
	return out
}

// Ints copies a column of whole numbers out; a missing value or a fraction is
// refused with its row.
func Ints(df DataFrame, name string) []int {
	t := open("Ints", df)
	c := t.find("Ints", name)
	out := make([]int, t.rows)
	for r := range out {
		switch x := c.value(r).(type) {
		case int:
			out[r] = x
			continue
		case float64:
			if x == math.Trunc(x) && math.Abs(x) < 1<<63 {
				out[r] = int(x)
				continue
			}
		}
		fail("Ints", "column %q, row %d is %v, not a whole number", name, r, showValue(c.value(r)))
	}
	return out
}

// Strings copies a column out as text; a missing value is the empty text.
func Strings(df DataFrame, name string) []string {
	t := open("Strings", df)
	c := t.find("Strings", name)
	out := make([]string, t.rows)
	for r := range out {
		if value := c.value(r); value != nil {
			x, err := castValue(value, "string")
			if err != nil {
				fail("Strings", "column %q, row %d: %w", name, r, err)
			}
			out[r] = x.(string)
		}
	}
	return out
}

// Bools copies a column of bools out; another type or a missing value is refused.
func Bools(df DataFrame, name string) []bool {
	t := open("Bools", df)
	c := t.find("Bools", name)
	out := make([]bool, t.rows)
	for r := range out {
		b, ok := c.value(r).(bool)
		if !ok {
			fail("Bools", "column %q, row %d is %v, not a bool", name, r, showValue(c.value(r)))
		}
		out[r] = b
	}
	return out
}

// IsNaN is true where a column's value is missing.
func IsNaN(df DataFrame, name string) []bool {
	t := open("IsNaN", df)
	c := t.find("IsNaN", name)
	out := make([]bool, t.rows)
	for r := range out {
		out[r] = c.missing(r)
	}
	return out
}
