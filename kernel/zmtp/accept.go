package zmtp

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// accept takes connections until the listener is closed. It never waits for a
// peer: each connection shakes hands in a goroutine of its own.
func (s *Socket) accept() {
	var wait time.Duration
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file descriptors, aborted connection: back off, do not spin
			wait = min(max(2*wait, 5*time.Millisecond), time.Second)
			s.reportError(s.listener.Addr(), err)
			if !s.pause(wait) {
				return
			}
			continue
		}
		wait = 0
		if !s.admit(conn) {
			conn.Close()
			return
		}
		s.running.Go(func() { s.serve(conn) })
	}
}

// pause waits for d; false if the socket was closed meanwhile.
func (s *Socket) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.inbox.closed:
		return false
	}
}

func (s *Socket) admit(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.pending[conn] = struct{}{}
	}
	return !s.closed
}

// serve is the life of one connection.
func (s *Socket) serve(conn net.Conn) {
	defer conn.Close()
	p, err := s.handshake(conn)
	if err == nil {
		err = s.join(p)
	} else {
		s.forget(conn)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("zmtp: no handshake within %v: %w", s.opt.HandshakeTimeout, err)
	}
	if err != nil {
		s.reportError(conn.RemoteAddr(), err)
		return
	}
	if err := p.run(); err != nil {
		s.reportError(conn.RemoteAddr(), err)
	}
	s.leave(p)
}

func (s *Socket) forget(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, conn)
}

func (s *Socket) reportError(peer net.Addr, err error) {
	if s.opt.PeerError != nil {
		s.opt.PeerError(peer, err)
	}
}

// join makes p reachable. From here on it can be sent to.
func (s *Socket) join(p *peer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, p.conn)
	if s.closed {
		return ErrClosed
	}
	s.peers[p] = struct{}{}
	if s.opt.Kind != Router {
		return nil
	}
	if p.id == "" {
		p.id = s.newID()
	} else if older := s.byID[p.id]; older != nil {
		older.id = s.newID()
		s.byID[older.id] = older
	}
	s.byID[p.id] = p
	return nil
}

// newID makes a name that no peer can choose: RFC 37 reserves the leading zero octet.
func (s *Socket) newID() string {
	s.nextID++
	n := s.nextID
	return string([]byte{0, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}

func (s *Socket) leave(p *peer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.peers, p)
	delete(s.byID, p.id) // p's own: a name is never shared
}

// name is p's routing id at this moment; a newcomer may take it over.
func (s *Socket) name(p *peer) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return p.id
}
