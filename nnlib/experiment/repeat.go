package experiment

import (
	"fmt"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// A Run is one of several repeats of an experiment.
type Run struct {
	Number int    // from 0
	Seed   uint64 // of the root in force during the run
	Budget int    // what the run may use, in Sweep with Halving.Budgets; otherwise 0
	notes  *[]Log
}

// Stream returns a named stream of this run, for draws of the experiment's own.
func (r Run) Stream(names ...any) *rng.Stream { return nnlib.Root().Stream(names...) }

// Log notes further results of the run: a second metric (one value), or a learning curve
// (one value an epoch). Scores.Metric and Scores.Curves give them back. Logged again
// under one name, the values are added at the end.
func (r Run) Log(name string, values ...float64) {
	if r.notes == nil {
		return // a run that was not made by Repeat
	}
	for i := range *r.notes {
		if l := &(*r.notes)[i]; l.Name == name {
			l.Values = append(l.Values, values...)
			return
		}
	}
	*r.notes = append(*r.notes, Log{name, append([]float64(nil), values...)})
}

// Repeat runs f n times and returns its scores. Every run has a root of random
// streams of its own, made from the session's seed and the run's number: models
// built in f draw from it, so the scores do not depend on what was drawn before,
// run k is the same in a Repeat of any length, and two variants that are repeated
// under one seed are paired run by run. nnlib.Seed(scores.Seeds[k]) before a call
// of f plays run k again.
//
// It panics when a backend other than Native is in use: Keras 2.0 drew everything
// from one sequence, so its runs cannot have roots of their own.
func Repeat(n int, f func(run Run) float64) *Scores {
	if n < 1 {
		panic(fmt.Errorf("experiment: Repeat wants at least 1 run, got %d", n))
	}
	return RepeatWith(Options{Runs: n}, f)
}

// RepeatWith is Repeat with more to say: a store of results, a rule for stopping early, a name.
func RepeatWith(o Options, f func(run Run) float64) *Scores {
	o = o.filled()
	c := begin(o, func(_ Task, run Run) float64 { return f(run) })
	defer c.end()
	for n := 0; n < o.Runs; {
		from := n
		if n = o.Runs; o.StopWhenCI > 0 {
			n = min(from+o.CheckEvery, o.Runs)
		}
		c.play(runs("", from, n), o.Runs)
		if o.StopWhenCI > 0 && c.scores("", n).narrow(o.StopWhenCI) {
			o.Runs = n
		}
	}
	c.finish()
	return c.scores("", o.Runs)
}

// runs are the tasks number from up to but not including number to of a variant.
func runs(variant string, from, to int) []Task {
	tasks := make([]Task, 0, to-from)
	for i := from; i < to; i++ {
		tasks = append(tasks, Task{variant, i})
	}
	return tasks
}

// narrow reports whether the interval of the mean is at most width wide.
func (s *Scores) narrow(width float64) bool {
	wantAtLeast(2, "StopWhenCI", s.Values)
	ci := meanCI(momentsOf(s.Values))
	return ci.High-ci.Low <= width
}
