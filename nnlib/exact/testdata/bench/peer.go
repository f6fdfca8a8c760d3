package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// A peer is another library in a process of its own, asked line by line.
type peer struct {
	in  io.Writer
	out *bufio.Reader
}

func startPeer(name string, args ...string) *peer {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		log.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		log.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
	p := &peer{in, bufio.NewReader(out)}
	line("peer: %s, %d thread(s)", p.read(), *threads)
	return p
}

func (p *peer) read() string {
	s, err := p.out.ReadString('\n')
	if err != nil {
		log.Fatalf("bench: the peer ended: %v", err)
	}
	return strings.TrimSpace(s)
}

// ask returns the peer's nanoseconds per call.
func (p *peer) ask(format string, args ...any) float64 {
	fmt.Fprintf(p.in, format+"\n", args...)
	v, err := strconv.ParseFloat(p.read(), 64)
	if err != nil {
		log.Fatal(err)
	}
	return v
}
