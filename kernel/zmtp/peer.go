package zmtp

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

// A peer is a connection whose handshake is done. One goroutine reads, one writes.
type peer struct {
	socket  *Socket
	conn    net.Conn
	reader  frameReader
	live    *liveReader
	session session
	lane    *lane
	out     *outbox
	id      string // Router: the routing id; socket.mu guards it
}

func newPeer(s *Socket, l *link, live *liveReader, sess session, identity string) *peer {
	return &peer{
		socket: s, conn: l.conn, reader: l.reader, live: live, session: sess,
		lane: newLane(&s.opt), out: newOutbox(&s.opt), id: identity,
	}
}

// run serves the peer until it leaves, breaks the protocol, stalls, or the
// socket is closed. Leaving and closing are not errors.
func (p *peer) run() error {
	wrote := make(chan error, 1)
	go func() {
		err := p.write()
		if err != nil {
			p.conn.Close() // ends the reader
		}
		wrote <- err
	}()
	err := p.read()
	if p.live.ttl > 0 && errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("zmtp: the peer was silent for longer than the %v it announced", p.live.ttl)
	}
	p.out.drop()
	p.conn.Close() // ends the writer
	if writeErr := <-wrote; left(err) {
		err = writeErr // the cause, if any; the reader only saw the connection end
	}
	if left(err) {
		return nil
	}
	return err
}

// left reports whether err only says that the connection is over.
func left(err error) bool {
	return err == nil || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

func (p *peer) read() error {
	var message received
	for {
		f, err := p.nextFrame(message)
		if err != nil {
			if len(message.frames) > 0 {
				return inside(err)
			}
			return err
		}
		if f.command {
			if err := p.command(f.body); err != nil {
				return err
			}
			continue
		}
		message.frames = append(message.frames, f.body)
		message.size += int64(len(f.body)) + frameCost
		if f.more {
			continue
		}
		if err := p.deliver(message); err != nil {
			return err
		}
		message = received{}
	}
}

// nextFrame reads what may follow the frames of message that are already here.
func (p *peer) nextFrame(message received) (frame, error) {
	limit := p.socket.opt.MaxMessage - message.size
	if limit < 0 {
		return frame{}, fmt.Errorf("zmtp: a message of more than %d bytes in %d frames", p.socket.opt.MaxMessage, len(message.frames))
	}
	f, err := p.reader.next(limit + p.session.overhead())
	if err != nil {
		return f, err
	}
	if f, err = p.session.open(f); err != nil {
		return f, err
	}
	if int64(len(f.body)) > limit || f.command && len(f.body) > maxCommand {
		return f, fmt.Errorf("zmtp: frame of %d bytes is too large", len(f.body))
	}
	return f, nil
}

// deliver does with a message what the socket's kind demands.
func (p *peer) deliver(m received) error {
	switch p.socket.opt.Kind {
	case Router:
		id := []byte(p.socket.name(p))
		m.frames = append([][]byte{id}, m.frames...)
		p.socket.inbox.push(p.lane, m)
	case Rep:
		return p.answer(encodeMessage(m.frames))
	case XPub:
		// ZMTP 3.0 subscribes by message: %x01 or %x00, then the topic.
		// Anything else from an XSUB peer has no meaning for a kernel.
		if first := m.frames[0]; len(m.frames) == 1 && len(first) > 0 && first[0] <= 1 {
			return p.subscription(first[0] == 1, first[1:])
		}
	}
	return nil
}

func (p *peer) command(body []byte) error {
	name, data, err := parseCommand(body)
	if err != nil {
		return err
	}
	switch name {
	case "PING":
		return p.ping(data)
	case "SUBSCRIBE", "CANCEL":
		if p.socket.opt.Kind == XPub {
			return p.subscription(name == "SUBSCRIBE", data)
		}
	case "ERROR", "READY":
		return fmt.Errorf("zmtp: the peer sent %s after the handshake", name)
	}
	return nil // PONG, and commands of versions to come
}

// ping answers with the context, and from now on holds the peer to its TTL.
func (p *peer) ping(data []byte) error {
	if len(data) < 2 || len(data) > 2+16 {
		return fmt.Errorf("zmtp: PING with %d bytes; want a TTL of 2 and a context of at most 16", len(data))
	}
	p.live.ttl = time.Duration(binary.BigEndian.Uint16(data)) * 100 * time.Millisecond
	if p.live.ttl == 0 {
		if err := p.conn.SetReadDeadline(time.Time{}); err != nil {
			return err
		}
	}
	return p.answer(encodeCommand("PONG", data[2:]))
}

func (p *peer) subscription(add bool, topic []byte) error {
	if !add {
		p.out.unsubscribe(topic)
		return nil
	}
	var welcome []byte
	if p.socket.opt.Welcome != nil {
		if frames := p.socket.opt.Welcome(topic); len(frames) > 0 {
			welcome = encodeMessage(frames)
		}
	}
	return unlessGone(p.out.subscribe(topic, welcome))
}

// answer waits for room: a peer that asks but does not read keeps only itself waiting.
func (p *peer) answer(wire []byte) error {
	return unlessGone(p.out.put(context.Background(), wire))
}

// unlessGone lets the reader go on while the socket closes, as what is queued
// is still being written.
func unlessGone(err error) error {
	if errors.Is(err, errGone) {
		return nil
	}
	return err
}

// write sends what is queued until there is no more, then says so to the peer:
// its end of the connection stays open, so that closing ours cannot destroy
// what it has not read yet.
func (p *peer) write() error {
	for {
		batch, ok := p.out.take()
		if !ok {
			break
		}
		if err := p.writeBatch(batch); err != nil {
			return err
		}
		p.out.written(batch)
	}
	if half, ok := p.conn.(interface{ CloseWrite() error }); ok {
		half.CloseWrite() // fails only on a connection that is over already
	}
	return nil
}

// writeBatch makes one write of the whole batch, and gives up on a peer that
// takes nothing while somebody waits for it.
func (p *peer) writeBatch(batch [][]byte) error {
	buffers := make(net.Buffers, len(batch))
	for i, wire := range batch {
		buffers[i] = p.session.seal(wire)
	}
	stall := p.socket.opt.Stall
	for {
		if err := p.conn.SetWriteDeadline(time.Now().Add(stall)); err != nil {
			return err
		}
		n, err := buffers.WriteTo(p.conn)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
		if n == 0 && p.out.wanted() {
			return fmt.Errorf("zmtp: the peer's queue is full and it took nothing for %v; dropped", stall)
		}
	}
}
