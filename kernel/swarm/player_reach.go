package swarm

import (
	"context"
	"errors"
)

// reach brings the process to the experiment of a program. The error is a *cellError when a
// cell is to blame.
func (p *player) reach(ctx context.Context, prog *Program) error {
	if p.standing != nil && !p.goOn(ctx, prog) {
		p.discard()
	}
	if p.w != nil && !p.fits(prog) {
		p.discard()
	}
	if p.w == nil {
		if err := p.fresh(ctx); err != nil {
			return err
		}
	}
	for _, step := range prog.Steps {
		if p.ran[step.Index] != "" {
			continue
		}
		if err := p.evaluate(ctx, step); err != nil {
			p.discard()
			return err
		}
	}
	return p.arrive(ctx, prog)
}

// arrive brings the target to the program's call.
func (p *player) arrive(ctx context.Context, prog *Program) error {
	target := prog.target()
	if p.standing == nil {
		if err := p.begin(ctx, target); err != nil {
			p.discard()
			return err
		}
	}
	p.standing.step = target
	for p.standing.at.Call < prog.Call() {
		if ended, err := p.follow(ctx, p.standing.over(p.standing.at.Call)); ended {
			p.discard()
			return &cellError{prog.Target.Name, missed(err)}
		} else if err != nil {
			p.discard()
			return err
		}
	}
	at := p.standing.at
	if at.Call != prog.Call() || at.Seed != prog.Seed || at.Key != "" && prog.Key != "" && at.Key != prog.Key {
		p.discard()
		return &cellError{prog.Target.Name, errors.New("the cells lead to another experiment in a worker: its variables or its seed differ; something besides the cells must have made them")}
	}
	return nil
}

func missed(err error) error {
	if err != nil {
		return err
	}
	return errors.New("the cell came to its end in a worker and did not meet the experiment")
}

// goOn takes a cell that stands in an older experiment further, if the program lets it.
func (p *player) goOn(ctx context.Context, prog *Program) bool {
	s := p.standing
	if s.step.Index == len(prog.History) {
		return nameOf(s.step.Cell) == nameOf(prog.Target) && s.at.Call <= prog.Call() && p.fits(prog)
	}
	if s.step.Index > len(prog.History) || prog.History[s.step.Index] != nameOf(s.step.Cell) {
		return false
	}
	for _, step := range prog.Steps {
		if step.Index == s.step.Index {
			s.step = step
			return p.finish(ctx) == nil
		}
	}
	ended, err := p.follow(ctx, order{Leave: true}) // nothing that it does is needed: nor is its error
	if !ended || died(err) {
		return false // with the process, what it had evaluated is gone
	}
	p.standing = nil
	return true
}

// finish lets the standing cell run to its end with the results that are known.
func (p *player) finish(ctx context.Context) error {
	for {
		ended, err := p.follow(ctx, p.standing.over(p.standing.at.Call))
		if err != nil {
			return &cellError{p.standing.step.Cell.Name, err}
		}
		if ended {
			p.enter(p.standing.step)
			p.standing = nil
			return nil
		}
	}
}

// over is the order that ends an earlier experiment of the cell.
func (s *standing) over(call int) order {
	if call >= len(s.step.Calls) {
		return order{Over: true} // no results: the cell says so
	}
	c := s.step.Calls[call]
	return order{Over: !c.Here, Results: c.Results}
}

func (p *player) enter(s Step) { p.ran[s.Index] = nameOf(s.Cell) }

// fits reports whether what the process has evaluated is part of the program's history, and
// nothing that the program needs was left out.
func (p *player) fits(prog *Program) bool {
	last := -1
	for i, name := range p.ran {
		if i >= len(prog.History) || prog.History[i] != name {
			return false
		}
		last = max(last, i)
	}
	for _, step := range prog.Steps {
		if step.Index < last && p.ran[step.Index] == "" {
			return false
		}
	}
	return true
}

// evaluate runs a cell from beginning to end.
func (p *player) evaluate(ctx context.Context, step Step) error {
	if err := p.begin(ctx, step); err != nil {
		return err
	}
	if p.standing == nil { // it met no experiment
		return nil
	}
	return p.finish(ctx)
}

// begin starts a cell and waits until it stands in an experiment or is over; then standing is nil.
func (p *player) begin(ctx context.Context, step Step) error {
	live, stop := context.WithCancel(context.WithoutCancel(ctx))
	s := &standing{step: step, out: &catcher{}, ended: make(chan struct{}), stop: stop}
	w := p.w
	go func() {
		defer close(s.ended)
		_, s.err = w.Run(live, step.Cell, s.out)
	}()
	p.standing = s
	ended, err := p.wait(ctx)
	if err != nil {
		return &cellError{step.Cell.Name, err}
	}
	if ended {
		p.enter(step)
		p.standing = nil
	}
	return nil
}

// follow gives an order and waits until the cell asks again or is over.
func (p *player) follow(ctx context.Context, o order) (ended bool, err error) {
	select {
	case p.link.order <- o:
	case <-p.standing.ended:
	case <-ctx.Done():
		return false, ctx.Err()
	}
	return p.wait(ctx)
}

// wait waits until the standing cell asks for an order, or is over.
func (p *player) wait(ctx context.Context) (ended bool, err error) {
	s := p.standing
	select {
	case s.at = <-p.link.at:
		return false, nil
	case <-s.ended:
		s.stop()
		if s.out.asked {
			return true, errors.New("it asks for input, and a worker has nobody to ask")
		}
		return true, s.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
