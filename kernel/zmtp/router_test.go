package zmtp

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func want(t testing.TB, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestRouterBothWays(t *testing.T) {
	for _, endpoint := range []string{"tcp://127.0.0.1:0", "ipc://" + filepath.Join(t.TempDir(), "sock")} {
		t.Run(endpoint[:3], func(t *testing.T) {
			s := bindAt(t, endpoint, Options{Kind: Router})
			c := connect(t, s, "DEALER", "alice")
			c.message("a", "", "c")
			want(t, recv(t, s), "alice", "a", "", "c")
			big := strings.Repeat("x", 300_000)
			send(t, s, "alice", "reply", big)
			want(t, c.receive(), "reply", big)
		})
	}
}

func TestRouterNamesAnonymousPeers(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	for range 3 {
		connect(t, s, "DEALER", "").message("hi")
	}
	seen := map[string]bool{}
	for range 3 {
		id := recv(t, s)[0]
		if len(id) != 5 || id[0] != 0 || seen[id] {
			t.Errorf("bad generated name %q", id)
		}
		seen[id] = true
	}
}

func TestRouterTakesOverIdentity(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	older := connect(t, s, "DEALER", "twin")
	older.message("1")
	want(t, recv(t, s), "twin", "1")
	newer := connect(t, s, "DEALER", "twin")
	newer.message("2")
	want(t, recv(t, s), "twin", "2")
	send(t, s, "twin", "for the newer")
	want(t, newer.receive(), "for the newer")

	older.message("3")
	m := recv(t, s)
	if m[0] == "twin" || m[0][0] != 0 || m[1] != "3" {
		t.Fatalf("the older peer's message came as %q", m)
	}
	send(t, s, m[0], "for the older")
	want(t, older.receive(), "for the older")

	older.Close() // must not take the newer one's name away
	waitPeers(t, s, 1)
	send(t, s, "twin", "still yours")
	want(t, newer.receive(), "still yours")
}

func TestRouterDropsForGonePeers(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	send(t, s, "nobody", "hello?")
	c := connect(t, s, "DEALER", "me")
	waitPeers(t, s, 1)
	c.Close()
	waitPeers(t, s, 0)
	send(t, s, "me", "too late")
	if err := s.Send(soon(t), [][]byte{[]byte("me")}); err == nil {
		t.Error("a message without a body was accepted")
	}
}

// What a peer sent before it left is still received.
func TestRouterKeepsMessagesOfLeavers(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	c := connect(t, s, "DEALER", "me")
	for _, m := range []string{"1", "2", "3"} {
		c.message(m)
	}
	c.Close()
	waitPeers(t, s, 0)
	for _, m := range []string{"1", "2", "3"} {
		want(t, recv(t, s), "me", m)
	}
}

// A peer whose messages nobody receives is read no further, and its neighbour's turn comes at once.
func TestRouterFairAndBounded(t *testing.T) {
	s := bind(t, Options{Kind: Router, Queue: 10})
	greedy, polite := connect(t, s, "DEALER", "greedy"), connect(t, s, "DEALER", "polite")
	go func() {
		for {
			if _, err := greedy.Conn.Write([]byte(strings.Repeat("\x00\x01x", 1000))); err != nil {
				return
			}
		}
	}()
	want(t, recv(t, s), "greedy", "x")
	waitQueued(t, s, 10)
	polite.message("me too")
	waitQueued(t, s, 11)
	want(t, []string{recv(t, s)[0], recv(t, s)[0], recv(t, s)[0]}, "greedy", "polite", "greedy")
	greedy.Close()
}

// waitQueued waits until n messages are there to be received.
func waitQueued(t testing.TB, s *Socket, n int) {
	t.Helper()
	got := -1
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.inbox.mu.Lock()
		got = 0
		for _, l := range s.inbox.ready {
			got += len(l.messages)
		}
		s.inbox.mu.Unlock()
		if got == n {
			return
		}
	}
	t.Fatalf("%d messages are waiting, want %d", got, n)
}

// One message is never more than MaxMessage, however it is cut into frames.
func TestMaxMessage(t *testing.T) {
	for _, c := range []struct{ name, bytes, want string }{
		{"one frame", "\x02\x00\x00\x00\x00\x00\x00\x10\x01", "frame of 4097 bytes, at most 4096"},
		{"many frames", strings.Repeat("\x01\xff"+strings.Repeat("x", 255), 40), "more than 4096 bytes in 13 frames"},
		{"empty frames", strings.Repeat("\x01\x00", 100), "more than 4096 bytes in 65 frames"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, errs := hearErrors(Options{Kind: Router, MaxMessage: 4096})
			s := bind(t, o)
			p := connect(t, s, "DEALER", "me")
			p.message(strings.Repeat("x", 250), "")
			want(t, recv(t, s), "me", strings.Repeat("x", 250), "")
			go p.Conn.Write([]byte(c.bytes)) // may find the connection closed half-way
			wantError(t, errs, c.want)
		})
	}
}

// A length prefix claims no memory: 1,000 peers announce 1 GB each and send little.
func TestLengthPrefixIsNotBelieved(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 200 {
		connect(t, s, "DEALER", "").write("\x02\x00\x00\x00\x00\x3f\xff\xff\xff" + "little")
	}
	c := connect(t, s, "DEALER", "me")
	c.message("done")
	want(t, recv(t, s), "me", "done")
	runtime.ReadMemStats(&after)
	if grown := int64(after.TotalAlloc - before.TotalAlloc); grown > 200<<20 {
		t.Errorf("%d MB were allocated for 200 announcements", grown>>20)
	}
}

func TestPing(t *testing.T) {
	o, errs := hearErrors(Options{Kind: Router})
	s := bind(t, o)
	c := connect(t, s, "DEALER", "me")
	c.command("PING", "\x00\x00")
	if f := c.frame(); f != (rawFrame{4, "\x04PONG"}) {
		t.Fatalf("got %+v", f)
	}
	c.message("a", "b")
	want(t, recv(t, s), "me", "a", "b")
	c.command("PING", "\x00\x01sixteen bytes ok") // a TTL of 0.1 s, then silence
	if f := c.frame(); f != (rawFrame{4, "\x04PONGsixteen bytes ok"}) {
		t.Fatalf("got %+v", f)
	}
	c.hungUp()
	wantError(t, errs, "silent for longer than the 100ms")
}

// A peer takes its TTL back with a later PING.
func TestPingWithdrawsTTL(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	c := connect(t, s, "DEALER", "me")
	c.command("PING", "\x00\x05") // half a second
	c.command("PING", "\x00\x00")
	c.frame()
	c.frame()
	c.SetReadDeadline(time.Now().Add(800 * time.Millisecond))
	if _, err := c.r.ReadByte(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("the connection did not outlive the TTL: %v", err)
	}
	c.SetDeadline(time.Now().Add(patience))
	c.message("alive")
	want(t, recv(t, s), "me", "alive")
}
