package swarm

import (
	"fmt"
	"slices"

	"reprise/nnlib/experiment"
)

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
