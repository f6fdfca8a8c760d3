package worker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"reprise/kernel/engine"
)

// lateRuns is how many ended cells may still print from goroutines. Text of older ones goes to the newest.
const lateRuns = 256

// linger is how long the raw pipes are waited for after the child's end: a process that a cell
// has detached may hold them open for ever.
const linger = 200 * time.Millisecond

// A child is one life of the child process.
type child struct {
	cmd     *exec.Cmd
	toChild *os.File
	orders  *sender // on toChild
	ready   chan message
	answer  func(json.RawMessage) (json.RawMessage, error)
	gone    chan struct{} // closed when the process has ended and all it wrote is delivered

	mu     sync.Mutex
	newest *run
	runs   map[uint64]*run
	asked  map[uint64]chan message
	asks   uint64
	inputs map[uint64]context.CancelFunc
	marks  [2]uint64 // last run whose mark has come on stdout, stderr
	rawEnd [2]bool
	marked sync.Cond
	why    string // why we killed it
	state  *os.ProcessState
	last   string // words of the runtime
}

// startChild starts the process and waits for its engine.
func startChild(ctx context.Context, o Options) (*child, error) {
	c := &child{
		cmd:    exec.Command(o.Path, o.Args...),
		answer: o.Answer,
		ready:  make(chan message, 1),
		gone:   make(chan struct{}),
		runs:   map[uint64]*run{},
		asked:  map[uint64]chan message{},
		inputs: map[uint64]context.CancelFunc{},
	}
	c.marked.L = &c.mu
	c.cmd.Dir = o.Dir
	// One goroutine's stack is enough to tell why the runtime ended the process.
	c.cmd.Env = append(os.Environ(), "GOTRACEBACK=single")
	c.cmd.Env = append(c.cmd.Env, o.Env...)
	p, err := c.start()
	if err != nil {
		return nil, fmt.Errorf("worker: start %s: %w", o.Path, err)
	}
	c.follow(p)
	select {
	case m := <-c.ready:
		if err := m.failure(); err != nil {
			c.kill()
			<-c.gone
			return nil, err
		}
		return c, nil
	case <-c.gone:
		return nil, fmt.Errorf("worker: %s ended before it was ready: %s", o.Path, c.fault().Message)
	case <-ctx.Done():
		c.kill()
		<-c.gone
		return nil, fmt.Errorf("worker: start %s: %w", o.Path, ctx.Err())
	}
}

// pipes are the front process's ends for reading.
type pipes struct{ events, replies, stdout, stderr *os.File }

func (c *child) start() (p pipes, err error) {
	var theirs, ours []*os.File
	pipe := func(ourEndReads bool) *os.File {
		r, w, pipeErr := os.Pipe()
		if pipeErr != nil {
			err = errors.Join(err, pipeErr)
			return nil
		}
		if !ourEndReads {
			r, w = w, r
		}
		ours, theirs = append(ours, r), append(theirs, w)
		return r
	}
	c.toChild = pipe(false)
	c.orders = &sender{w: c.toChild}
	p.events, p.replies = pipe(true), pipe(true)
	p.stdout, p.stderr = pipe(true), pipe(true)
	if err == nil {
		inherit(c.cmd, theirs[:3])
		c.cmd.Stdout, c.cmd.Stderr = theirs[3], theirs[4]
		ownGroup(c.cmd)
		err = c.cmd.Start()
	}
	for _, f := range theirs {
		f.Close()
	}
	if err != nil {
		for _, f := range ours {
			f.Close()
		}
	}
	return p, err
}

// follow reads all that the child says until it is gone.
func (c *child) follow(p pipes) {
	var protocol, rawPipes sync.WaitGroup
	protocol.Go(func() { c.readEvents(bufio.NewReaderSize(p.events, 64<<10)) })
	protocol.Go(func() { c.readReplies(bufio.NewReader(p.replies)) })
	stderr := &raw{holds: true, show: c.rawText(engine.Stderr), marked: func(run uint64) { c.sawMark(1, run) }}
	stdout := &raw{show: c.rawText(engine.Stdout), marked: func(run uint64) { c.sawMark(0, run) }}
	rawPipes.Go(func() { stdout.read(p.stdout); c.sawEnd(0) })
	rawPipes.Go(func() { stderr.read(p.stderr); c.sawEnd(1) })
	go func() {
		// Wait reports what the state says as well; nothing else can fail here.
		_ = c.cmd.Wait()
		killGroup(c.cmd) // what its cells have left in the background
		c.askNoMore()
		endReads(p.stdout)
		endReads(p.stderr)
		rawPipes.Wait()
		protocol.Wait()
		for _, f := range []*os.File{p.events, p.replies, p.stdout, p.stderr, c.toChild} {
			f.Close()
		}
		c.mu.Lock()
		c.last, c.state = stderr.rest(), c.cmd.ProcessState
		c.mu.Unlock()
		close(c.gone)
	}()
}

// endReads lets reads of f end a little later even if somebody holds the other end open.
func endReads(f *os.File) {
	if f.SetReadDeadline(time.Now().Add(linger)) != nil {
		// This kind of pipe knows no deadline. A reader that has ended by then doesn't notice.
		time.AfterFunc(linger, func() { f.Close() })
	}
}

func (c *child) isGone() bool {
	select {
	case <-c.gone:
		return true
	default:
		return false
	}
}

func (c *child) ask(ctx context.Context, k kind, m message) (message, error) {
	ch := make(chan message, 1)
	c.mu.Lock()
	c.asks++
	m.ID = c.asks
	c.asked[m.ID] = ch
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.asked, m.ID)
		c.mu.Unlock()
	}()
	if err := c.orders.send(k, m); err != nil {
		return message{}, fmt.Errorf("worker: %w", err)
	}
	select {
	case reply := <-ch:
		return reply, reply.failure()
	case <-ctx.Done():
		return message{}, ctx.Err()
	case <-c.gone:
		return message{}, errors.New("worker: the worker has ended")
	}
}

// add makes r the run that raw text belongs to.
func (c *child) add(r *run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.newest = r
	c.runs[r.id] = r
	if r.id > lateRuns {
		delete(c.runs, r.id-lateRuns)
	}
}

// kill ends the process and those it started.
func (c *child) kill() {
	if !c.isGone() {
		killGroup(c.cmd)
	}
}

// killAs kills with a reason that the fault names.
func (c *child) killAs(why string) {
	c.mu.Lock()
	if c.why == "" {
		c.why = why
	}
	c.mu.Unlock()
	c.kill()
}

// close lets the engine close itself, for a while.
func (c *child) close() {
	_ = c.orders.send(kindClose, message{}) // a dead child is closed
	t := time.NewTimer(farewell)
	defer t.Stop()
	select {
	case <-c.gone:
	case <-t.C:
		c.kill()
		<-c.gone
	}
}
