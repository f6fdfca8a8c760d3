package kernel

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"reprise/kernel/wire"
)

// A shell works one queue of shell requests off, one at a time. There is a
// main one, with the empty id, and the subshells (JEP 91) that clients create,
// so that a request for completion or a comm message need not wait for a long
// cell. Cells of all shells share one engine, which runs one at a time.
type shell struct {
	id    string
	queue chan *request
	// failedAt is when the last reply of a cell went out that failed and asked for stop_on_error.
	failedAt time.Time
}

// shellQueue is how many requests may wait; more stay in the socket.
const shellQueue = 1 << 14

// abortWindow is how long the reply of a cell that failed is held back. What a
// client has sent in one breath ("run all") is then there, and was sent before
// the client could know of the failure; whatever comes after the reply is run.
// A cell can fail in a fraction of a millisecond: without the window, whether
// the cells after it ran would be a matter of luck. (ipykernel: stop_on_error_timeout.)
const abortWindow = 50 * time.Millisecond

// fail begins the abortion of what is queued behind a cell that failed.
func (s *shell) fail(ctx context.Context) {
	select {
	case <-time.After(abortWindow):
	case <-ctx.Done():
	}
	s.failedAt = time.Now()
}

// aborts reports whether r was queued behind a cell that failed.
func (s *shell) aborts(r *request) bool { return r.arrived.Before(s.failedAt) }

// shells are the main shell and the subshells.
type shells struct {
	k       *Kernel
	mu      sync.Mutex
	running sync.WaitGroup
	ctx     context.Context // of Serve
	main    *shell
	sub     []*shell // in the order of creation
	created int
}

func newShells(k *Kernel) *shells { return &shells{k: k} }

// start makes the main shell. Nothing may be asked of s before.
func (s *shells) start(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ctx = ctx
	s.main = s.launch("")
}

// launch starts a shell; with mu held.
func (s *shells) launch(id string) *shell {
	sh := &shell{id: id, queue: make(chan *request, shellQueue)}
	ctx := s.ctx
	s.running.Go(func() {
		for {
			select {
			case r, open := <-sh.queue:
				if !open || ctx.Err() != nil {
					return
				}
				r.shell = sh
				s.k.answer(ctx, r)
			case <-ctx.Done():
				return
			}
		}
	})
	return sh
}

// put queues r in the shell that it names. A name that nobody has is answered at once.
func (s *shells) put(ctx context.Context, r *request) {
	s.mu.Lock()
	sh := s.find(r.Header.SubshellID)
	if sh == nil {
		s.mu.Unlock()
		s.k.iopub.status(r, wire.Busy)
		s.k.reply(ctx, r, noSubshell(r))
		s.k.iopub.status(r, wire.Idle)
		return
	}
	s.mu.Unlock()
	select {
	case sh.queue <- r:
	case <-ctx.Done():
	}
}

func noSubshell(r *request) wire.Content {
	return wire.Fail(r.Type(), "SubshellNotFound", fmt.Sprintf("there is no subshell %q", r.Header.SubshellID))
}

// find gives the shell of that id, or nil; with mu held.
func (s *shells) find(id string) *shell {
	if id == "" {
		return s.main
	}
	if i := s.index(id); i >= 0 {
		return s.sub[i]
	}
	return nil
}

func (s *shells) index(id string) int {
	return slices.IndexFunc(s.sub, func(sh *shell) bool { return sh.id == id })
}

func (s *shells) create() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.created++
	sh := s.launch(fmt.Sprintf("%s-%d", s.k.session.ID[:8], s.created))
	s.sub = append(s.sub, sh)
	return sh.id
}

// remove ends a subshell when it has worked off what it has.
func (s *shells) remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.index(id)
	if i < 0 {
		return false
	}
	close(s.sub[i].queue)
	s.sub = slices.Delete(s.sub, i, i+1)
	return true
}

func (s *shells) list() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]string, len(s.sub))
	for i, sh := range s.sub {
		ids[i] = sh.id
	}
	return ids
}

func (s *shells) wait() { s.running.Wait() }
