package experiment

import (
	"context"
	"fmt"
	"math"

	"reprise/nnlib/rng"
)

// A Task is one run of one variant: what can be played alone, anywhere, and gives
// the same bits. The run's number fixes its seed, so equal numbers of two variants
// are a pair. Tasks are comparable: they serve as map keys.
type Task struct {
	Variant string `json:"variant,omitempty"` // empty for Repeat; a Sweep's setting, such as "rate=0.01 units=10"
	Run     int    `json:"run"`               // from 0
}

// String names the task as messages do.
func (t Task) String() string {
	if t.Variant == "" {
		return fmt.Sprintf("run %d", t.Run)
	}
	return fmt.Sprintf("run %d of %s", t.Run, t.Variant)
}

// A Result is what one task gave. All but By is a function of the job and the task:
// two results of one task have the same bits, whoever played it. It is sent and stored
// as JSON, which keeps every bit (but those that tell one NaN from another).
type Result struct {
	Task  Task
	Score float64
	Logs  []Log       // what Run.Log noted, in the order of the first notes
	Draws []rng.Entry // what the run drew, by stream, for the ledger of the cell
	// By names who played it, as messages about a difference do ("worker 2 on host b");
	// empty: this process, in whose ledger the draws stand already.
	By string
}

// A Log is one further quantity of a run: one value for a metric, one an epoch for a learning curve.
type Log struct {
	Name   string
	Values []float64
}

// A Job is a block of tasks of one experiment that are to be played. The result of
// each depends on Key and the task alone.
type Job struct {
	// Name is the experiment's, for progress and messages; it may be empty.
	Name string
	// Key is the digest (hexadecimal SHA-256) of all that its results depend on besides
	// the task: the host's Source and Lock, the seed in force, and which call of the cell
	// it is. It is empty where the host gives no Source; such a job cannot leave the process.
	Key string
	// Seed is that of the root in force at the call; every run's own is made from it.
	Seed uint64
	// Call counts the experiments that the running cell has started, from 0. A worker that
	// evaluates the same cells comes to the same experiment at the same Call, in its own
	// Evaluator, with an equal Key; any other Key means that it is not the same experiment.
	Call  int
	Tasks []Task
	// Play plays one task in the calling goroutine, which must be the one that called
	// Evaluate: the run's root is in force in this process meanwhile. It does not recover
	// what the experiment panics with, nor does it outlive an interrupt.
	Play func(Task) Result
}

// An Evaluator plays the tasks of jobs somewhere: here, in other processes, on other
// machines.
//
// Evaluate hands every result to done as it comes, in any order, and returns nil when
// every task has one. done may be called from one goroutine at a time. It keeps the
// result (in the store, when there is one) before it returns; whoever acknowledges a
// result does so afterwards. A second result for the same task is taken when it has the
// same bits; otherwise done returns a *DifferError, which names both sources. Evaluate
// returns the error that done gives; it need not finish first. It also returns when ctx ends, as
// it does when the cell is interrupted: what was handed to done by then is kept.
//
// The schedule never shows in the results: they stand in the order of the tasks, and
// whether to go on is decided between jobs only.
type Evaluator interface {
	Evaluate(ctx context.Context, job Job, done func(Result) error) error
}

// A Follower is an Evaluator that is told of every experiment that came to its end, in the
// order of their calls; also of those whose results were all in a store, so that Evaluate was not called.
// Who evaluates the same cells elsewhere can then be given the results.
type Follower interface {
	Evaluator
	Finished(job Job, results func() []Result)
}

// A DifferError says that one task gave two results that differ: the experiment depends on
// something besides its seed, or one of those who played it computes wrongly.
type DifferError struct {
	Name   string
	Task   Task
	First  Result
	Second Result
}

func (e *DifferError) Error() string {
	what := fmt.Sprintf("score %s by %s, %s by %s", number(e.First.Score), e.First.source(), number(e.Second.Score), e.Second.source())
	if math.Float64bits(e.First.Score) == math.Float64bits(e.Second.Score) {
		what = fmt.Sprintf("the score is equal but not what was logged or drawn, by %s and by %s", e.First.source(), e.Second.source())
	}
	name := e.Name
	if name != "" {
		name += ", "
	}
	return fmt.Sprintf("experiment: %s%s gave two results: %s; either it depends on something besides its seed, or one of the two computes wrongly", name, e.Task, what)
}

func (r Result) source() string {
	if r.By == "" {
		return "this process"
	}
	return r.By
}

// here is the Evaluator of a program that was given none: in this goroutine, in order.
type here struct{}

func (here) Evaluate(ctx context.Context, job Job, done func(Result) error) error {
	for _, t := range job.Tasks {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := done(job.Play(t)); err != nil {
			return err
		}
	}
	return nil
}
