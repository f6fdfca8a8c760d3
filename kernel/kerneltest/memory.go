package kerneltest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"sync"

	"reprise/kernel"
)

// A Memory is the five channels of a kernel without any network. Queues are
// bounded and block, as the real sockets do.
type Memory struct {
	shell, control, stdin *router
	iopub                 *publisher
	mu                    sync.Mutex
	dialled               int
}

// memoryQueue is how many messages wait in one direction for one peer.
const memoryQueue = 32

// errClosed is what a closed socket gives.
var errClosed = errors.New("kerneltest: socket is closed")

// NewMemory makes the channels; new subscribers of IOPub are sent welcome("").
func NewMemory(welcome func(topic []byte) [][]byte) *Memory {
	return &Memory{
		shell: newRouter(), control: newRouter(), stdin: newRouter(),
		iopub: &publisher{welcome: welcome},
	}
}

// Channels is the kernel's side.
func (m *Memory) Channels() kernel.Channels {
	return kernel.Channels{Shell: m.shell, Control: m.control, Stdin: m.stdin, IOPub: m.iopub, Heartbeat: io.NopCloser(nil)}
}

// Dial connects a client.
func (m *Memory) Dial() *Client {
	m.mu.Lock()
	m.dialled++
	id := "client " + strconv.Itoa(m.dialled)
	m.mu.Unlock()
	return &Client{
		Shell: m.shell.dial(id), Control: m.control.dial(id), Stdin: m.stdin.dial(id),
		IOPub: m.iopub.dial(),
	}
}

// Socket is a client's end of a channel.
type Socket = kernel.Socket

// A Client is the client's side of the channels. What is sent and received
// carries no routing frame. In memory there is no Heartbeat: the sockets answer it, not the kernel.
type Client struct {
	Shell, Control, Stdin, IOPub, Heartbeat Socket
}

// Close disconnects all channels.
func (c *Client) Close() {
	for _, s := range []Socket{c.Shell, c.Control, c.Stdin, c.IOPub, c.Heartbeat} {
		if s != nil {
			s.Close()
		}
	}
}

// router gives the messages of all its peers, and sends to the one that the first frame names.
type router struct {
	inbox chan [][]byte
	mu    sync.Mutex
	peers map[string]*end
	done  chan struct{}
	once  sync.Once
}

func newRouter() *router {
	return &router{inbox: make(chan [][]byte, memoryQueue), peers: map[string]*end{}, done: make(chan struct{})}
}

func (r *router) dial(id string) *end {
	e := &end{outbox: r.inbox, inbox: make(chan [][]byte, memoryQueue), prefix: [][]byte{[]byte(id)}, done: make(chan struct{}), far: r.done}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.peers[id] = e
	return e
}

func (r *router) Recv(ctx context.Context) ([][]byte, error) { return take(ctx, r.inbox, r.done, nil) }

// Send drops what is for a peer that has gone, as ROUTER does.
func (r *router) Send(ctx context.Context, frames [][]byte) error {
	r.mu.Lock()
	e := r.peers[string(frames[0])]
	r.mu.Unlock()
	if e == nil {
		return nil
	}
	return give(ctx, e.inbox, frames[1:], r.done, e.done)
}

func (r *router) Close() error { r.once.Do(func() { close(r.done) }); return nil }

// publisher sends everything to every subscriber.
type publisher struct {
	welcome     func([]byte) [][]byte
	mu          sync.Mutex
	subscribers []*end
}

func (p *publisher) dial() *end {
	e := &end{inbox: make(chan [][]byte, memoryQueue), done: make(chan struct{})}
	if p.welcome != nil {
		e.inbox <- p.welcome(nil)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.subscribers = append(p.subscribers, e)
	return e
}

func (p *publisher) Recv(ctx context.Context) ([][]byte, error) {
	return nil, errors.New("kerneltest: IOPub has nothing to receive")
}

func (p *publisher) Send(ctx context.Context, frames [][]byte) error {
	p.mu.Lock()
	subscribers := slices.Clone(p.subscribers)
	p.mu.Unlock()
	for _, e := range subscribers {
		if err := give(ctx, e.inbox, frames, nil, e.done); err != nil {
			return err
		}
	}
	return nil
}

func (p *publisher) Close() error { return nil }

// end is a client's end of one channel.
type end struct {
	inbox, outbox chan [][]byte
	prefix        [][]byte
	done, far     chan struct{}
	once          sync.Once
}

func (e *end) Recv(ctx context.Context) ([][]byte, error) { return take(ctx, e.inbox, e.done, e.far) }

func (e *end) Send(ctx context.Context, frames [][]byte) error {
	return give(ctx, e.outbox, slices.Concat(e.prefix, frames), e.done, e.far)
}

func (e *end) Close() error { e.once.Do(func() { close(e.done) }); return nil }

// take receives, but not from a closed end; what was queued before is still given.
func take(ctx context.Context, from <-chan [][]byte, near, far <-chan struct{}) ([][]byte, error) {
	select {
	case m := <-from:
		return m, nil
	default:
	}
	select {
	case m := <-from:
		return m, nil
	case <-near:
		return nil, errClosed
	case <-far:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// give sends; to a far end that is closed it drops.
func give(ctx context.Context, to chan<- [][]byte, frames [][]byte, near, far <-chan struct{}) error {
	select {
	case to <- frames:
		return nil
	case <-far:
		return nil
	case <-near:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}
