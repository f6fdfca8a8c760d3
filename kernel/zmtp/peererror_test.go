package zmtp

import (
	"net"
	"strings"
	"testing"
	"time"
)

// hearErrors makes o report every peer's error.
func hearErrors(o Options) (Options, <-chan error) {
	errs := make(chan error, 10_000)
	o.PeerError = func(_ net.Addr, err error) { errs <- err }
	return o, errs
}

func wantError(t testing.TB, errs <-chan error, want string) {
	t.Helper()
	select {
	case err := <-errs:
		if !strings.Contains(err.Error(), want) {
			t.Fatalf("got %q, want %q", err, want)
		}
	case <-time.After(patience):
		t.Fatalf("no error; want %q", want)
	}
}

// waitFull waits until some Send finds a full queue.
func waitFull(t testing.TB, s *Socket) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.mu.Lock()
		for p := range s.peers {
			if p.out.wanted() {
				s.mu.Unlock()
				return
			}
		}
		s.mu.Unlock()
	}
	t.Fatal("no queue ever became full")
}
