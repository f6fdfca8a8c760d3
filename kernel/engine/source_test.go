package engine_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"

	"reprise/kernel/engine"
	"reprise/kernel/symbols"
	"reprise/nnlib/experiment"
	"reprise/nnlib/rng"
)

// An asking engine writes down what Source says whenever a cell calls experiment.Repeat.
type asking struct {
	*engine.Engine
	digests []string
	errs    []error
}

func newAsking(t *testing.T) *asking {
	t.Helper()
	a := &asking{}
	hook := interp.Exports{"reprise/nnlib/experiment/experiment": {"Repeat": reflect.ValueOf(func(n int, f func(experiment.Run) float64) *experiment.Scores {
		s, err := a.Source()
		a.digests, a.errs = append(a.digests, s.Digest), append(a.errs, err)
		return nil
	})}}
	e, err := engine.New(engine.Config{Root: rng.Root(1), Exports: append(symbols.Exports(), hook), Packages: symbols.NewImporter()})
	if err != nil {
		t.Fatal(err)
	}
	a.Engine = e
	return a
}

// run runs cells and returns what the last Repeat in them was told.
func (a *asking) run(t *testing.T, cells ...string) string {
	t.Helper()
	before := len(a.digests)
	for _, c := range cells {
		if _, err := a.Run(context.Background(), engine.Cell{Name: "cell", Source: c}, &recorder{}); err != nil {
			t.Fatalf("%v in\n%s", err, c)
		}
	}
	if len(a.digests) == before {
		t.Fatal("no cell called Repeat")
	}
	if err := a.errs[len(a.errs)-1]; err != nil {
		t.Fatal(err)
	}
	return a.digests[len(a.digests)-1]
}

func TestSourceChangesWithWhatAnExperimentCanUse(t *testing.T) {
	const (
		data  = "X := []float64{1, 2}\nunused := 1\n"
		net   = "type Net struct{ units int }\nfunc (n Net) fit() float64 { return float64(n.units) + X[0] + helper() }\n"
		help  = "func helper() float64 { return 1 }\n"
		cells = "s := experiment.Repeat(30, func(run experiment.Run) float64 { return Net{3}.fit() })\ns"
	)
	all := []string{data, help, net, cells}
	base := newAsking(t).run(t, all...)
	a := newAsking(t)
	if a.run(t, all...) != base {
		t.Error("a second kernel has another digest for the same cells")
	}
	if a.run(t, cells) != base {
		t.Error("the cell run again has another digest: what it defined counts")
	}
	same := func(what string, more ...string) {
		t.Helper()
		if a.run(t, append(more, cells)...) != base {
			t.Errorf("%s: another digest", what)
		}
	}
	same("a variable that is not used", "unused = 2")
	same("a comment and layout", "// helper helps.\nfunc helper() float64 {\n\treturn 1 // one\n}")
	same("more repeats", strings.Replace(cells, "30", "60", 1))
	seen := map[string]string{base: "the first"}
	differs := func(what string, more ...string) {
		t.Helper()
		d := a.run(t, append(more, cells)...)
		if old, twice := seen[d]; twice {
			t.Errorf("%s: the digest of %s", what, old)
		}
		seen[d] = what
	}
	differs("an element of a slice", "X[1] = 3")
	differs("a function two steps away", "func helper() float64 { return 2 }")
	differs("a method", "func (n Net) fit() float64 { return 7 + X[0] + helper() }")
	if d := a.run(t, strings.Replace(cells, "Net{3}", "Net{4}", 1)); seen[d] != "" {
		t.Errorf("the experiment itself: the digest of %s", seen[d])
	}
}

func TestSourceOfEveryKindOfValue(t *testing.T) {
	values := []string{
		`var v any = map[string]any{"b": []int{1}, "a": 2.5, "c": nil}`, `var v any = map[string]any{"b": []int{1}, "a": 2.5, "c": 0}`,
		`type P struct{ next *P; x float32 }
v := &P{x: 1}
v.next = v`, `v := &P{x: 2}
v.next = v`, `v := [2]complex128{1, 2i}`, `v := dataframe.FromRows([][]float64{{1}, {2}})`, `v := dataframe.FromRows([][]float64{{1}, {3}})`,
		`v := mat.NewDense(1, 2, []float64{1, 2})`, `v := mat.NewDense(2, 1, []float64{1, 2})`,
		`type Celsius float64
var v any = Celsius(3)`, `var v any = 3.0`, `v := error(nil)`, `v := "text"`, `v := []string{"te", "xt"}`, `v := []string{"t", "ext"}`,
	}
	const call = "experiment.Repeat(3, func(experiment.Run) float64 { _ = v; return 0 })"
	seen := map[string]string{}
	for _, v := range values {
		cells := []string{v, call}
		if strings.HasPrefix(v, "v := &P{x: 2}") {
			cells = []string{values[2], v, call}
		}
		d := newAsking(t).run(t, cells...)
		if old, twice := seen[d]; twice {
			t.Errorf("%s has the digest of %s", v, old)
		}
		seen[d] = v
		if again := newAsking(t).run(t, cells...); again != d {
			t.Errorf("%s: %s, then %s", v, d, again)
		}
	}
}

func TestSourceRefusesWhatHasNoContent(t *testing.T) {
	for _, v := range []string{"c := make(chan int)", "k := 1\nfs := []func() int{func() int { return k }}"} {
		a := newAsking(t)
		name := v[strings.LastIndex(v, "\n")+1:]
		name, _, _ = strings.Cut(name, " ")
		for _, c := range []string{v, "experiment.Repeat(3, func(experiment.Run) float64 { _ = " + name + "; return 0 })"} {
			if _, err := a.Run(context.Background(), engine.Cell{Name: "cell", Source: c}, &recorder{}); err != nil {
				t.Fatal(err)
			}
		}
		if len(a.errs) != 1 || a.errs[0] == nil || !strings.Contains(a.errs[0].Error(), "variable "+name) {
			t.Errorf("%s: %v", v, a.errs)
		}
	}
}
