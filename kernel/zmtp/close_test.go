package zmtp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is queued when Close is called arrives, though the peer reads later, and
// though it has sent more than was received.
func TestCloseFlushes(t *testing.T) {
	s := bind(t, Options{Kind: Router, Linger: patience})
	c := connect(t, s, "DEALER", "me")
	c.message("hello")
	want(t, recv(t, s), "me", "hello")
	const n = 500
	payload := strings.Repeat("x", 10_000) // 5 MB: more than the system buffers
	for k := range n {
		send(t, s, "me", fmt.Sprint(k), payload)
	}
	c.message("nobody receives this")
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	for k := range n {
		want(t, c.receive(), fmt.Sprint(k), payload)
	}
	if rest := c.hungUp(); rest != "" {
		t.Errorf("%d bytes too many", len(rest))
	}
	c.Close()
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
}

func TestCloseDoesNotLingerForEver(t *testing.T) {
	s := bind(t, Options{Kind: Router, Linger: 50 * time.Millisecond})
	connect(t, s, "DEALER", "me").message("hello")
	want(t, recv(t, s), "me", "hello")
	for range 500 {
		send(t, s, "me", strings.Repeat("x", 10_000))
	}
	dial(t, s) // and one that never shakes hands
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestClosedSocket(t *testing.T) {
	for _, kind := range []Kind{Router, XPub} {
		s := bind(t, Options{Kind: kind})
		received := make(chan error, 1)
		go func() {
			_, err := s.Recv(context.Background())
			received <- err
		}()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-received; kind == Router && !errors.Is(err, ErrClosed) {
			t.Errorf("Recv: %v", err)
		}
		if err := s.Send(soon(t), blobs([]string{"a", "b"})); !errors.Is(err, ErrClosed) {
			t.Errorf("Send: %v", err)
		}
		if err := s.Close(); !errors.Is(err, ErrClosed) {
			t.Errorf("Close: %v", err)
		}
		if conn, err := net.Dial("tcp", strings.TrimPrefix(s.Endpoint(), "tcp://")); err == nil {
			conn.Close()
			t.Error("it still listens")
		}
	}
}

func TestRecvEndsWithContext(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := s.Recv(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEndpoints(t *testing.T) {
	for _, c := range []struct{ endpoint, want string }{
		{"tcp", `bad endpoint "tcp"; want tcp://host:port or ipc://path`},
		{"udp://127.0.0.1:1", `unknown transport in "udp://127.0.0.1:1"`},
		{"tcp://", "bad endpoint"},
		{"tcp://nonsense", "cannot bind tcp://nonsense"},
		{"ipc://" + strings.Repeat("x", 300), "a path of at most about 100 bytes"},
		{"ipc:///does/not/exist/socket", "in a directory that exists"},
	} {
		if s, err := Listen(c.endpoint, Options{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", c.endpoint, s, err)
		}
	}
	if _, err := Listen("tcp://127.0.0.1:0", Options{Kind: 7}); err == nil || !strings.Contains(err.Error(), "unknown socket kind 7") {
		t.Errorf("got %v", err)
	}
	s := bindAt(t, "tcp://*:0", Options{})
	if strings.HasSuffix(s.Endpoint(), ":0") || !strings.HasPrefix(s.Endpoint(), "tcp://") {
		t.Errorf("endpoint %s", s.Endpoint())
	}
	if _, err := Listen(s.Endpoint(), Options{}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("bound twice: %v", err)
	}
}

func TestIPCSocketFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kernel-1")
	abandonedSocket(t, path)
	s := bindAt(t, "ipc://"+path, Options{Kind: Rep}) // takes over what a killed kernel left
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket file is %v, %v", info.Mode(), err)
	}
	c := connect(t, s, "REQ", "")
	c.message("", "ping")
	want(t, c.receive(), "", "ping")
	if _, err := Listen("ipc://"+path, Options{}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a living socket was taken over: %v", err)
	}
	s.Close()
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the socket file is left: %v", err)
	}
	if err := os.WriteFile(path, []byte("a file of the user's"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen("ipc://"+path, Options{}); err == nil {
		t.Error("a plain file was taken over")
	}
}

// abandonedSocket leaves a socket file behind, as a killed process does.
func abandonedSocket(t *testing.T, path string) {
	t.Helper()
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	l.Close()
}

// brokenListener fails as a system without file descriptors does, then works.
type brokenListener struct {
	net.Listener
	left int
}

func (l *brokenListener) Accept() (net.Conn, error) {
	if l.left > 0 {
		l.left--
		return nil, syscall.EMFILE
	}
	return l.Listener.Accept()
}

func TestAcceptBacksOff(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o, errs := hearErrors(Options{Kind: Rep, Linger: -1})
	start := time.Now()
	s, err := serveOn(&brokenListener{l, 4}, "tcp://"+l.Addr().String(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := connect(t, s, "REQ", "")
	c.message("", "ping")
	want(t, c.receive(), "", "ping")
	if waited := time.Since(start); waited < (5+10+20+40)*time.Millisecond {
		t.Errorf("four failures in %v: no back-off", waited)
	}
	for range 4 {
		wantError(t, errs, "too many open files")
	}
}
