package swarm

import (
	"fmt"
	"slices"
	"testing"

	"reprise/kernel/engine"
)

func TestNeeded(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string // the last is the target
		want  []int
	}{
		{"by name", []string{"x := 1", "y := 2", "z := x"}, []int{0}},
		{"through others", []string{"x := 1", "func f() int { return x }", "y := 2", "f()"}, []int{0, 1}},
		{"what may change a variable", []string{"x := []int{1}", "x[0]++", "fmt.Println(1)", "x"}, []int{0, 1}},
		{"a function is not changed by a call", []string{"func f() int { return 1 }", "y := f()", "f()"}, []int{0}},
		{"methods", []string{"type T int", "func (t T) M() int { return 1 }", "var t T", "t.M()"}, []int{0, 1, 2}},
		{"imports", []string{"import str \"strings\"", "y := 1", "str.ToUpper(\"x\")"}, []int{0}},
		{"a name that is defined anew", []string{"s := 1", "s := 2", "s := 3\ns"}, nil},
		{"but not when it is used first", []string{"s := 1", "s := s + 1"}, []int{0}},
		{"nor when another needs it", []string{"s := 1", "func f() int { return s }", "s := f()"}, []int{0, 1}},
		{"settings", []string{"%seed 5", "%cd /", "y := 1", "1 + 1"}, []int{0, 1}},
		{"magics around Go", []string{"%%time\nx := 1", "x"}, []int{0}},
	} {
		var history []memory
		last := len(c.cells) - 1
		for i, source := range c.cells[:last] {
			history = append(history, memory{step: Step{Cell: engine.Cell{Name: fmt.Sprint(i)}, Index: i}, text: lazyText(source)})
		}
		if got := needed(history, readText(c.cells[last])); !slices.Equal(got, c.want) {
			t.Errorf("%s: needed %v, want %v", c.name, got, c.want)
		}
	}
}
