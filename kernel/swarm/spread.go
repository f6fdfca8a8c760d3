package swarm

import (
	"context"
	"fmt"
	"slices"
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
