package cell

import "testing"

func TestListed(t *testing.T) {
	for text, want := range map[string]int{
		"1, 2":                   2,
		"x,\ny, f(a, b) // c, d": 3,
		"func(a, b int) {}, 1;":  2,
		"f(a, b)":                0,
		"x":                      0,
		"a, b = b, a":            0,
		"a, b := f()":            0,
		"for a, b := range c {}": 0,
		"x, y }; func f() {":     0,
		"x, (":                   0,
		"return a, b":            0,
		",":                      0,
	} {
		if got := listed(Segment{Kind: Stmt, Text: text}); got != want {
			t.Errorf("listed(%q) = %d, want %d", text, got, want)
		}
	}
}
