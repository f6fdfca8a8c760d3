package cell_test

import (
	"fmt"
	"strings"
	"testing"

	"reprise/kernel/cell"
	"reprise/kernel/symbols"
)

// flows are cells of one notebook, run in order, each with what its text is known to do.
var flows = []struct{ src, reads, writes, hazards string }{
	{`x := 1`, "", "x", ""},
	{`y := x + 1`, "x", "y", ""},
	{`x = 5`, "", "x", ""},
	{`x += 2`, "x", "x", ""},
	{`x := x + 1`, "x", "x", ""},
	{`z := 3; z`, "", "z", ""},
	{`if y > 0 { x = 1 }`, "x y", "x", ""},
	{`func add(n int) int { return n + x }`, "", "add", ""},
	{`add(3)`, "add x", "", ""},
	{`func set(n int) { y = n }`, "", "set", ""},
	{`set(3)`, "set y", "y", ""},
	{`xs := []int{3, 1, 2}`, "", "xs", ""},
	{`sort.Ints(xs)`, "xs", "xs", ""},
	{`fmt.Println(xs, len(xs))`, "xs", "", ""},
	{`xs[0] = y`, "xs y", "xs", ""},
	{`type T struct{ n int }`, "", "T", ""},
	{`func (t *T) Inc() { t.n++ }` + "\n" + `func (t *T) N() int { return t.n }`, "", "T.Inc T.N", ""},
	{`t := &T{}`, "T", "t", ""},
	{`t.Inc()`, "T.Inc t", "t", ""},
	{`t.N()`, "T.N t", "", ""},
	{`m := map[*T]int{}`, "T", "m", ""},
	{`for k := range m { _ = k }`, "m", "", "map order m:1"},
	{`for k := range map[string]int{"a": 1} { _ = k }`, "", "", ""},
	{`ch := make(chan int, 9)`, "", "ch", ""},
	{"select {\ncase v := <-ch: _ = v\ndefault:\n}", "ch", "", "select select:1"},
	{"select {\ncase v := <-ch: _ = v\n}", "ch", "", ""},
	{"sum := 0.0\nfor i := range 3 {\n\tgo func() { sum += float64(i) }()\n}", "", "sum", "goroutines sum:3"},
	{"out := make([]int, 3)\nfor i := range out {\n\tgo func() { out[i] = i }()\n}", "", "out", ""},
	{"done := 0\ngo func() { done = 1 }()", "", "done", ""},
	{"var mu sync.Mutex; n := 0\nfor i := range 3 {\n\tgo func() { mu.Lock(); n += i; mu.Unlock() }()\n}", "", "mu n", ""},
	{"var wg sync.WaitGroup\nfor i := range 3 {\n\twg.Go(func() { ch <- i })\n}", "ch", "ch wg", "goroutines ch:3"},
	{"func ask() { http.Get(\"http://localhost\") }", "", "ask", ""},
	{"y := 2\nask()", "ask", "y", "network http.Get:1@ask"},
	{`exec.Command("true").Run()`, "", "", "process exec.Cmd.Run:1"},
	{`distuv.Normal{Mu: 0, Sigma: 1}.Prob(1)`, "", "", ""},
	{`distuv.Normal{Mu: 0, Sigma: 1}.Rand()`, "", "", "entropy distuv.Normal without Src:1"},
	{`import xrand "math/rand/v2"`, "", "", ""},
	{`bell := distuv.Normal{Mu: 0, Sigma: 1}`, "", "bell", ""},
	{`bell.Prob(1)`, "bell", "", ""},
	{`bell.Rand()`, "bell", "", "entropy bell, which has no Src,:1"},
	{`bell = distuv.Normal{Mu: 0, Sigma: 1, Src: xrand.NewPCG(1, 2)}`, "", "bell", ""},
	{`bell.Rand()`, "bell", "", ""},
	{`model := nnlib.NewSequential()`, "", "model", ""},
	{`model.Summary()`, "model", "", ""},
	{`model.Add(&nnlib.Dense{Units: 1})`, "model", "model", ""},
}

func TestFlow(t *testing.T) {
	p := cell.NewPackage(symbols.NewImporter())
	names := map[string]string{}
	for i, c := range flows {
		name := fmt.Sprintf("cell [%d]", i+1)
		if f, _, ok := strings.Cut(strings.TrimPrefix(c.src, "func "), "("); ok && strings.HasPrefix(c.src, "func ") {
			names[name] = f
		}
		prog, err := p.Prepare(name, c.src)
		if err != nil {
			t.Errorf("%s: %v", c.src, err)
			continue
		}
		p.Commit(prog)
		var hazards []string
		for _, h := range prog.Flow.Hazards {
			text := fmt.Sprintf("%s %s:%d", h.Kind, h.Name, h.Place.Line)
			if h.Place.Cell != name {
				text += "@" + names[h.Place.Cell]
			}
			hazards = append(hazards, text)
		}
		got := [3]string{strings.Join(prog.Flow.Reads, " "), strings.Join(prog.Flow.Writes, " "), strings.Join(hazards, ", ")}
		if want := [3]string{c.reads, c.writes, c.hazards}; got != want {
			t.Errorf("%s:\n got %q\nwant %q", c.src, got, want)
		}
	}
}
