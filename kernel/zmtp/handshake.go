package zmtp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// maxCommand bounds the body of a command frame, in bytes: handshakes,
// subscriptions and pings are small.
const maxCommand = 64 << 10

// A mechanism is one side of a security handshake; a session is what it leads to.
type mechanism interface {
	name() string
	asServer() bool
	// handshake proves both sides to each other and returns what the peer says
	// of itself, once check has passed it.
	handshake(l *link, check func(metadata) error) (metadata, session, error)
}

// A session turns plain frames into what goes over the wire, and back.
type session interface {
	// open gives the plain frame of a received one.
	open(frame) (frame, error)
	// seal gives the wire form of a plain encoded message or command.
	seal(wire []byte) []byte
	// overhead is by how much a received frame may exceed its plain form, in bytes.
	overhead() int64
}

// A link is a connection during the handshake.
type link struct {
	conn   net.Conn
	reader frameReader
	kind   Kind
}

// handshake leads a fresh connection to a peer, within the deadline.
func (s *Socket) handshake(conn net.Conn) (*peer, error) {
	var mech mechanism = null{}
	if s.opt.Curve != nil {
		mech = s.opt.Curve
	}
	if err := conn.SetDeadline(time.Now().Add(s.opt.HandshakeTimeout)); err != nil {
		return nil, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		if err := tcp.SetNoDelay(true); err != nil {
			return nil, err
		}
	}
	// RFC 37: a peer that does not downgrade sends its greeting whole and at once.
	if _, err := conn.Write(greeting(mech.name(), mech.asServer())); err != nil {
		return nil, err
	}
	if err := readGreeting(conn, mech.name(), mech.asServer()); err != nil {
		return nil, err
	}
	live := &liveReader{conn: conn}
	l := &link{conn: conn, kind: s.opt.Kind, reader: frameReader{bufio.NewReader(live)}}
	meta, session, err := mech.handshake(l, func(m metadata) error { return m.check(s.opt.Kind) })
	if err != nil {
		return nil, err
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		return nil, err
	}
	return newPeer(s, l, live, session, meta.identity), nil
}

// expect reads the command of that name and returns its data.
func (l *link) expect(name string) ([]byte, error) {
	f, err := l.reader.next(maxCommand)
	if err != nil {
		return nil, fmt.Errorf("zmtp: waiting for %s: %w", name, inside(err))
	}
	if !f.command {
		return nil, fmt.Errorf("zmtp: the peer sent a message before %s", name)
	}
	got, data, err := parseCommand(f.body)
	if err != nil {
		return nil, err
	}
	if got != name {
		return nil, fmt.Errorf("zmtp: the peer sent %q before %s", got, name)
	}
	return data, nil
}

func (l *link) send(wire []byte) error {
	_, err := l.conn.Write(wire)
	return err
}

// refuse tells the peer why, as RFC 37 recommends, and returns the reason.
// ERROR tells a peer not to come back with the same credentials.
func (l *link) refuse(reason error) error {
	text := strings.TrimPrefix(reason.Error(), "zmtp: ")
	text = text[:min(len(text), 255)]
	text = strings.Map(func(r rune) rune { // error-reason is printable ASCII
		if r < 0x20 || r > 0x7E {
			return '?'
		}
		return r
	}, text)
	if err := l.send(encodeCommand("ERROR", append([]byte{byte(len(text))}, text...))); err != nil {
		return errors.Join(reason, err)
	}
	return reason
}

// null is the mechanism without security: one READY each way.
type null struct{}

func (null) name() string   { return "NULL" }
func (null) asServer() bool { return false }

func (null) handshake(l *link, check func(metadata) error) (metadata, session, error) {
	data, err := l.expect("READY")
	if err != nil {
		return metadata{}, nil, err
	}
	meta, err := parseMetadata(data)
	if err == nil {
		err = check(meta)
	}
	if err != nil {
		return meta, nil, l.refuse(err)
	}
	return meta, plain{}, l.send(encodeCommand("READY", encodeMetadata(l.kind)))
}

// plain is NULL's session: what is sent is what is meant.
type plain struct{}

func (plain) open(f frame) (frame, error) { return f, nil }
func (plain) seal(wire []byte) []byte     { return wire }
func (plain) overhead() int64             { return 0 }

// A liveReader disconnects a peer that goes silent for longer than the TTL it
// announced itself with PING.
type liveReader struct {
	conn net.Conn
	ttl  time.Duration // zero: the peer may be silent
}

func (r *liveReader) Read(b []byte) (int, error) {
	if r.ttl > 0 {
		if err := r.conn.SetReadDeadline(time.Now().Add(r.ttl)); err != nil {
			return 0, err
		}
	}
	return r.conn.Read(b)
}

var _ io.Reader = (*liveReader)(nil)
