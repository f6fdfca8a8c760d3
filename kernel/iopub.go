package kernel

import (
	"context"
	"sync"
	"time"
	"unicode/utf8"

	"reprise/kernel/wire"
)

// iopub is the one way to the IOPub socket: a queue in the order of the calls,
// and one goroutine, run, that sends it. Text that follows text of the same
// stream is merged while it waits, so that a cell that prints a line at a time
// costs its readers a few messages a second. Merging never reorders: stdout,
// stderr, stdout stays three messages.
//
// Nothing is dropped. When the readers are slow the queue fills, and whoever
// publishes waits: at the end of the chain the running cell.
type iopub struct {
	socket  Socket
	codec   *wire.Codec
	session *wire.Session

	mu     sync.Mutex
	room   sync.Cond // the queue became shorter, or run ended
	queue  []*publication
	bytes  int // waiting in queue
	ended  bool
	wake   chan struct{} // run has something to do
	lastAt time.Time     // when run last sent text
}

// A publication waits to be sent. It is frames, or text that may still grow, or a barrier.
type publication struct {
	frames [][]byte
	parent *wire.Header
	stream string
	text   []byte
	since  time.Time // of the first text
	size   int
	passed chan struct{} // barrier: closed when everything before it was sent
}

const (
	queueBytes = 4 << 20   // a publisher waits while more is queued
	textBytes  = 512 << 10 // text is sent at the latest when it has grown so long
	// A lone line is sent after textDelay, in which a neighbour may join it;
	// a torrent goes out every textPeriod. Jupyter Server begins to drop at
	// 1,000 messages/s (iopub_msg_rate_limit); this is 20.
	textDelay  = 4 * time.Millisecond
	textPeriod = 50 * time.Millisecond
)

func newIOPub(s Socket, codec *wire.Codec, session *wire.Session) *iopub {
	p := &iopub{socket: s, codec: codec, session: session, wake: make(chan struct{}, 1)}
	p.room.L = &p.mu
	return p
}

// status says that r is being worked on, or done. r nil: of the kernel itself.
func (p *iopub) status(r *request, state string) {
	var parent *wire.Header
	if r != nil {
		parent = &r.Header
	}
	// The answer to a control request does not wait for slow readers, so that
	// a cell held up by them can be interrupted. Requests are few and small.
	wait := r != nil && !r.control
	p.send(p.session.Child(parent, wire.Status{ExecutionState: state}), wait)
}

// publish sends a content that parent caused.
func (p *iopub) publish(parent *wire.Header, c wire.Content) error {
	return p.send(p.session.Child(parent, c), true)
}

func (p *iopub) send(m *wire.Message, wait bool) error {
	frames, err := p.codec.Encode(m)
	if err != nil {
		return err
	}
	pub := &publication{frames: frames}
	for _, f := range frames {
		pub.size += len(f)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait {
		p.waitForRoom()
	}
	p.put(pub)
	return nil
}

// print sends text on a stream.
func (p *iopub) print(parent *wire.Header, stream, text string) {
	for len(text) > 0 {
		n := min(len(text), textBytes)
		p.mu.Lock()
		p.waitForRoom()
		if last := p.last(); last != nil && last.stream == stream && last.parent == parent && len(last.text) < textBytes {
			last.text = append(last.text, text[:n]...)
			last.size += n
			p.bytes += n
			if len(last.text) >= textBytes {
				p.signal()
			}
		} else {
			p.put(&publication{parent: parent, stream: stream, text: []byte(text[:n]), since: time.Now(), size: n})
		}
		p.mu.Unlock()
		text = text[n:]
	}
}

// barrier waits until everything published so far was handed to the socket.
func (p *iopub) barrier(ctx context.Context) {
	b := &publication{passed: make(chan struct{})}
	p.mu.Lock()
	p.put(b)
	p.mu.Unlock()
	select {
	case <-b.passed:
	case <-ctx.Done():
	}
}

// run sends the queue until ctx ends or the socket fails.
func (p *iopub) run(ctx context.Context) error {
	defer p.end()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		pub, again := p.take(time.Now())
		switch {
		case pub == nil:
			var due <-chan time.Time
			if again > 0 {
				timer.Reset(again)
				due = timer.C
			}
			select {
			case <-p.wake:
			case <-due:
			case <-ctx.Done():
				return ctx.Err()
			}
		case pub.passed != nil:
			close(pub.passed)
		default:
			if err := p.transmit(ctx, pub); err != nil {
				return err
			}
		}
	}
}

// take removes the head of the queue. Nil: there is nothing to send yet; ask again then, if that is not 0.
func (p *iopub) take(now time.Time) (pub *publication, again time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.queue) == 0 {
		return nil, 0
	}
	head := p.queue[0]
	if head.stream != "" && len(p.queue) == 1 && len(head.text) < textBytes {
		due := head.since.Add(textDelay)
		if next := p.lastAt.Add(textPeriod); next.After(due) {
			due = next
		}
		if wait := due.Sub(now); wait > 0 {
			return nil, wait
		}
	}
	p.queue[0] = nil
	p.queue = p.queue[1:]
	p.bytes -= head.size
	if head.stream != "" {
		p.lastAt = now
		p.keepPartialRune(head, now)
	}
	p.room.Broadcast()
	return head, 0
}

// keepPartialRune leaves the first bytes of a code point that was cut by the
// writer in the queue: its end may follow.
func (p *iopub) keepPartialRune(head *publication, now time.Time) {
	whole := wholeRunes(head.text)
	if whole == len(head.text) || whole == 0 {
		return
	}
	rest := append([]byte(nil), head.text[whole:]...)
	switch next := p.first(); {
	case next == nil:
		p.put(&publication{parent: head.parent, stream: head.stream, text: rest, since: now, size: len(rest)})
	case next.stream == head.stream && next.parent == head.parent:
		next.text = append(rest, next.text...)
		next.size += len(rest)
		p.bytes += len(rest)
	default:
		return // nothing can follow: it stays as it is
	}
	head.text = head.text[:whole]
}

// wholeRunes is the length of text without a code point at its end that has begun but not ended.
func wholeRunes(text []byte) int {
	for i := len(text) - 1; i >= 0 && i >= len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			if utf8.FullRune(text[i:]) {
				return len(text)
			}
			return i
		}
	}
	return len(text)
}

func (p *iopub) transmit(ctx context.Context, pub *publication) error {
	frames := pub.frames
	if pub.stream != "" {
		var err error
		content := wire.Stream{Name: pub.stream, Text: string(pub.text)}
		if frames, err = p.codec.Encode(p.session.Child(pub.parent, content)); err != nil {
			return err
		}
	}
	return p.socket.Send(ctx, frames)
}

// end lets those go who wait for room: nothing will be sent any more.
func (p *iopub) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	for _, pub := range p.queue {
		if pub.passed != nil {
			close(pub.passed)
		}
	}
	p.queue, p.bytes = nil, 0
	p.room.Broadcast()
}

// The methods below are called with mu held.

func (p *iopub) waitForRoom() {
	for p.bytes >= queueBytes && !p.ended {
		p.room.Wait()
	}
}

func (p *iopub) first() *publication {
	if len(p.queue) == 0 {
		return nil
	}
	return p.queue[0]
}

func (p *iopub) last() *publication {
	if len(p.queue) == 0 {
		return nil
	}
	return p.queue[len(p.queue)-1]
}

func (p *iopub) put(pub *publication) {
	if p.ended {
		if pub.passed != nil {
			close(pub.passed)
		}
		return
	}
	p.queue = append(p.queue, pub)
	p.bytes += pub.size
	p.signal()
}

func (p *iopub) signal() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}
