package zmtp

import (
	"context"
	"sync"
)

// An inbox collects what all peers of a socket have sent. Each peer has a
// bounded lane; lanes with something in them take turns.
type inbox struct {
	mu     sync.Mutex
	ready  []*lane       // lanes that hold a message, in turn
	some   chan struct{} // holds a token while ready is not empty
	closed chan struct{}
}

// A lane is one peer's part of the inbox. inbox.mu guards it.
type lane struct {
	maxMessages int
	maxBytes    int64
	messages    []received
	bytes       int64
	room        chan struct{} // holds a token when something was taken
}

type received struct {
	frames [][]byte
	size   int64
}

func newInbox() *inbox {
	return &inbox{some: make(chan struct{}, 1), closed: make(chan struct{})}
}

func newLane(o *Options) *lane {
	return &lane{maxMessages: o.Queue, maxBytes: o.QueueBytes, room: make(chan struct{}, 1)}
}

// push waits for room in l; only l's own peer calls it. After close, messages
// vanish: nobody will receive them.
func (in *inbox) push(l *lane, m received) {
	for !in.tryPush(l, m) {
		select {
		case <-l.room:
		case <-in.closed:
			return
		}
	}
}

func (in *inbox) tryPush(l *lane, m received) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	if n := len(l.messages); n >= l.maxMessages || n > 0 && l.bytes+m.size > l.maxBytes {
		return false
	}
	if len(l.messages) == 0 {
		in.ready = append(in.ready, l)
	}
	l.messages = append(l.messages, m)
	l.bytes += m.size
	give(in.some)
	return true
}

// pop takes the next message of the lane whose turn it is.
func (in *inbox) pop(ctx context.Context) ([][]byte, error) {
	select {
	case <-in.closed: // closed wins over what is still there
		return nil, ErrClosed
	default:
	}
	for {
		if frames := in.tryPop(); frames != nil {
			return frames, nil
		}
		select {
		case <-in.some:
		case <-in.closed:
			return nil, ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (in *inbox) tryPop() [][]byte {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(in.ready) == 0 {
		return nil
	}
	l := in.ready[0]
	in.ready[0] = nil
	in.ready = in.ready[1:]
	m := l.messages[0]
	l.messages[0] = received{}
	l.messages = l.messages[1:]
	l.bytes -= m.size
	if len(l.messages) > 0 {
		in.ready = append(in.ready, l)
	}
	if len(in.ready) > 0 { // another Recv may be waiting
		give(in.some)
	}
	give(l.room)
	return m.frames
}

func (in *inbox) close() { close(in.closed) }

// give puts a token into c, which holds one at most.
func give(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
