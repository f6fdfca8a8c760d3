package zmtp

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// patience is how long a test waits for what must happen; only failures take as long.
const patience = 20 * time.Second

// A client is a bare ZMTP peer, written apart from the package's own frame code
// as far as it can be: tests state the bytes.
type client struct {
	t testing.TB
	net.Conn
	r *bufio.Reader
}

// dial connects and says nothing.
func dial(t testing.TB, s *Socket) *client {
	t.Helper()
	transport, addr, _ := strings.Cut(s.Endpoint(), "://")
	conn, err := net.Dial(map[string]string{"tcp": "tcp", "ipc": "unix"}[transport], addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(patience))
	return &client{t, conn, bufio.NewReader(conn)}
}

const (
	nullGreeting = "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
)

// ready is a READY command with a socket type and an identity of fewer than 200 bytes together.
func ready(kind, identity string) string {
	if identity == "" {
		return readyOf(property("Socket-Type", kind))
	}
	return readyOf(property("Socket-Type", kind), property("Identity", identity))
}

func readyOf(properties ...string) string {
	body := "\x05READY" + strings.Join(properties, "")
	return "\x04" + string([]byte{byte(len(body))}) + body
}

func property(name, value string) string {
	return string([]byte{byte(len(name))}) + name + string(binary.BigEndian.AppendUint32(nil, uint32(len(value)))) + value
}

// connect dials and shakes hands.
func connect(t testing.TB, s *Socket, kind, identity string) *client {
	t.Helper()
	c := dial(t, s)
	c.write(nullGreeting + ready(kind, identity))
	if g := c.read(64); g != nullGreetingOf(s) {
		t.Fatalf("greeting %q", g)
	}
	f := c.frame()
	if f.flags != 4 || !strings.HasPrefix(f.body, "\x05READY") {
		t.Fatalf("want READY, got %+v", f)
	}
	return c
}

// nullGreetingOf is a server's greeting: as the client's, but with the padding zero, as RFC 37 recommends.
func nullGreetingOf(*Socket) string { return strings.Replace(nullGreeting, "\x01\x7f", "\x00\x7f", 1) }

func (c *client) write(s string) {
	c.t.Helper()
	if _, err := io.WriteString(c.Conn, s); err != nil {
		c.t.Fatal(err)
	}
}

// message sends short frames.
func (c *client) message(frames ...string) {
	c.t.Helper()
	var b strings.Builder
	for i, f := range frames {
		flags := byte(1)
		if i == len(frames)-1 {
			flags = 0
		}
		b.WriteString(string([]byte{flags, byte(len(f))}) + f)
	}
	c.write(b.String())
}

func (c *client) command(name, data string) {
	c.t.Helper()
	c.write("\x04" + string([]byte{byte(1 + len(name) + len(data)), byte(len(name))}) + name + data)
}

func (c *client) read(n int) string {
	c.t.Helper()
	b := make([]byte, n)
	if _, err := io.ReadFull(c.r, b); err != nil {
		c.t.Fatalf("reading %d bytes: %v", n, err)
	}
	return string(b)
}

type rawFrame struct {
	flags byte
	body  string
}

func (c *client) frame() rawFrame {
	c.t.Helper()
	flags := c.read(1)[0]
	size := uint64(0)
	if flags&2 != 0 {
		size = binary.BigEndian.Uint64([]byte(c.read(8)))
	} else {
		size = uint64(c.read(1)[0])
	}
	return rawFrame{flags, c.read(int(size))}
}

// receive reads one message.
func (c *client) receive() []string {
	c.t.Helper()
	var frames []string
	for {
		f := c.frame()
		if f.flags&4 != 0 {
			c.t.Fatalf("want a message, got the command %q", f.body)
		}
		frames = append(frames, f.body)
		if f.flags&1 == 0 {
			return frames
		}
	}
}

// hungUp waits until the server has closed the connection and returns what it still sent.
func (c *client) hungUp() string {
	c.t.Helper()
	b, err := io.ReadAll(c.r)
	if nerr, ok := err.(net.Error); ok && nerr.Timeout() {
		c.t.Fatal("the server did not hang up")
	}
	return string(b)
}

// bind listens for the test's duration and fails the test on what it leaves running.
func bind(t testing.TB, o Options) *Socket {
	t.Helper()
	return bindAt(t, "tcp://127.0.0.1:0", o)
}

func bindAt(t testing.TB, endpoint string, o Options) *Socket {
	t.Helper()
	if o.Linger == 0 {
		o.Linger = -1
	}
	s, err := Listen(endpoint, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// soon is a context for what must not take long.
func soon(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func recv(t testing.TB, s *Socket) []string {
	t.Helper()
	frames, err := s.Recv(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	return texts(frames)
}

func send(t testing.TB, s *Socket, frames ...string) {
	t.Helper()
	if err := s.Send(soon(t), blobs(frames)); err != nil {
		t.Fatal(err)
	}
}

func texts(frames [][]byte) []string {
	var out []string
	for _, f := range frames {
		out = append(out, string(f))
	}
	return out
}

func blobs(frames []string) [][]byte {
	var out [][]byte
	for _, f := range frames {
		out = append(out, []byte(f))
	}
	return out
}
