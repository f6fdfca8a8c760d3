package zmtp

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// 1,000 peers at once, each in a conversation of its own, among 200 that
// connected and never said a word and 200 that stopped in mid-handshake.
func TestThousandConnections(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: 1,400 connections")
	}
	s := bind(t, Options{Kind: Router, HandshakeTimeout: time.Hour})
	go echoAll(t, s)
	for n := range 200 {
		dial(t, s)
		dial(t, s).write((nullGreeting + ready("DEALER", "half"))[:1+n%(greetingSize+20)])
	}
	const peers = 1000
	var crowd sync.WaitGroup
	for n := range peers {
		crowd.Go(func() {
			c := connect(t, s, "DEALER", fmt.Sprint("peer ", n))
			for k := range 5 {
				text := fmt.Sprint(n, " ", k)
				c.message(text, "")
				want(t, c.receive(), text, "")
			}
		})
	}
	crowd.Wait()
	waitPeers(t, s, peers)
}

func echoAll(t testing.TB, s *Socket) {
	for {
		m, err := s.Recv(t.Context())
		if err != nil {
			return
		}
		if err := s.Send(t.Context(), m); err != nil {
			return
		}
	}
}

// 500 subscribers get every message of a publisher.
func TestManySubscribers(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: 500 connections")
	}
	s := bind(t, Options{Kind: XPub, Welcome: jupyterWelcome})
	var ready, crowd sync.WaitGroup
	ready.Add(500)
	for range 500 {
		crowd.Go(func() {
			c := connect(t, s, "SUB", "")
			c.command("SUBSCRIBE", "")
			want(t, c.receive(), "", "welcome")
			ready.Done()
			for n := range 20 {
				want(t, c.receive(), fmt.Sprint(n))
			}
		})
	}
	ready.Wait()
	for n := range 20 {
		send(t, s, fmt.Sprint(n))
	}
	crowd.Wait()
}

// Peers that come, talk and vanish without a word leave nothing behind.
func TestComingAndGoing(t *testing.T) {
	s := bind(t, Options{Kind: Router})
	for n := range 200 {
		c := connect(t, s, "DEALER", "the same")
		c.write("\x00\x02hi" + strings.Repeat("\x01\x01x", n%3)) // sometimes in mid-message
		want(t, recv(t, s), "the same", "hi")
		c.Close()
	}
	waitPeers(t, s, 0)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.byID)+len(s.pending) != 0 {
		t.Errorf("%d names and %d connections are left", len(s.byID), len(s.pending))
	}
}
