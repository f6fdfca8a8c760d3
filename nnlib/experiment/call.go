package experiment

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"

	"reprise/nnlib"
)

// A call is one Repeat or Sweep while it runs.
type call struct {
	options Options
	host    Host
	job     Job
	f       func(Task, Run) float64
	results *table // of the tasks that were asked for
	held    *table // by the store or from an interrupted call, and not asked for yet
	lost    int    // lines of the store that hold no result
	store   *store // nil when there is none
	done    int    // tasks that have a result
	outer   bool   // not inside a run of another experiment
	whole   bool   // it came to its end
}

// begin starts a call. Whoever calls it defers end, which an interrupt reaches too.
func begin(o Options, f func(Task, Run) float64) *call {
	wantNative("Repeat")
	c := &call{options: o, host: attached(), f: f, results: newTable(), held: newTable()}
	c.job = Job{Name: o.Name, Seed: nnlib.Root().Seed(), Play: c.once}
	source := c.enter()
	if err := c.open(source); err != nil {
		c.end()
		panic(err)
	}
	return c
}

// open finds the results that there are already.
func (c *call) open(source Source) error {
	if !c.outer || c.job.Key == "" && (c.options.Store == "" || c.host.Replica) {
		return nil
	}
	c.held = program.take(c.job.Key)
	if c.options.Store == "" || c.host.Replica {
		return nil
	}
	if c.job.Key == "" {
		err := source.Err
		if err == nil {
			err = errors.New("nothing says what the code of the experiment is, as a notebook does")
		}
		return fmt.Errorf("experiment: a store needs to know which experiment a result is of: %w; set Options.Key, and change it whenever the experiment changes", err)
	}
	c.host.writing(c.options.Store) // what is in it was made here, or is compared with what is
	s, stored, lost, err := openStore(c.options.Store, c.job.Key, c.job.Name)
	if err != nil {
		return err
	}
	c.store, c.lost = s, lost
	return c.reconcile(stored)
}

// reconcile brings what is in memory since an interrupt and what is in the store together.
func (c *call) reconcile(stored *table) error {
	kept := c.held
	c.held = stored
	for _, t := range kept.tasks() {
		isNew, err := stored.add(c.job.Name, kept.get(t))
		if err == nil && isNew {
			err = c.store.add(kept.get(t))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// end leaves the call, however it went.
func (c *call) end() {
	kept := program.leave(c)
	nnlib.Progress("")
	if kept && c.done > 0 {
		fmt.Fprintf(os.Stderr, "experiment: what was played is kept, %d runs: run the cell again, unchanged, and it goes on\n", c.done)
	}
	if c.store == nil {
		return
	}
	if err := c.store.close(); err != nil && c.whole {
		panic(err)
	}
}

// finish says that the call came to its end.
func (c *call) finish() {
	c.whole = true
	if f, ok := c.host.Evaluator.(Follower); ok {
		f.Finished(c.job, func() []Result {
			var all []Result
			for _, t := range c.results.tasks() {
				all = append(all, c.results.get(t))
			}
			return all
		})
	}
}

// play sees to it that every task has a result. of is the number that progress counts to.
func (c *call) play(tasks []Task, of int) {
	job := c.job
	for _, t := range tasks {
		if !c.recall(t) {
			job.Tasks = append(job.Tasks, t)
		}
	}
	if len(job.Tasks) == 0 {
		return
	}
	c.sayLost(len(job.Tasks))
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
		if !c.results.has(t) {
			panic(fmt.Errorf("experiment: %s has no result, although those who play the runs said that they were done", t))
		}
	}
}

// recall takes a result that there is already, draws and all: the ledger of the cell
// is the same whether its runs were played or not.
func (c *call) recall(t Task) bool {
	if c.results.has(t) {
		return true
	}
	if c.host.Fresh || !c.held.has(t) {
		return false
	}
	r := c.held.get(t)
	c.credit(r)
	c.results.put(r)
	c.done++
	return true
}

// credit enters draws that were made elsewhere into the ledger, below a root of their own as those that are made here.
func (c *call) credit(r Result) {
	root := nnlib.Root()
	root.Push(c.job.Seed)
	defer root.Pop()
	root.Enter(r.Draws)
}

// sayLost tells once that the store has damaged lines, when runs are played again for it, perhaps.
func (c *call) sayLost(played int) {
	if c.lost > 0 {
		fmt.Fprintf(os.Stderr, "experiment: %d of the lines in %s are incomplete or damaged, as after a crash; %d runs that it lacks are played now\n", c.lost, c.options.Store, played)
	}
	c.lost = 0
}

func (c *call) progress(of int) {
	name := ""
	if c.options.Name != "" {
		name = c.options.Name + ": "
	}
	nnlib.Progress(fmt.Sprintf("%srun %d of %d", name, min(c.done+1, of), of))
}

// take keeps a result that was played.
func (c *call) take(r Result) error {
	if c.held.has(r.Task) { // by whoever verifies
		if _, err := c.held.add(c.job.Name, r); err != nil {
			return err
		}
	}
	isNew, err := c.results.add(c.job.Name, r)
	if err != nil || !isNew {
		return err
	}
	c.done++
	if r.By != "" {
		c.credit(r)
	}
	if c.store == nil || c.held.has(r.Task) {
		return nil
	}
	return c.store.add(r)
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
		o := c.results.rows[variant][i]
		s.Values[i], s.Seeds[i] = o.score, nnlib.Root().Sub("run", i).Seed()
		if o.rest.logs != nil && s.logs == nil {
			s.logs = make([][]Log, n)
		}
		if s.logs != nil {
			s.logs[i] = o.rest.logs
		}
	}
	return s
}

func keyOf(digest, lock string, seed uint64, call int) string {
	text := fmt.Sprintf("reprise experiment 1\n%s\n%s\n%d\n%d", digest, lock, seed, call)
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
}

func wantNative(what string) {
	if !nnlib.IsNative() {
		panic(fmt.Errorf("experiment: %s gives each run random streams of its own, which the backend in use does not have; call nnlib.Seed first, or loop by hand", what))
	}
}
