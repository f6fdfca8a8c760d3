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
}

// Stream returns a named stream of this run, for draws of the experiment's own.
func (r Run) Stream(names ...any) *rng.Stream { return nnlib.Root().Stream(names...) }

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
	if !nnlib.IsNative() {
		panic(fmt.Errorf("experiment: Repeat gives each run random streams of its own, which the backend in use does not have; call nnlib.Seed first, or loop by hand"))
	}
	defer nnlib.Progress("")
	s := &Scores{Values: make([]float64, n), Seeds: make([]uint64, n)}
	for i := range n {
		nnlib.Progress(fmt.Sprintf("run %d of %d", i+1, n))
		s.Seeds[i] = nnlib.Root().Sub("run", i).Seed()
		s.Values[i] = play(Run{Number: i, Seed: s.Seeds[i]}, f)
	}
	return s
}

// play calls f with the run's root in force, and takes that away whatever happens in f.
func play(run Run, f func(Run) float64) float64 {
	root := nnlib.Root()
	root.Push(run.Seed)
	defer root.Pop()
	return f(run)
}
