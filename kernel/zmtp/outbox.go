package zmtp

import (
	"context"
	"errors"
	"sync"
)

// errGone: the peer left, or the socket is closing.
var errGone = errors.New("zmtp: the peer is gone")

// batchBytes is how much is taken from an outbox for one write, in bytes:
// short messages that wait together travel together.
const batchBytes = 64 << 10

// An outbox holds the encoded messages that wait for one peer, and that peer's
// subscriptions, so that both change under one lock.
type outbox struct {
	maxMessages int
	maxBytes    int64

	mu       sync.Mutex
	waiting  [][]byte
	messages int   // waiting and being written
	bytes    int64 // likewise
	subs     subscriptions
	room     chan struct{} // closed when something was written; nil: nobody waits for room
	some     chan struct{} // holds a token when the writer has something to do
	ending   bool          // no more messages; write what is there
	gone     bool          // the connection is dead
}

func newOutbox(o *Options) *outbox {
	return &outbox{maxMessages: o.Queue, maxBytes: o.QueueBytes, some: make(chan struct{}, 1)}
}

// put waits for room and appends wire.
func (o *outbox) put(ctx context.Context, wire []byte) error {
	return o.insert(ctx, wire, func() bool { return true })
}

// publish is put for a peer that is subscribed to topic; for others it does nothing.
func (o *outbox) publish(ctx context.Context, wire, topic []byte) error {
	return o.insert(ctx, wire, func() bool { return o.subs.match(topic) })
}

func (o *outbox) insert(ctx context.Context, wire []byte, wanted func() bool) error {
	for {
		o.mu.Lock()
		switch {
		case o.ending || o.gone:
			o.mu.Unlock()
			return errGone
		case !wanted():
			o.mu.Unlock()
			return nil
		case o.fits(wire):
			o.push(wire)
			o.mu.Unlock()
			return nil
		}
		room := o.waitForRoom()
		o.mu.Unlock()
		select {
		case <-room:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// offer is publish that does not wait; false: there is no room yet.
func (o *outbox) offer(wire, topic []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ending || o.gone || !o.subs.match(topic) {
		return true
	}
	if !o.fits(wire) {
		return false
	}
	o.push(wire)
	return true
}

// subscribe adds topic. The welcome, if any, goes into the queue in the same
// instant: before it nothing of the topic is sent, after it everything.
func (o *outbox) subscribe(topic, welcome []byte) error {
	var err error
	add := func() bool {
		if welcome == nil || o.fits(welcome) {
			err = o.subs.add(topic)
		}
		return welcome != nil && err == nil
	}
	return errors.Join(o.insert(context.Background(), welcome, add), err)
}

func (o *outbox) unsubscribe(topic []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.subs.remove(topic)
}

// fits lets one message of any size into an empty outbox.
func (o *outbox) fits(wire []byte) bool {
	return o.messages == 0 || o.messages < o.maxMessages && o.bytes+int64(len(wire)) <= o.maxBytes
}

func (o *outbox) push(wire []byte) {
	o.waiting = append(o.waiting, wire)
	o.messages++
	o.bytes += int64(len(wire))
	give(o.some)
}

func (o *outbox) waitForRoom() <-chan struct{} {
	if o.room == nil {
		o.room = make(chan struct{})
	}
	return o.room
}

// wanted reports whether somebody waits for room.
func (o *outbox) wanted() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.room != nil
}

// take waits for messages and returns some of them. False: there will be no more.
func (o *outbox) take() ([][]byte, bool) {
	for {
		o.mu.Lock()
		if o.gone || o.ending && len(o.waiting) == 0 {
			o.mu.Unlock()
			return nil, false
		}
		if batch := o.batch(); len(batch) > 0 {
			o.mu.Unlock()
			return batch, true
		}
		o.mu.Unlock()
		<-o.some
	}
}

func (o *outbox) batch() [][]byte {
	size, n := 0, 0
	for n < len(o.waiting) && (n == 0 || size+len(o.waiting[n]) <= batchBytes) {
		size += len(o.waiting[n])
		n++
	}
	batch := o.waiting[:n:n]
	if o.waiting = o.waiting[n:]; len(o.waiting) == 0 {
		o.waiting = nil
	}
	return batch
}

// written makes room for what take gave out.
func (o *outbox) written(batch [][]byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.messages -= len(batch)
	for _, wire := range batch {
		o.bytes -= int64(len(wire))
	}
	o.wake()
}

// finish takes no more messages; those that wait are still written.
func (o *outbox) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ending = true
	o.wake()
	give(o.some)
}

// drop forgets everything: the connection is dead.
func (o *outbox) drop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.gone, o.waiting = true, nil
	o.wake()
	give(o.some)
}

func (o *outbox) wake() {
	if o.room != nil {
		close(o.room)
		o.room = nil
	}
}
