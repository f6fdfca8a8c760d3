package zmtp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Kind is the type of a socket, by the names of RFC 28 and 29.
type Kind int

// The kinds a kernel binds.
const (
	// Router receives from any number of DEALER, REQ and ROUTER peers. The first
	// frame of a message names the peer, received or sent.
	Router Kind = iota
	// XPub sends each message to every SUB and XSUB peer with a subscription
	// that is a prefix of the message's first frame. It has nothing to receive.
	XPub
	// Rep answers each REQ or DEALER peer with the frames it sent, all by
	// itself: Jupyter's heartbeat, which must beat while all else is busy.
	Rep
	asker // what Ask connects as
)

// String is the Socket-Type that the handshake announces.
func (k Kind) String() string {
	return [...]string{"ROUTER", "XPUB", "REP", "DEALER"}[k]
}

// ErrClosed is returned by Recv and Send once the socket is closed.
var ErrClosed = errors.New("zmtp: the socket is closed")

// Options says how a socket treats its peers. The zero value of every field but
// Kind means the default stated with it.
type Options struct {
	Kind Kind
	// HandshakeTimeout bounds the time from accept to the end of the handshake; 10 s.
	HandshakeTimeout time.Duration
	// Queue and QueueBytes bound what waits for one peer, and what waits from
	// one peer: 1000 messages, 16 MiB. One message larger than QueueBytes
	// passes when the queue is empty.
	Queue      int
	QueueBytes int64
	// MaxMessage bounds one received message, all frames together; 1 GiB.
	// A peer that announces more is disconnected before anything is allocated.
	MaxMessage int64
	// Stall is how long a peer whose queue is full may take nothing; 2 minutes.
	Stall time.Duration
	// Linger bounds how long Close waits for peers to take what is queued; 1 s.
	// Negative: not at all.
	Linger time.Duration
	// Curve switches from the NULL mechanism to CURVE with these keys.
	Curve *Curve
	// Welcome, on XPub, makes the message that a peer gets first of all when it
	// subscribes to topic (Jupyter's iopub_welcome, JEP 65). Whatever is sent
	// after the peer has seen it, the peer gets. Nil: no message.
	Welcome func(topic []byte) [][]byte
	// PeerError hears why a peer was turned away or dropped, for logs. It is
	// called from the peer's goroutine; a peer that just leaves is not an error.
	PeerError func(peer net.Addr, err error)
}

// A Socket is one bound endpoint. All methods may be called from any goroutine.
type Socket struct {
	opt      Options
	listener net.Listener
	endpoint string
	inbox    *inbox
	sending  chan struct{} // XPub: held by the Send that is under way, so all peers see one order
	running  sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	pending map[net.Conn]struct{} // accepted, handshake not done
	peers   map[*peer]struct{}
	byID    map[string]*peer // Router
	nextID  uint32
}

// Listen binds endpoint ("tcp://127.0.0.1:0", "tcp://*:5555", "ipc:///path") and starts accepting.
func Listen(endpoint string, o Options) (*Socket, error) {
	l, name, err := listen(endpoint)
	if err != nil {
		return nil, err
	}
	s, err := serveOn(l, name, o)
	if err != nil {
		l.Close()
	}
	return s, err
}

func serveOn(l net.Listener, name string, o Options) (*Socket, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Socket{
		opt: o, listener: l, endpoint: name, inbox: newInbox(), sending: make(chan struct{}, 1),
		pending: map[net.Conn]struct{}{}, peers: map[*peer]struct{}{}, byID: map[string]*peer{},
	}
	s.running.Go(s.accept)
	return s, nil
}

func (o Options) withDefaults() (Options, error) {
	if o.Kind < Router || o.Kind > Rep {
		return o, fmt.Errorf("zmtp: unknown socket kind %d; use Router, XPub or Rep", int(o.Kind))
	}
	orElse(&o.HandshakeTimeout, 10*time.Second)
	orElse(&o.Queue, 1000)
	orElse(&o.QueueBytes, 16<<20)
	orElse(&o.MaxMessage, 1<<30)
	orElse(&o.Stall, 2*time.Minute)
	orElse(&o.Linger, time.Second)
	return o, nil
}

func orElse[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Endpoint is where the socket listens, with the real port.
func (s *Socket) Endpoint() string { return s.endpoint }

// Recv waits for the next message. Peers take turns, so one that floods the
// socket does not keep others waiting. The frames belong to the caller.
func (s *Socket) Recv(ctx context.Context) ([][]byte, error) {
	if s.opt.Kind != Router {
		return nil, fmt.Errorf("zmtp: %v has nothing to receive", s.opt.Kind)
	}
	return s.inbox.pop(ctx)
}

// Send queues one message and returns; it waits while a receiving peer's queue
// is full, until ctx ends. The frames are copied. A message for a Router peer
// that has gone is dropped without an error, as RFC 28 has it.
func (s *Socket) Send(ctx context.Context, frames [][]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch s.opt.Kind {
	case Router:
		return s.route(ctx, frames)
	case XPub:
		return s.publish(ctx, frames)
	}
	return errors.New("zmtp: REP answers by itself; there is nothing to send")
}

func (s *Socket) route(ctx context.Context, frames [][]byte) error {
	if len(frames) < 2 {
		return fmt.Errorf("zmtp: ROUTER sends a peer's name and at least one frame, got %d frame(s)", len(frames))
	}
	s.mu.Lock()
	p, closed := s.byID[string(frames[0])], s.closed
	s.mu.Unlock()
	if closed {
		return ErrClosed
	}
	if p == nil {
		return nil
	}
	return s.undelivered(p.out.put(ctx, encodeMessage(frames[1:])))
}

// publish offers the message to every peer before it waits for any, so that a
// slow one does not delay this message for the others.
func (s *Socket) publish(ctx context.Context, frames [][]byte) error {
	if len(frames) == 0 {
		return errors.New("zmtp: a message has at least one frame")
	}
	select {
	case s.sending <- struct{}{}:
		defer func() { <-s.sending }()
	case <-ctx.Done():
		return ctx.Err()
	}
	peers, err := s.subscribers()
	if err != nil || len(peers) == 0 {
		return err
	}
	wire, topic := encodeMessage(frames), frames[0]
	var full []*peer
	for _, p := range peers {
		if !p.out.offer(wire, topic) {
			full = append(full, p)
		}
	}
	for _, p := range full {
		if err := s.undelivered(p.out.publish(ctx, wire, topic)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Socket) subscribers() ([]*peer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	peers := make([]*peer, 0, len(s.peers))
	for p := range s.peers {
		peers = append(peers, p)
	}
	return peers, nil
}

// undelivered keeps quiet about a peer that left while its message waited.
func (s *Socket) undelivered(err error) error {
	if !errors.Is(err, errGone) {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	return nil
}

// Close stops listening, lets every peer take what is queued for it for at most
// Options.Linger, and returns when nothing of the socket is left running.
// A second Close returns ErrClosed.
func (s *Socket) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		s.running.Wait()
		return ErrClosed
	}
	s.closed = true
	for conn := range s.pending {
		conn.Close()
	}
	for p := range s.peers {
		p.out.finish()
	}
	s.mu.Unlock()
	err := s.listener.Close()
	s.inbox.close()

	quick := time.AfterFunc(max(s.opt.Linger, 0), s.hangUp)
	defer quick.Stop()
	s.running.Wait()
	return err
}

// hangUp ends the connections that outlast Linger.
func (s *Socket) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for p := range s.peers {
		p.conn.Close()
	}
}
