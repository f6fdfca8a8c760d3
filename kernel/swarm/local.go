package swarm

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"reprise/nnlib/experiment"
)

// A local crew is processes of this machine.
type local struct {
	players []*player
	life    context.Context
	kill    context.CancelFunc
}

var _ crew = (*local)(nil)

// newLocal returns a crew of n processes. They start at once, beside whatever the session does.
func newLocal(n int, start Starter) *local {
	l := &local{}
	l.life, l.kill = context.WithCancel(context.Background())
	for range n {
		l.players = append(l.players, newPlayer(l.life, start, max(1, runtime.NumCPU()/n)))
	}
	return l
}

func (l *local) trusted() bool { return true }

func (l *local) close() {
	l.kill()
	for _, p := range l.players {
		p.lock.Lock()
		p.discard()
		p.lock.Unlock()
	}
}

// String tells who plays.
func (l *local) String() string {
	if len(l.players) == 1 {
		return "experiments are played by 1 process"
	}
	return fmt.Sprintf("experiments are played by %d processes", len(l.players))
}

func (l *local) open(ctx context.Context, prog *Program) (shift, error) {
	s := &localShift{prog: prog, out: make(chan news), there: make(chan struct{}, 1), left: len(l.players)}
	s.open, s.shut = context.WithCancel(ctx)
	play, cut := context.WithCancel(l.life)
	s.cut = cut
	var busy sync.WaitGroup
	for i, p := range l.players {
		busy.Go(func() {
			p.lock.Lock() // it may be on its way to an earlier experiment
			defer p.lock.Unlock()
			if s.open.Err() == nil {
				s.work(play, fmt.Sprintf("worker %d", i+1), p)
			}
		})
	}
	go func() { busy.Wait(); cut() }()
	return s, nil
}

// A localShift is a queue in memory and those who take from it.
type localShift struct {
	prog  *Program
	open  context.Context // until the shift's end
	shut  context.CancelFunc
	cut   context.CancelFunc // of what is being played
	out   chan news
	there chan struct{} // holds one when the queue is not empty

	mu    sync.Mutex
	queue []experiment.Task
	left  int // workers at work
}

var _ shift = (*localShift)(nil)

// give ignores blocks: handing over one task costs little here.
func (s *localShift) give(tasks []experiment.Task, _ int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, tasks...)
	s.signal()
}

func (s *localShift) signal() {
	if len(s.queue) > 0 {
		select {
		case s.there <- struct{}{}:
		default:
		}
	}
}

// earlier: nothing outlives the session.
func (s *localShift) earlier() []news { return nil }

// others: the processes of one machine are the same program on the same cores.
func (s *localShift) others(string) bool            { return false }
func (s *localShift) audit(experiment.Task, string) {}
func (s *localShift) dismiss(string, string)        {}
func (s *localShift) news() <-chan news             { return s.out }

func (s *localShift) end(cut bool) {
	s.shut()
	if cut {
		s.cut()
	}
}

// take waits for a task.
func (s *localShift) take() (experiment.Task, bool) {
	select {
	case <-s.there:
	case <-s.open.Done():
		return experiment.Task{}, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.queue[0]
	s.queue = s.queue[1:]
	s.signal()
	return t, true
}

// work plays the proof and then what there is to play, until the shift's end.
func (s *localShift) work(ctx context.Context, name string, p *player) {
	err := s.begin(ctx, name, p)
	for err == nil {
		t, ok := s.take()
		if !ok {
			return
		}
		if err = s.one(ctx, name, p, t); died(err) {
			err = s.again(ctx, p, t, err)
		}
	}
	s.leave(name, err)
}

// begin brings the player to the experiment and plays the proof, with another process when one dies of it.
func (s *localShift) begin(ctx context.Context, name string, p *player) error {
	for {
		err := s.reach(ctx, p)
		if err == nil {
			err = p.prove(ctx, s.prog, func(r experiment.Result) error { return s.tell(news{by: name, proof: &r}) })
		}
		if !died(err) || p.deaths >= mostDeaths {
			return err
		}
		p.deaths++
	}
}

// reach brings the player to the experiment, with another process when one dies on the way.
func (s *localShift) reach(ctx context.Context, p *player) error {
	err := p.reach(ctx, s.prog)
	for died(err) && p.deaths < mostDeaths {
		p.deaths++
		err = p.reach(ctx, s.prog)
	}
	return err
}

func (s *localShift) one(ctx context.Context, name string, p *player, t experiment.Task) error {
	return p.play(ctx, []experiment.Task{t}, func(played Played) error { return s.tell(news{by: name, played: &played}) })
}

// again gives a task back whose process has died.
func (s *localShift) again(ctx context.Context, p *player, t experiment.Task, death error) error {
	if p.deaths++; p.deaths > mostDeaths {
		return death
	}
	s.mu.Lock()
	s.queue = append([]experiment.Task{t}, s.queue...)
	s.signal()
	s.mu.Unlock()
	return s.reach(ctx, p)
}

// mostDeaths is how many processes of a player may die in its life.
const mostDeaths = 3

func (s *localShift) tell(n news) error {
	select {
	case s.out <- n:
		return nil
	case <-s.open.Done():
		return s.open.Err()
	}
}

// leave tells why a worker plays no more.
func (s *localShift) leave(name string, err error) {
	if s.open.Err() != nil {
		return
	}
	n := news{by: name, err: err, refused: true}
	var run *runError
	if errors.As(err, &run) {
		n = news{by: name, err: run.err, failed: &run.task}
	}
	s.mu.Lock()
	s.left--
	last := s.left == 0
	s.mu.Unlock()
	_ = s.tell(n) // unless the shift is over
	if last {
		_ = s.tell(news{empty: true})
	}
}
