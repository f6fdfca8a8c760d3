package zmtp

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
