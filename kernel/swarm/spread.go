package swarm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"reprise/nnlib/experiment"
)

// A spread is one job while a crew plays it. It runs in the cell's goroutine, where the
// experiment can be played too: the first run is, and so are those on which workers disagree.
type spread struct {
	job  experiment.Job
	crew crew
	prog *Program
	cell *execution
	call *called
	done func(experiment.Result) error

	shift     shift
	proven    map[string]bool
	dismissed map[string]bool
	wrong     []experiment.Result // of dismissed workers
	held      map[string][]Played // of workers that have not proven themselves
	got       map[experiment.Task]*received
	failed    *failure // the first in the order of the tasks
	shown     int      // how many of the tasks have been shown
	alone     bool     // nobody is left
}

// received is the result of a task. It is released when it has been handed to done.
type received struct {
	played   Played
	released bool
	audited  bool // by another worker
	suspect  bool // its worker was dismissed after it was released: somebody plays it again
}

type failure struct {
	at  int // in the tasks
	by  string
	err error
}

// patience is how long audits that nobody takes are waited for when all else is done.
const patience = 10 * time.Second

// blockTime is about how long a block of runs takes to play: a queue's cost a block, about
// a millisecond, is then a percent.
const blockTime = 100 * time.Millisecond

// play returns when every task has a result, as Evaluate of an experiment.Evaluator does.
func (s *spread) play(ctx context.Context) error {
	s.proven, s.dismissed = map[string]bool{}, map[string]bool{}
	s.held, s.got = map[string][]Played{}, map[experiment.Task]*received{}
	var err error
	if s.shift, err = s.crew.open(ctx, s.prog); err != nil {
		return err
	}
	whole := false
	defer func() { s.shift.end(!whole) }()
	took, err := s.first()
	if err != nil {
		return err
	}
	for _, n := range s.shift.earlier() {
		if err := s.hear(n); err != nil {
			return err
		}
	}
	s.shift.give(s.missing(), blockSize(took, len(s.job.Tasks)))
	for !s.over() {
		if s.alone {
			return s.rest(ctx)
		}
		select {
		case n := <-s.shift.news():
			err = s.hear(n)
		case <-s.tired():
			err = s.giveUp(ctx)
		case <-ctx.Done():
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
	if s.failed != nil {
		return s.failHere()
	}
	whole = true
	return nil
}

// blockSize is how many runs go together when one takes so long: never so many that
// a few workers take all.
func blockSize(took time.Duration, tasks int) int {
	n := int(blockTime / max(took, time.Microsecond))
	return max(1, min(n, tasks/16, 256))
}

// first plays the first run of the experiment here: what every worker must come to as well.
func (s *spread) first() (took time.Duration, err error) {
	if s.call.proof != nil {
		return s.call.took, nil
	}
	began := time.Now()
	r := s.job.Play(s.job.Tasks[0])
	s.call.took = time.Since(began)
	s.call.proof = &r
	s.got[r.Task] = &received{played: Played{Result: r}, audited: true}
	return s.call.took, s.release(s.got[r.Task])
}

func (s *spread) missing() []experiment.Task {
	return slices.DeleteFunc(slices.Clone(s.job.Tasks), func(t experiment.Task) bool { return s.got[t] != nil })
}

// over reports whether every task is released, or all before the first that failed.
func (s *spread) over() bool {
	for _, t := range s.wanted() {
		if r := s.got[t]; r == nil || !r.released || r.suspect {
			return false
		}
	}
	return true
}

// wanted are all tasks, or those before the first that failed.
func (s *spread) wanted() []experiment.Task {
	if s.failed != nil {
		return s.job.Tasks[:s.failed.at]
	}
	return s.job.Tasks
}

// hear takes what a worker has to tell.
func (s *spread) hear(n news) error {
	switch {
	case n.empty:
		s.alone = true
		return n.err
	case n.refused:
		if s.crew.trusted() {
			n.by = "a worker" // what one cannot, none can
		}
		s.cell.say(fmt.Sprintf("experiment: %s cannot play the runs: %v", n.by, n.err))
		return nil
	case s.dismissed[n.by]:
		if n.played != nil && s.got[n.played.Result.Task] == nil {
			s.shift.give([]experiment.Task{n.played.Result.Task}, 1)
		}
		return nil
	case n.proof != nil:
		return s.prove(n.by, *n.proof)
	case n.failed != nil:
		s.fail(n)
		return nil
	case n.err != nil:
		return n.err
	}
	n.played.Result.By = n.by
	if !s.proven[n.by] {
		s.held[n.by] = append(s.held[n.by], *n.played)
		return nil
	}
	return s.take(*n.played)
}

// prove compares a worker's first run with the one that was played here.
func (s *spread) prove(by string, r experiment.Result) error {
	if s.proven[by] {
		return nil
	}
	if same(r, *s.call.proof) {
		s.proven[by] = true
		for _, p := range s.held[by] {
			if err := s.take(p); err != nil {
				return err
			}
		}
		delete(s.held, by)
		return nil
	}
	r.By = by
	return s.judge(*s.call.proof, r)
}

// take keeps the result of a worker that has proven itself.
func (s *spread) take(p Played) error {
	t := p.Result.Task
	old := s.got[t]
	switch {
	case !slices.Contains(s.job.Tasks, t):
		return nil // of an earlier job of the experiment
	case old == nil:
		s.got[t] = &received{played: p}
		if s.audits(t) && s.shift.others(p.Result.By) {
			s.shift.audit(t, p.Result.By)
			return nil
		}
		return s.release(s.got[t])
	case !same(old.played.Result, p.Result):
		return s.judge(old.played.Result, p.Result)
	case old.played.Result.By != p.Result.By:
		old.audited, old.suspect = true, false
		return s.release(old)
	}
	return nil
}

// audits reports whether two workers have to agree on a task: one in so many, the same ones whoever plays.
func (s *spread) audits(t experiment.Task) bool {
	return s.prog.audit > 0 && slices.Index(s.job.Tasks, t)%s.prog.audit == 1%s.prog.audit
}

// judge plays a task here, on which two disagree, and dismisses who is wrong.
func (s *spread) judge(a, b experiment.Result) error {
	var truth experiment.Result
	s.cell.out.silently(func() { truth = s.job.Play(a.Task) })
	if a.By == "" && !same(a, truth) || !same(a, truth) && !same(b, truth) {
		truth.By = "this process, played once more"
		return s.differ(a, truth)
	}
	if s.crew.trusted() || s.outvoted(b, truth) {
		return s.differ(a, b) // the experiment's fault, or this process's
	}
	for _, r := range []experiment.Result{a, b} {
		if r.By == "" || same(r, truth) {
			continue
		}
		other := "this process"
		if r.By == b.By && a.By != "" {
			other = a.By + " and this process"
		} else if r.By == a.By {
			other = b.By + " and this process"
		}
		if err := s.dismiss(r.By, fmt.Sprintf("it computes wrongly: %s gave %s where %s gave %s", r.Task, bits(r.Score), other, bits(truth.Score))); err != nil {
			return err
		}
	}
	old := s.got[a.Task]
	if old == nil || old.released {
		return nil
	}
	truth.By = ""
	old.played.Result = truth
	old.audited = true
	return s.release(old)
}

func (s *spread) differ(a, b experiment.Result) error {
	return &experiment.DifferError{Name: s.job.Name, Task: a.Task, First: a, Second: b}
}

// outvoted reports whether two workers agree on something else than this process.
func (s *spread) outvoted(r, truth experiment.Result) bool {
	if same(r, truth) {
		return false
	}
	for _, w := range s.wrong {
		if w.Task == r.Task && w.By != r.By && same(w, r) {
			return true
		}
	}
	s.wrong = append(s.wrong, r)
	return false
}

// dismiss sends a worker away. What it gave before is played again by others.
func (s *spread) dismiss(by, why string) error {
	s.cell.say(fmt.Sprintf("experiment: %s was dismissed: %s", by, why))
	s.dismissed[by], s.proven[by] = true, false
	delete(s.held, by)
	s.shift.dismiss(by, why)
	var again []experiment.Task
	for _, t := range s.job.Tasks {
		r := s.got[t]
		switch {
		case r == nil || r.played.Result.By != by || r.audited:
		case r.released:
			r.suspect = true
			again = append(again, t)
		default:
			delete(s.got, t)
			again = append(again, t)
		}
	}
	s.shift.give(again, 1)
	return s.unaudited()
}

// unaudited releases results that wait for another worker where there is none left.
func (s *spread) unaudited() error {
	for _, t := range s.job.Tasks {
		if r := s.got[t]; r != nil && !r.released && !s.shift.others(r.played.Result.By) {
			if err := s.release(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// release hands a result on, and shows what the runs have shown, in the order of the tasks.
func (s *spread) release(r *received) error {
	if r.released {
		return nil
	}
	if err := s.done(r.played.Result); err != nil {
		return err
	}
	r.released = true
	for s.shown < len(s.job.Tasks) {
		next := s.got[s.job.Tasks[s.shown]]
		if next == nil || !next.released {
			break
		}
		show(s.cell.out, next.played.Shown)
		next.played.Shown = nil
		s.shown++
	}
	return nil
}

// tired tells when the audits that are still out have had their time.
func (s *spread) tired() <-chan time.Time {
	for _, t := range s.wanted() {
		if s.got[t] == nil {
			return nil
		}
	}
	return time.After(patience)
}

// giveUp does without the audits that nobody took, and says so. What a dismissed worker gave is not taken
// on trust: it is played here.
func (s *spread) giveUp(ctx context.Context) error {
	var missed []string
	for _, t := range s.wanted() {
		if !s.got[t].released {
			missed = append(missed, t.String())
		}
	}
	if n := len(missed); n > 0 {
		s.cell.say(fmt.Sprintf("experiment: audits were given up after %v without news: for %s there is one worker's word alone", patience, few(missed)))
	}
	return s.rest(ctx)
}

// few lists names, the first of many.
func few(names []string) string {
	const most = 5
	if n := len(names); n > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return strings.Join(names, ", ")
}

func (s *spread) fail(n news) {
	at := slices.Index(s.job.Tasks, *n.failed)
	if at >= 0 && (s.failed == nil || at < s.failed.at) {
		s.failed = &failure{at, n.by, n.err}
	}
}

// failHere plays the run that failed in a worker, so that it fails here, with its place in the cell.
func (s *spread) failHere() error {
	s.shift.end(true)
	s.job.Play(s.job.Tasks[s.failed.at])
	return fmt.Errorf("experiment: %s failed at %s (%v) and does not fail here: it depends on something besides its seed", s.job.Tasks[s.failed.at], s.failed.by, s.failed.err)
}

// rest plays here what nobody else will.
func (s *spread) rest(ctx context.Context) error {
	s.shift.end(true)
	for _, t := range s.wanted() {
		if r := s.got[t]; r != nil && !r.suspect {
			if err := s.release(r); err != nil {
				return err
			}
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		r := s.job.Play(t)
		if old := s.got[t]; old != nil { // suspect, and known to done
			if err := s.done(r); err != nil {
				return err
			}
			old.suspect = false
			continue
		}
		s.got[t] = &received{played: Played{Result: r}}
		if err := s.release(s.got[t]); err != nil {
			return err
		}
	}
	return nil
}

// same reports whether two results of one task have the same bits.
func same(a, b experiment.Result) bool {
	a.By, b.By = "", ""
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
