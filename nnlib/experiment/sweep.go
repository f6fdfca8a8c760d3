package experiment

import (
	"fmt"
	"slices"
	"strings"
)

// SweepOptions say which settings Sweep tries and how often.
type SweepOptions struct {
	Grid Grid     // all combinations of these values
	List []Params // and these settings as they stand; all settings have the same names

	Runs     int    // of each setting; 0: 30
	Name     string // of the experiment
	Store    string // as in Options
	Key      string // as in Options
	Maximize bool   // higher scores are better: an accuracy, say. Otherwise lower ones are, as of a loss

	Halving Halving // gives up on settings early; the zero value plays all to the end
}

// Halving is successive halving (Jamieson and Talwalkar 2016): all settings are played a
// little, the best of them more, and so on. Which go on is decided between rungs only,
// from the means of all runs of the rung, ties going to the setting that stands first. So it depends on the
// scores alone, neither on who was done first nor on how many worked at it. A setting with a run whose score is not
// a finite number ranks below all others.
type Halving struct {
	// Factor is how many settings one is kept of, and by how much those get more runs; 0: 3.
	Factor int
	// FirstRuns are the runs of each setting in the first rung, Factor times as many in
	// the next, up to Runs. Run k is the same in every rung, so none is played twice.
	FirstRuns int
	// Budgets are, instead, what a run may use in each rung, in units of the experiment's choice,
	// as it sees them in Run.Budget: epochs, say. Every rung plays all its runs.
	Budgets []int
}

// A Trial is one setting of a sweep.
type Trial struct {
	Params Params
	Scores *Scores // of the last rung that it reached
	Rung   int     // the last one that it reached, from 0
	Budget int     // in that rung; 0 without Halving.Budgets
	Pruned bool    // given up before the last rung
}

// A Trials is what Sweep found, in the order of the settings.
type Trials struct {
	Name     string
	Trials   []*Trial
	Maximize bool
}

// Sweep plays f with every setting under the same seeds, as Repeat does, so that any two
// settings are paired run by run.
func Sweep(o SweepOptions, f func(run Run, p Params) float64) *Trials {
	trials := o.trials()
	rungs := o.rungs(len(trials.Trials))
	byVariant := map[string]Params{}
	for _, t := range trials.Trials {
		for _, r := range rungs {
			byVariant[r.variant(t.Params)] = t.Params
		}
	}
	c := begin(Options{Runs: o.Runs, Name: o.Name, Store: o.Store, Key: o.Key}.filled(), func(t Task, run Run) float64 {
		run.Budget = budgetOf(rungs, t.Variant, byVariant[t.Variant])
		return f(run, byVariant[t.Variant])
	})
	defer c.end()
	left := trials.Trials
	for k, r := range rungs {
		c.rung(k, r, left, trials)
		if k+1 < len(rungs) {
			left = trials.best(left, rungs[k+1].settings)
		}
	}
	c.finish()
	return trials
}

// rung plays all settings that are left and enters their scores.
func (c *call) rung(k int, r rung, left []*Trial, all *Trials) {
	var tasks []Task
	for _, t := range left {
		tasks = append(tasks, runs(r.variant(t.Params), 0, r.runs)...)
	}
	of := c.done
	for _, t := range tasks {
		if !c.results.has(t) {
			of++
		}
	}
	c.play(tasks, of)
	for _, t := range all.Trials {
		t.Pruned = true
	}
	for _, t := range left {
		t.Scores = c.scores(r.variant(t.Params), r.runs)
		t.Scores.Name, t.Rung, t.Budget, t.Pruned = t.Params.String(), k, r.budget, false
	}
}

// trials lists the settings.
func (o SweepOptions) trials() *Trials {
	t := &Trials{Name: o.Name, Maximize: o.Maximize}
	seen := map[string]bool{}
	for _, p := range append(o.Grid.settings(), o.List...) {
		p = p.checked()
		if seen[p.String()] {
			panic(fmt.Errorf("experiment: Sweep has the setting %s twice", p))
		}
		seen[p.String()] = true
		if len(t.Trials) > 0 && !slices.Equal(p.names(), t.Trials[0].Params.names()) {
			panic(fmt.Errorf("experiment: Sweep wants the same hyper-parameters in all settings, got %s and %s", t.Trials[0].Params, p))
		}
		t.Trials = append(t.Trials, &Trial{Params: p})
	}
	if len(t.Trials) == 0 {
		panic(fmt.Errorf("experiment: Sweep has no setting to try; give it a Grid or a List"))
	}
	return t
}

// A rung says how many settings get how much.
type rung struct{ settings, runs, budget int }

// variant names a setting's task in the rung.
func (r rung) variant(p Params) string {
	if r.budget == 0 {
		return p.String()
	}
	return strings.TrimSpace(fmt.Sprintf("%s budget:%d", p, r.budget))
}

func budgetOf(rungs []rung, variant string, p Params) int {
	for _, r := range rungs {
		if r.variant(p) == variant {
			return r.budget
		}
	}
	return 0
}

// rungs are fixed before the first run.
func (o SweepOptions) rungs(settings int) []rung {
	h, all := o.Halving, Options{Runs: o.Runs}.filled().Runs
	if h.Factor == 0 {
		h.Factor = 3
	}
	if h.Factor < 2 || h.FirstRuns < 0 || h.FirstRuns > 0 && len(h.Budgets) > 0 {
		panic(fmt.Errorf("experiment: Halving wants a Factor of 2 or more and either FirstRuns or Budgets, got %+v", h))
	}
	var rungs []rung
	switch {
	case len(h.Budgets) > 0:
		for k, b := range h.Budgets {
			if b < 1 || k > 0 && b <= h.Budgets[k-1] {
				panic(fmt.Errorf("experiment: Budgets grow from rung to rung, got %v", h.Budgets))
			}
			rungs = append(rungs, rung{settings, all, b})
			settings = max(1, (settings+h.Factor-1)/h.Factor)
		}
	case h.FirstRuns > 0:
		for n := h.FirstRuns; ; n *= h.Factor {
			rungs = append(rungs, rung{settings, min(n, all), 0})
			if n >= all {
				break
			}
			settings = max(1, (settings+h.Factor-1)/h.Factor)
		}
	default:
		rungs = []rung{{settings, all, 0}}
	}
	return rungs
}

// best are the n best of the trials, in the order in which they stand.
func (t *Trials) best(from []*Trial, n int) []*Trial {
	ranked := slices.Clone(from)
	slices.SortStableFunc(ranked, func(a, b *Trial) int { return t.compare(a, b) })
	kept := ranked[:min(n, len(ranked))]
	return slices.DeleteFunc(slices.Clone(from), func(x *Trial) bool { return !slices.Contains(kept, x) })
}
