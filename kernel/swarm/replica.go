package swarm

import (
	"context"
	"fmt"

	"reprise/kernel/engine"
	"reprise/kernel/worker"
	"reprise/nnlib/experiment"
)

// A position is what a process that plays runs tells who started it: the experiment that
// its cell has come to, and what the task that it was given has resulted in.
type position struct {
	Call   int                `json:"call"`
	Key    string             `json:"key,omitempty"`
	Seed   uint64             `json:"seed,string"`
	Result *experiment.Result `json:"result,omitempty"`
}

// An order is the answer: a task to play, the results of all tasks, or both nil: play all.
type order struct {
	Task    *experiment.Task    `json:"task,omitempty"`
	Over    bool                `json:"over,omitempty"` // Results are there
	Results []experiment.Result `json:"results,omitempty"`
	Leave   bool                `json:"leave,omitempty"` // the rest of the cell is not wanted
}

// A Replica plays runs for the session of another process. It evaluates the same cells, one
// by one, and when they come to an experiment it asks what to do.
type Replica struct{ Front worker.Front }

var (
	_ experiment.Evaluator = Replica{}
	_ engine.Workers       = Replica{}
)

// Set implements engine.Workers: who plays is the session's affair.
func (Replica) Set(context.Context, string) (string, error) { return "", nil }

// Evaluate implements experiment.Evaluator.
func (r Replica) Evaluate(ctx context.Context, job experiment.Job, done func(experiment.Result) error) error {
	at := position{Call: job.Call, Key: job.Key, Seed: job.Seed}
	for {
		var o order
		if err := r.Front.Call(ctx, at, &o); err != nil {
			return fmt.Errorf("swarm: %w", err)
		}
		switch {
		case o.Task != nil:
			result := job.Play(*o.Task)
			at.Result = &result
		case o.Over:
			return give(job.Tasks, o.Results, done)
		case o.Leave:
			return errLeft
		default:
			return playHere(ctx, job, func(result experiment.Result) error { return done(result) })
		}
	}
}

var errLeft = fmt.Errorf("swarm: the experiment goes on elsewhere")

// give hands the results of tasks to done.
func give(tasks []experiment.Task, results []experiment.Result, done func(experiment.Result) error) error {
	known := make(map[experiment.Task]experiment.Result, len(results))
	for _, r := range results {
		known[r.Task] = r
	}
	for _, t := range tasks {
		r, ok := known[t]
		if !ok {
			return fmt.Errorf("swarm: there is no result of %s, which the session has not played", t)
		}
		if err := done(r); err != nil {
			return err
		}
	}
	return nil
}

// playHere plays all tasks in the calling goroutine, in order.
func playHere(ctx context.Context, job experiment.Job, done func(experiment.Result) error) error {
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
