package experiment

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"reprise/nnlib"
)

// A call is one Repeat or Sweep while it runs.
type call struct {
	options Options
	host    Host
	job     Job
	f       func(Task, Run) float64
	results map[Task]outcome
	outer   bool // not inside a run of another experiment
}

// An outcome is what is kept of a Result.
type outcome struct {
	score float64
	logs  []Log
	sum   uint64 // of its bits
	by    string
}

// begin starts a call. Whoever calls it defers end, which an interrupt reaches too.
func begin(o Options, f func(Task, Run) float64) *call {
	if !nnlib.IsNative() {
		panic(fmt.Errorf("experiment: Repeat gives each run random streams of its own, which the backend in use does not have; call nnlib.Seed first, or loop by hand"))
	}
	c := &call{options: o, host: attached(), f: f, results: map[Task]outcome{}}
	c.job = Job{Name: o.Name, Seed: nnlib.Root().Seed(), Play: c.once}
	c.enter()
	return c
}

// enter counts the call among those of its cell. One that is inside a run of another
// experiment is a part of it, and is played where the run is.
func (c *call) enter() {
	var source Source
	if c.host.Source != nil {
		source = c.host.Source()
	}
	program.Lock()
	defer program.Unlock()
	program.playing++
	if c.outer = program.playing == 1; !c.outer {
		c.host.Evaluator = nil
		return
	}
	if source.Execution != program.execution {
		program.execution, program.calls = source.Execution, 0
	}
	c.job.Call = program.calls
	program.calls++
	if source.Digest != "" {
		c.job.Key = keyOf(source.Digest, c.host.lock(), c.job.Seed, c.job.Call)
	}
}

// end leaves the call, however it went.
func (c *call) end() {
	program.Lock()
	program.playing--
	program.Unlock()
	nnlib.Progress("")
}

// play sees to it that every task has a result. of is the number that progress counts to.
func (c *call) play(tasks []Task, of int) {
	job := c.job
	for _, t := range tasks {
		if _, known := c.results[t]; !known {
			job.Tasks = append(job.Tasks, t)
		}
	}
	if len(job.Tasks) == 0 {
		return
	}
	c.progress(of)
	ctx := c.host.context()
	err := c.host.evaluator().Evaluate(ctx, job, func(r Result) error {
		defer c.progress(of)
		return c.take(r)
	})
	if ctx.Err() != nil {
		nnlib.Poll() // an interrupt ends the cell here
	}
	if err != nil {
		panic(err)
	}
	for _, t := range job.Tasks {
		if _, known := c.results[t]; !known {
			panic(fmt.Errorf("experiment: %s has no result, although those who play the runs said that they were done", t))
		}
	}
}

func (c *call) progress(of int) {
	name := ""
	if c.options.Name != "" {
		name = c.options.Name + ": "
	}
	nnlib.Progress(fmt.Sprintf("%srun %d of %d", name, min(len(c.results)+1, of), of))
}

// take keeps a result.
func (c *call) take(r Result) error {
	now := outcome{r.Score, r.Logs, sumOf(r), r.By}
	if old, twice := c.results[r.Task]; twice {
		if old.sum == now.sum {
			return nil
		}
		first := Result{Task: r.Task, Score: old.score, Logs: old.logs, By: old.by}
		return &DifferError{c.job.Name, r.Task, first, r}
	}
	if r.By != "" {
		nnlib.Root().Enter(r.Draws)
	}
	c.results[r.Task] = now
	return nil
}

// once plays one task here.
func (c *call) once(t Task) Result {
	root := nnlib.Root()
	seed := root.Sub("run", t.Run).Seed()
	root.Push(seed)
	defer root.Pop()
	var notes []Log
	mark := root.Mark()
	score := c.f(t, Run{Number: t.Run, Seed: seed, notes: &notes})
	return Result{Task: t, Score: score, Logs: notes, Draws: root.Since(mark)}
}

// scores are those of the first n runs of a variant.
func (c *call) scores(variant string, n int) *Scores {
	s := &Scores{Name: c.options.Name, Values: make([]float64, n), Seeds: make([]uint64, n)}
	for i := range n {
		o := c.results[Task{variant, i}]
		s.Values[i], s.Seeds[i] = o.score, nnlib.Root().Sub("run", i).Seed()
		s.logs = append(s.logs, o.logs)
	}
	return s
}

func sumOf(r Result) uint64 {
	h := sha256.Sum256(r.bits())
	return binary.LittleEndian.Uint64(h[:])
}

func keyOf(digest, lock string, seed uint64, call int) string {
	text := fmt.Sprintf("reprise experiment 1\n%s\n%s\n%d\n%d", digest, lock, seed, call)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}
