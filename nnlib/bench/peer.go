package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

//go:embed peers.py
var peersScript string

// A peer is a Python process that does what it is told, and says how long it took.
type peer struct {
	version string
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func startPeer(python, name string, threads int) (*peer, error) {
	cmd := exec.Command(python, "-c", peersScript, name, strconv.Itoa(threads))
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if os.Getenv("BENCH_STDERR") != "" {
		cmd.Stderr = os.Stderr
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &peer{cmd: cmd, in: in, out: bufio.NewReader(out)}
	if p.version, err = p.ask("version", 0); err != nil {
		return nil, fmt.Errorf("%s does not run with %s: %w (BENCH_STDERR=1 shows why)", name, python, err)
	}
	return p, nil
}

func (p *peer) ask(what string, steps int) (string, error) {
	if _, err := fmt.Fprintf(p.in, "%s %d\n", what, steps); err != nil {
		return "", err
	}
	line, err := p.out.ReadString('\n')
	return strings.TrimSpace(line), err
}

// measure returns the seconds of one step.
func (p *peer) measure(b benchmark, name string) (float64, error) {
	answer, err := p.ask(b.name, b.steps[name])
	if err != nil {
		return 0, err
	}
	seconds, err := strconv.ParseFloat(answer, 64)
	return seconds / float64(b.steps[name]), err
}

func (p *peer) stop() error {
	p.in.Close()
	return p.cmd.Wait()
}
