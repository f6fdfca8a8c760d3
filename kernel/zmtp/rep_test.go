package zmtp

import (
	"strings"
	"testing"
)

func TestRepEchoes(t *testing.T) {
	s := bind(t, Options{Kind: Rep})
	c := connect(t, s, "REQ", "")
	for _, m := range [][]string{{"", "ping"}, {"", ""}, {"", "a", "", "b"}, {"id", "", "x"}, {"no envelope"}} {
		c.message(m...)
		want(t, c.receive(), m...)
	}
	if _, err := s.Recv(soon(t)); err == nil || err.Error() != "zmtp: REP has nothing to receive" {
		t.Errorf("Recv: %v", err)
	}
	if err := s.Send(soon(t), [][]byte{{1}}); err == nil || !strings.Contains(err.Error(), "REP answers by itself") {
		t.Errorf("Send: %v", err)
	}
}

// A heartbeat client that asks without end and never listens stops only itself.
func TestRepBoundsAnswers(t *testing.T) {
	s := bind(t, Options{Kind: Rep, Queue: 5})
	greedy, good := connect(t, s, "DEALER", ""), connect(t, s, "REQ", "")
	blob := strings.Repeat("x", 250)
	many := strings.Repeat("\x01\x00\x00\xfa"+blob, 10_000)
	go func() {
		for {
			if _, err := greedy.Conn.Write([]byte(many)); err != nil {
				return
			}
		}
	}()
	waitFull(t, s)
	good.message("", "ping")
	want(t, good.receive(), "", "ping")
	if n, _ := queued(s); n > 6 {
		t.Errorf("%d answers are queued", n)
	}
	greedy.Close()
}
