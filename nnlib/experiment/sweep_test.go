package experiment_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

// bowl scores a setting by its distance from the best one, and by chance.
func bowl(run experiment.Run, p experiment.Params) float64 {
	d := p.Float("rate") - 0.1
	return float64(d*d) + math.Abs(float64(p.Int("units")-4)) + float64(0.01*draws(run))
}

var bowlGrid = experiment.Grid{"units": {2, 4, 8}, "rate": {0.1, 0.5, 1}}

func TestSweepPlaysEverySettingWithTheSameSeeds(t *testing.T) {
	nnlib.Seed(1)
	s := experiment.Sweep(experiment.SweepOptions{Grid: bowlGrid, List: []experiment.Params{{"units": 16, "rate": 0.1}}, Runs: 5}, bowl)
	var names []string
	for _, x := range s.Trials {
		names = append(names, x.Params.String())
		if len(x.Scores.Values) != 5 || !slices.Equal(x.Scores.Seeds, s.Trials[0].Scores.Seeds) || x.Pruned {
			t.Errorf("%+v", x)
		}
	}
	want := "rate=0.1 units=2,rate=0.1 units=4,rate=0.1 units=8,rate=0.5 units=2,rate=0.5 units=4,rate=0.5 units=8,rate=1 units=2,rate=1 units=4,rate=1 units=8,rate=0.1 units=16"
	if got := strings.Join(names, ","); got != want {
		t.Errorf("settings\n%s, want\n%s", got, want)
	}
	if b := s.Best(); b.Params.String() != "rate=0.1 units=4" {
		t.Errorf("best is %s", b.Params)
	}
	nnlib.Seed(1)
	alone := experiment.Repeat(5, func(run experiment.Run) float64 { return bowl(run, s.Trials[3].Params) })
	if !slices.Equal(alone.Values, s.Trials[3].Scores.Values) {
		t.Errorf("repeated alone %v, in the sweep %v", alone.Values, s.Trials[3].Scores.Values)
	}
	if c := experiment.Compare(s.Trials[0].Scores, s.Trials[1].Scores); !c.Paired {
		t.Error("two settings are not paired")
	}
}

func TestSweepAsFrames(t *testing.T) {
	nnlib.Seed(1)
	s := experiment.Sweep(experiment.SweepOptions{Grid: experiment.Grid{"rate": {0.1, 1}, "act": {"relu", "tanh"}, "bias": {true}, "n": {1, 2}}, Runs: 3},
		func(run experiment.Run, p experiment.Params) float64 {
			if p.Text("act") == "tanh" && p.Bool("bias") && p.Int("n") == 2 {
				return math.NaN()
			}
			return draws(run) + p.Float("n")
		})
	f := s.Frame()
	if got := fmt.Sprint(f.Names(), f.Types()); got != "[act bias n rate runs mean sd sem low high median rung pruned] [string bool int float int float float float float float float int bool]" {
		t.Error(got)
	}
	sum := s.Trials[0].Scores.Summary()
	for name, want := range map[string]float64{"mean": sum.Mean, "sd": sum.SD, "sem": sum.SEM, "low": sum.MeanCI.Low, "high": sum.MeanCI.High, "median": sum.Median} {
		if got := f.Col(name).Float()[0]; got != want {
			t.Errorf("%s is %v, the summary's %v", name, got, want)
		}
	}
	runs := s.Runs()
	if runs.Nrow() != 24 || runs.Col("score").Float()[23] != s.Trials[7].Scores.Values[2] && !math.IsNaN(runs.Col("score").Float()[23]) || runs.Elem(4, 4).String() != "1" {
		t.Errorf("%v", runs)
	}
	if b := s.Best().Params.String(); !strings.Contains(b, "n=1") || !strings.Contains(s.String(), "NaN") {
		t.Errorf("best is %s of\n%s", b, s)
	}
}

func TestSentencesOfPoorSweeps(t *testing.T) {
	nnlib.Seed(1)
	grid := experiment.Grid{"a": {1, 2}}
	one := experiment.Sweep(experiment.SweepOptions{Grid: grid, Runs: 1}, func(run experiment.Run, p experiment.Params) float64 { return p.Float("a") })
	if got := one.Sentence(); !strings.HasPrefix(got, "best of 2 settings: a=1, with 1 in its only run") {
		t.Error(got)
	}
	none := experiment.Sweep(experiment.SweepOptions{Grid: grid, Runs: 2}, func(experiment.Run, experiment.Params) float64 { return math.Inf(1) })
	if got := none.Sentence(); !strings.Contains(got, "not a finite number") {
		t.Error(got)
	}
}

