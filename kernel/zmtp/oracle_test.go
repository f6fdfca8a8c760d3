//go:build oracle

package zmtp

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The oracle is libzmq itself, through pyzmq. REPRISE_PYTHON names the interpreter.
func python() string {
	if p := os.Getenv("REPRISE_PYTHON"); p != "" {
		return p
	}
	return "python3"
}

// A setting is one way to reach a socket.
type setting struct {
	name     string
	endpoint func(t *testing.T) string
	curve    bool
}

var settings = []setting{
	{"tcp/null", tcp, false}, {"tcp/curve", tcp, true}, {"ipc/null", ipc, false}, {"ipc/curve", ipc, true},
}

func tcp(*testing.T) string   { return "tcp://127.0.0.1:0" }
func ipc(t *testing.T) string { return "ipc://" + filepath.Join(t.TempDir(), "s") }

func (set setting) bind(t *testing.T, o Options) *Socket {
	if set.curve {
		o.Curve = serverKeys(t)
	}
	o.Linger = time.Second
	return bindAt(t, set.endpoint(t), o)
}

// A run is one libzmq client program.
type run struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
	err   strings.Builder
}

func (set setting) start(t *testing.T, scenario string, s *Socket) *run {
	args := []string{"testdata/libzmq.py", scenario, s.Endpoint()}
	if set.curve {
		args = append(args, serverPublic)
	}
	return start(t, args...)
}

func start(t *testing.T, args ...string) *run {
	t.Helper()
	r := &run{t: t, cmd: exec.CommandContext(t.Context(), python(), args...)}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.in, err = r.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.cmd.Stderr = &r.err
	if err := r.cmd.Start(); err != nil {
		t.Fatalf("libzmq is this test's oracle: %v; set REPRISE_PYTHON to a Python with pyzmq", err)
	}
	r.lines = bufio.NewScanner(out)
	return r
}

func (r *run) expect(line string) {
	r.t.Helper()
	if !r.lines.Scan() {
		r.cmd.Wait()
		r.t.Fatalf("waiting for %q: the client ended:\n%s", line, r.err.String())
	}
	if r.lines.Text() != line {
		r.t.Fatalf("the client says %q, want %q", r.lines.Text(), line)
	}
}

// done waits for the client's last word and a clean exit.
func (r *run) done(line string) {
	r.t.Helper()
	r.expect(line)
	if err := r.cmd.Wait(); err != nil {
		r.t.Fatalf("%v\n%s", err, r.err.String())
	}
}

// echo sends every message back until the socket is closed.
func echo(s *Socket) {
	for {
		m, err := s.Recv(context.Background())
		if err != nil {
			return
		}
		if err := s.Send(context.Background(), m); err != nil {
			return
		}
	}
}

func everywhere(t *testing.T, test func(t *testing.T, set setting)) {
	for _, set := range settings {
		t.Run(set.name, func(t *testing.T) { test(t, set) })
	}
}

func TestLibzmqDealer(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: Router})
		go echo(s)
		set.start(t, "dealer", s).done("ok 40")
	})
}

func TestLibzmqReq(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		set.start(t, "req", set.bind(t, Options{Kind: Rep})).done("ok 103")
	})
}

// The topic comes first: libzmq's SUB filters by it once more.
func welcome(topic []byte) [][]byte { return [][]byte{topic, []byte("welcome")} }

func TestLibzmqSub(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: XPub, Welcome: welcome})
		r := set.start(t, "sub", s)
		r.expect("subscribed")
		send(t, s, "other", "nobody wants this")
		send(t, s, "stream.1", "one")
		r.expect("changed")
		send(t, s, "stream.2", "cancelled")
		send(t, s, "status", "two")
		r.done("ok 5")
	})
}

func TestLibzmqXsub(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: XPub, Welcome: welcome})
		r := set.start(t, "xsub", s)
		r.expect("subscribed")
		send(t, s, "b", "no")
		send(t, s, "abc", "one")
		r.done("ok 2")
	})
}

// A sleeping reader: Send gets stuck with bounded queues; then all of it arrives, in order.
func TestLibzmqSlowReader(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		const messages = 20_000
		s := set.bind(t, Options{Kind: XPub, Welcome: welcome, Queue: 100})
		r := set.start(t, "slow", s)
		r.expect("subscribed")
		payload := strings.Repeat("x", 1000)
		var sent atomic.Int64
		finished := make(chan error, 1)
		go func() {
			for n := range messages {
				if err := s.Send(context.Background(), blobs([]string{"t", fmt.Sprint(n), payload})); err != nil {
					finished <- err
					return
				}
				sent.Add(1)
			}
			finished <- s.Send(context.Background(), blobs([]string{"end", "", ""}))
		}()
		waitFull(t, s)
		if n := sent.Load(); n == messages {
			t.Fatal("the reader was never too slow")
		}
		fmt.Fprintln(r.in, "stuck")
		r.done(fmt.Sprintf("ok %d", messages))
		if err := <-finished; err != nil {
			t.Fatal(err)
		}
	})
}

func TestLibzmqHeartbeat(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: Router})
		go echo(s)
		r := set.start(t, "heartbeat", s)
		if !r.lines.Scan() || !strings.HasPrefix(r.lines.Text(), "ok ") {
			r.cmd.Wait()
			t.Fatalf("%q\n%s", r.lines.Text(), r.err.String())
		}
	})
}

func TestLibzmqSameIdentity(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: Router})
		go echo(s)
		set.start(t, "twice", s).done("ok 3")
	})
}

func TestLibzmqFarewell(t *testing.T) {
	everywhere(t, func(t *testing.T, set setting) {
		s := set.bind(t, Options{Kind: Router})
		r := set.start(t, "farewell", s)
		id := recv(t, s)[0]
		for range 500 {
			send(t, s, id, "more", strings.Repeat("x", 1000))
		}
		send(t, s, id, "last")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		r.done("ok 500")
	})
}

// Handshakes that must fail, and with what words on our side.
func TestLibzmqRefused(t *testing.T) {
	curve := serverKeys(t)
	for _, c := range []struct {
		name      string
		curve     *Curve
		serverKey string
		want      string
	}{
		{"socket type", nil, "", `ROUTER cannot talk to a socket of type "PUSH"`},
		{"wrong server key", curve, otherPublic, "HELLO does not open with our secret key"},
		{"null client, curve server", curve, "", "no greeting from the peer: unexpected EOF"},
		{"curve client, null server", nil, serverPublic, "no greeting from the peer: unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, errs := hearErrors(Options{Kind: Router, Curve: c.curve})
			s := bind(t, o)
			args := []string{"testdata/libzmq.py", "refused", s.Endpoint()}
			if c.serverKey != "" {
				args = append(args, c.serverKey)
			}
			r := start(t, args...)
			wantError(t, errs, c.want)
			r.done("ok 1")
		})
	}
}
