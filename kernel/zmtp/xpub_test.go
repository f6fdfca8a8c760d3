package zmtp

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func jupyterWelcome(topic []byte) [][]byte { return [][]byte{topic, []byte("welcome")} }

func TestXPubSubscriptions(t *testing.T) {
	subscribe := map[string]func(c *client, topic string){
		"command": func(c *client, topic string) { c.command("SUBSCRIBE", topic) },
		"message": func(c *client, topic string) { c.message("\x01" + topic) },
	}
	cancel := map[string]func(c *client, topic string){
		"command": func(c *client, topic string) { c.command("CANCEL", topic) },
		"message": func(c *client, topic string) { c.message("\x00" + topic) },
	}
	for by := range subscribe {
		t.Run(by, func(t *testing.T) {
			s := bind(t, Options{Kind: XPub, Welcome: jupyterWelcome})
			c := connect(t, s, "SUB", "")
			cancel[by](c, "never subscribed")
			subscribe[by](c, "ab")
			want(t, c.receive(), "ab", "welcome")
			subscribe[by](c, "ab") // the second subscription needs a second cancellation
			want(t, c.receive(), "ab", "welcome")
			cancel[by](c, "ab")
			subscribe[by](c, "x")
			want(t, c.receive(), "x", "welcome")
			send(t, s, "a", "too short")
			send(t, s, "b")
			send(t, s, "abc", "yes")
			want(t, c.receive(), "abc", "yes")
			cancel[by](c, "ab")
			subscribe[by](c, "y")
			want(t, c.receive(), "y", "welcome")
			send(t, s, "abc", "cancelled")
			send(t, s, "x")
			want(t, c.receive(), "x")
		})
	}
}

func TestXPubIgnoresOtherMessages(t *testing.T) {
	s := bind(t, Options{Kind: XPub, Welcome: jupyterWelcome})
	c := connect(t, s, "XSUB", "")
	c.message("")
	c.message("\x02what")
	c.message("\x01a", "multipart is no subscription")
	c.message("\x01b")
	want(t, c.receive(), "b", "welcome")
	send(t, s, "a")
	send(t, s, "b")
	want(t, c.receive(), "b")
}

func TestXPubWithoutWelcome(t *testing.T) {
	s := bind(t, Options{Kind: XPub})
	c := connect(t, s, "SUB", "")
	c.command("SUBSCRIBE", "")
	c.command("PING", "\x00\x00seen") // its answer tells that the subscription was seen
	if f := c.frame(); f != (rawFrame{4, "\x04PONGseen"}) {
		t.Fatalf("got %+v", f)
	}
	send(t, s, "hello")
	want(t, c.receive(), "hello")
}

func TestXPubBoundsSubscriptions(t *testing.T) {
	o, errs := hearErrors(Options{Kind: XPub})
	s := bind(t, o)
	greedy := connect(t, s, "SUB", "")
	var b strings.Builder
	for n := range maxTopics + 1 {
		b.WriteString("\x00\x06\x01" + fmt.Sprintf("%05d", n))
	}
	greedy.write(b.String())
	wantError(t, errs, "more than 10000 subscriptions")
}

// The welcome is the first message and nothing is missing after it, however
// the subscription and the stream of messages meet.
func TestXPubWelcomeThenEverything(t *testing.T) {
	s := bind(t, Options{Kind: XPub, Welcome: jupyterWelcome})
	ctx, stop := context.WithCancel(soon(t))
	var publisher sync.WaitGroup
	publisher.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			if err := s.Send(ctx, [][]byte{fmt.Append(nil, n)}); err != nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
				return
			}
		}
	})
	for range 50 {
		c := connect(t, s, "SUB", "")
		c.command("SUBSCRIBE", "")
		want(t, c.receive(), "", "welcome")
		var first int
		fmt.Sscan(c.receive()[0], &first)
		for n := first + 1; n < first+20; n++ {
			want(t, c.receive(), fmt.Sprint(n))
		}
		c.Close()
	}
	stop()
	publisher.Wait()
}