func TestHalvingDependsOnTheScoresAlone(t *testing.T) {
	o := experiment.SweepOptions{Grid: bowlGrid, Runs: 20, Halving: experiment.Halving{FirstRuns: 3, Factor: 3}}
	sweep := func(e experiment.Evaluator) *experiment.Trials {
		with(t, experiment.Host{Evaluator: e})
		nnlib.Seed(1)
		return experiment.Sweep(o, bowl)
	}
	s := sweep(nil)
	e := &backwards{}
	if other := sweep(e); other.String() != s.String() {
		t.Errorf("in order\n%s\nbackwards\n%s", s, other)
	}
	var got []string
	for _, j := range e.jobs {
		got = append(got, fmt.Sprint(len(j.Tasks)))
	}
	if want := "27,18,11"; strings.Join(got, ",") != want { // 9 settings x 3, 3 x 6 more, 1 x 11 more
		t.Errorf("rungs played %v, want %s", got, want)
	}
	kept := 0
	for _, x := range s.Trials {
		if want := []int{3, 9, 20}[x.Rung]; len(x.Scores.Values) != want || x.Pruned != (x.Rung < 2) {
			t.Errorf("%s: %d runs in rung %d", x.Params, len(x.Scores.Values), x.Rung)
		}
		if !x.Pruned {
			kept++
		}
	}
	if kept != 1 || s.Best().Params.String() != "rate=0.1 units=4" {
		t.Errorf("%d kept, best %s", kept, s.Best().Params)
	}
}

func TestBudgetsGrow(t *testing.T) {
	nnlib.Seed(1)
	path := filepath.Join(t.TempDir(), "results.store")
	o := experiment.SweepOptions{Grid: bowlGrid, Runs: 2, Store: path, Key: "budget", Halving: experiment.Halving{Budgets: []int{10, 30, 90}}}
	budgets := map[int]int{}
	f := func(run experiment.Run, p experiment.Params) float64 {
		budgets[run.Budget]++
		return bowl(run, p) / float64(run.Budget)
	}
	s := experiment.Sweep(o, f)
	if fmt.Sprint(budgets) != "map[10:18 30:6 90:2]" || s.Best().Budget != 90 {
		t.Errorf("%v, best with %d", budgets, s.Best().Budget)
	}
	again := experiment.Sweep(o, f)
	if fmt.Sprint(budgets) != "map[10:18 30:6 90:2]" || again.String() != s.String() {
		t.Errorf("a second call played %v", budgets)
	}
}

func TestSweepSaysWhatIsWrong(t *testing.T) {
	for want, o := range map[string]experiment.SweepOptions{
		"no setting to try":           {},
		"the setting rate=1 twice":    {Grid: experiment.Grid{"rate": {1, 1.0}}},
		"the same hyper-parameters":   {List: []experiment.Params{{"a": 1}, {"b": 1}}},
		"[]int; it can be a float64":  {List: []experiment.Params{{"a": []int{1}}}},
		"Budgets grow":                {List: []experiment.Params{{"a": 1}}, Halving: experiment.Halving{Budgets: []int{3, 3}}},
		"either FirstRuns or Budgets": {List: []experiment.Params{{"a": 1}}, Halving: experiment.Halving{FirstRuns: 2, Budgets: []int{3}}},
		"no hyper-parameter rate":     {List: []experiment.Params{{"a": 1}}},
	} {
		if err := panics(func() { experiment.Sweep(o, bowl) }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestBestOfIsTheExpectationOfTheBest(t *testing.T) {
	s := experiment.Named("s", []float64{3, 1, 2})
	// All nine pairs with replacement: the smaller is 1 five times, 2 three times, 3 once.
	o := s.BestOf(2, false)
	if want := (5*1 + 3*2 + 1*3) / 9.0; math.Abs(o.Expected-want) > 1e-15 || math.Abs(o.Size-(2-want)) > 1e-15 {
		t.Errorf("%+v, want %v", o, want)
	}
	if o := s.BestOf(2, true); math.Abs(o.Expected-(5*3+3*2+1*1)/9.0) > 1e-15 {
		t.Errorf("%+v", o)
	}
	if o := s.BestOf(1, false); o.Size > 1e-15 || o.Mean != 2 {
		t.Errorf("one run is no choice: %+v", o)
	}
}

func ExampleSweep() {
	nnlib.Seed(1)
	s := experiment.Sweep(experiment.SweepOptions{
		Grid: experiment.Grid{"rate": {0.1, 0.5}, "units": {2, 4}},
		Runs: 3,
	}, func(run experiment.Run, p experiment.Params) float64 {
		return p.Float("rate")/float64(p.Int("units")) + 0.001*run.Stream("noise").Float64()
	})
	fmt.Println(s.Best().Params)
	fmt.Println(s.Frame().Names())
	// Output:
	// rate=0.1 units=4
	// [rate units runs mean sd sem low high median rung pruned]
}
