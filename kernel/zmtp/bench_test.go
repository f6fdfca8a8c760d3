package zmtp

import (
	"context"
	"testing"
)

// One small request and its reply over loopback TCP: the floor under every
// Jupyter request. The client is the bare one of the tests.
func BenchmarkRoundTrip(b *testing.B) {
	s := bind(b, Options{Kind: Router})
	go echoAll(b, s)
	c := connect(b, s, "DEALER", "me")
	for b.Loop() {
		c.message("request")
		c.receive()
	}
}

// Messages of 1 kB to one subscriber that reads as fast as it can.
func BenchmarkPublish(b *testing.B) {
	s := bind(b, Options{Kind: XPub, Welcome: jupyterWelcome})
	c := connect(b, s, "SUB", "")
	c.command("SUBSCRIBE", "")
	c.receive()
	message := [][]byte{[]byte("stream"), make([]byte, 1000)}
	b.SetBytes(1000)
	go func() {
		for s.Send(context.Background(), message) == nil {
		}
	}()
	for b.Loop() {
		c.receive()
	}
}
