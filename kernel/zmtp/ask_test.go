package zmtp

import (
	"context"
	"errors"
	"net"
	"testing"
)

func TestAsk(t *testing.T) {
	s, err := Listen("tcp://127.0.0.1:0", Options{Kind: Router})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	go func() {
		if m, err := s.Recv(ctx); err == nil {
			s.Send(ctx, append(m[:1:1], []byte("answer to"), m[1]))
		}
	}()
	answer, err := Ask(ctx, s.Endpoint(), [][]byte{[]byte("question")})
	if err != nil || len(answer) != 2 || string(answer[0]) != "answer to" || string(answer[1]) != "question" {
		t.Errorf("got %q, %v", answer, err)
	}
}

// One that is connected to and says nothing does not hold Ask longer than its context.
func TestAskEndsWithContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		if c, err := l.Accept(); err == nil {
			defer c.Close()
			cancel() // it is waiting for a greeting now
			<-t.Context().Done()
		}
	}()
	if _, err := Ask(ctx, "tcp://"+l.Addr().String(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v; want context canceled", err)
	}
	if _, err := Ask(t.Context(), "udp://x", nil); err == nil {
		t.Error("an unknown transport was taken")
	}
}
