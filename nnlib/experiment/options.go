package experiment

import "fmt"

// Options say how RepeatWith repeats. The zero value repeats thirty times.
type Options struct {
	Runs int    // 0: 30, or at most 1,000 with StopWhenCI
	Name string // of the scores, for tables and plots

	// Store names a file that keeps every result. What it holds is not played again: after
	// a crash or an interrupt the next call goes on, and one for more runs plays those
	// that are new. Results are told apart by Key; many experiments can share a file. Two results of
	// one run must have the same bits: otherwise the call panics with a *DifferError. Files
	// that the experiment reads while it runs, and the time, are no part of the key.
	Store string
	// Key says which experiment a stored result is of. Empty, as it should be in a notebook, it is made of
	// the code and the values that the cell can use, the program's versions, the seed,
	// and the place of the call among those in the cell: whatever changes there has all
	// runs played anew. A Key that is given stands for the code, the values and the place.
	Key string

	// StopWhenCI ends the repeats when the 95 % interval of the mean (Student's) is no
	// wider than this, from its lower to its upper end, in units of the score. It is looked
	// at after every CheckEvery runs (0: 10) and never in between, so the number of runs
	// depends on the scores alone, not on who was done first. Stopping by a look at the data
	// makes the interval cover the mean a little less often than 95 % (Chow and Robbins 1965).
	StopWhenCI float64
	CheckEvery int
}

// defaults of Options.
const (
	usualRuns  = 30
	mostRuns   = 1000
	checkEvery = 10
)

// filled returns o with its defaults, or panics when it asks for the impossible.
func (o Options) filled() Options {
	if o.Runs == 0 {
		o.Runs = usualRuns
		if o.StopWhenCI > 0 {
			o.Runs = mostRuns
		}
	}
	if o.CheckEvery == 0 {
		o.CheckEvery = checkEvery
	}
	switch {
	case o.Runs < 1:
		panic(fmt.Errorf("experiment: Repeat wants at least 1 run, got %d", o.Runs))
	case !(o.StopWhenCI >= 0):
		panic(fmt.Errorf("experiment: StopWhenCI is a width, got %v", o.StopWhenCI))
	case o.CheckEvery < 2:
		panic(fmt.Errorf("experiment: CheckEvery wants 2 runs or more, as one has no interval; got %d", o.CheckEvery))
	}
	return o
}