// Both readers get every message; the fast one is not held up by more than the slow one's queue.
func TestXPubSlowReader(t *testing.T) {
	s := bind(t, Options{Kind: XPub, Welcome: jupyterWelcome, Queue: 50})
	slow, fast := connect(t, s, "SUB", ""), connect(t, s, "SUB", "")
	for _, c := range []*client{slow, fast} {
		c.command("SUBSCRIBE", "")
		want(t, c.receive(), "", "welcome")
	}
	const messages = 5000
	payload := strings.Repeat("x", 10_000)
	finished := make(chan error, 1)
	go func() {
		for n := range messages {
			if err := s.Send(context.Background(), blobs([]string{fmt.Sprint(n), payload})); err != nil {
				finished <- err
				return
			}
		}
		finished <- nil
	}()
	all := func(c *client) {
		for n := range messages {
			want(c.t, c.receive(), fmt.Sprint(n), payload)
		}
	}
	var readers sync.WaitGroup
	readers.Go(func() { all(fast) })
	waitFull(t, s)
	if n, bytes := queued(s); n > 2*50 || bytes > 2*(50+1)*11_000 {
		t.Errorf("%d messages of %d bytes are queued", n, bytes)
	}
	all(slow)
	readers.Wait()
	if err := <-finished; err != nil {
		t.Fatal(err)
	}
}

// queued is what waits in all outboxes.
func queued(s *Socket) (messages int, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for p := range s.peers {
		p.out.mu.Lock()
		messages, bytes = messages+p.out.messages, bytes+p.out.bytes
		p.out.mu.Unlock()
	}
	return messages, bytes
}

// flood sends until the socket closes or ctx ends, and returns why it ended.
func flood(ctx context.Context, s *Socket, frames ...string) <-chan error {
	ended := make(chan error, 1)
	go func() {
		for {
			if err := s.Send(ctx, blobs(frames)); err != nil {
				ended <- err
				return
			}
		}
	}()
	return ended
}

func TestXPubDropsDeadPeer(t *testing.T) {
	o, errs := hearErrors(Options{Kind: XPub, Welcome: jupyterWelcome, Queue: 10, Stall: 100 * time.Millisecond})
	s := bind(t, o)
	dead := connect(t, s, "SUB", "")
	dead.command("SUBSCRIBE", "")
	want(t, dead.receive(), "", "welcome")
	ctx, stop := context.WithCancel(soon(t))
	ended := flood(ctx, s, strings.Repeat("x", 100_000))
	wantError(t, errs, "the peer's queue is full and it took nothing for 100ms; dropped")
	stop() // without the peer the flood runs free
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestSendEndsWithContextAndClose(t *testing.T) {
	for _, kind := range []Kind{XPub, Router} {
		for _, how := range []string{"context", "close", "peer leaves"} {
			t.Run(kind.String()+" "+how, func(t *testing.T) {
				s := bind(t, Options{Kind: kind, Queue: 10})
				c := connect(t, s, map[Kind]string{XPub: "SUB", Router: "DEALER"}[kind], "me")
				if kind == XPub {
					c.command("SUBSCRIBE", "me")
				}
				c.command("PING", "\x00\x00")
				c.frame()
				ctx, stop := context.WithCancel(soon(t))
				defer stop()
				ended := flood(ctx, s, "me", strings.Repeat("x", 100_000))
				waitFull(t, s)
				wantErr := error(ErrClosed)
				switch how {
				case "context":
					stop()
					wantErr = context.Canceled
				case "close":
					s.Close()
				case "peer leaves": // the sender goes on, to nobody
					c.Close()
					waitPeers(t, s, 0)
					stop()
					wantErr = context.Canceled
				}
				if err := <-ended; !errors.Is(err, wantErr) {
					t.Fatalf("got %v, want %v", err, wantErr)
				}
			})
		}
	}
}

// waitPeers waits until n peers are connected.
func waitPeers(t testing.TB, s *Socket, n int) {
	t.Helper()
	got := -1
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.mu.Lock()
		got = len(s.peers)
		s.mu.Unlock()
		if got == n {
			return
		}
	}
	t.Fatalf("%d peers, want %d", got, n)
}
