package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// A probe is a kernel process and a client of it.
type probe struct {
	process *exec.Cmd
	said    bytes.Buffer  // on stderr; to be read when ended is closed
	ended   chan struct{} // closed when the process has
	dir     string
	client  *kerneltest.Client
	session *wire.Session
	codec   *wire.Codec
}

// launch starts a kernel and connects. It does not wait for an answer.
func launch(ctx context.Context, argv []string) (*probe, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	c, err := freePorts()
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "kernel.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return nil, err
	}
	var args []string
	for _, a := range argv {
		args = append(args, strings.ReplaceAll(a, "{connection_file}", file))
	}
	p := &probe{dir: dir, ended: make(chan struct{}), session: wire.NewSession("bench"), codec: wire.NewCodec(c.Key)}
	p.process = exec.Command(args[0], args[1:]...)
	p.process.Env = append(os.Environ(), "XDG_DATA_HOME="+dir, "IPYTHONDIR="+dir) // no one's history
	p.process.Stderr = &p.said
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	connecting, cancel := context.WithCancel(ctx)
	go func() { p.process.Wait(); close(p.ended); cancel() }()
	if p.client, err = kerneltest.DialZMQ(connecting, c); err != nil {
		p.kill()
		return nil, p.why(err)
	}
	return p, nil
}

func freePorts() (wire.Connection, error) {
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: "bench", SignatureScheme: "hmac-sha256"}
	for _, port := range []*int{&c.ShellPort, &c.ControlPort, &c.StdinPort, &c.IOPubPort, &c.HBPort} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return c, err
		}
		defer l.Close()
		*port = l.Addr().(*net.TCPAddr).Port
	}
	return c, nil
}

func (p *probe) kill() {
	p.process.Process.Kill()
	<-p.ended
	if p.client != nil {
		p.client.Close()
	}
	os.RemoveAll(p.dir)
}

// why adds to err what the kernel said, if it has ended.
func (p *probe) why(err error) error {
	select {
	case <-p.ended:
		return fmt.Errorf("%w; the kernel ended (%v) and said: %.300s", err, p.process.ProcessState, p.said.String())
	default:
		return err
	}
}

// endsWithin waits for the end of the process, which a client sees by its sockets a moment before.
func (p *probe) endsWithin(ctx context.Context) bool {
	select {
	case <-p.ended:
		return true
	case <-ctx.Done():
		return false
	}
}

// signal sends what a client sends to kernels that are interrupted by a signal.
func (p *probe) signal() { p.process.Process.Signal(os.Interrupt) }

func (p *probe) send(ctx context.Context, s kerneltest.Socket, c wire.Content) (id string, err error) {
	m := p.session.Request(c)
	frames, err := p.codec.Encode(m)
	if err != nil {
		return "", err
	}
	return m.Header.MsgID, s.Send(ctx, frames)
}

// replyTo reads until the reply to a request.
func (p *probe) replyTo(ctx context.Context, s kerneltest.Socket, id string) (*wire.Message, error) {
	for {
		frames, err := s.Recv(ctx)
		if err != nil {
			return nil, err
		}
		m, err := p.codec.Decode(frames)
		if err != nil {
			return nil, err
		}
		if m.Parent != nil && m.Parent.MsgID == id {
			return m, nil
		}
	}
}

// untilIdle reads what a request shows and gives its streams.
func (p *probe) untilIdle(ctx context.Context, id string) (streams []string, err error) {
	for {
		m, err := p.replyTo(ctx, p.client.IOPub, id)
		if err != nil {
			return nil, err
		}
		switch m.Type() {
		case "stream":
			s, _ := wire.Parse[wire.Stream](m)
			streams = append(streams, s.Text)
		case "status":
			if s, _ := wire.Parse[wire.Status](m); s.ExecutionState == wire.Idle {
				return streams, nil
			}
		}
	}
}

func (p *probe) untilType(ctx context.Context, id, msgType string) error {
	for {
		if m, err := p.replyTo(ctx, p.client.IOPub, id); err != nil || m.Type() == msgType {
			return err
		}
	}
}

func (p *probe) kernelInfo(ctx context.Context) (info wire.KernelInfoReply, err error) {
	id, err := p.send(ctx, p.client.Shell, wire.KernelInfoRequest{})
	if err != nil {
		return info, err
	}
	m, err := p.replyTo(ctx, p.client.Shell, id)
	if err != nil {
		return info, fmt.Errorf("no kernel_info_reply: %w", err)
	}
	return wire.Parse[wire.KernelInfoReply](m)
}

// awaitSubscription asks until something is seen on iopub: kernels without
// iopub_welcome do not tell when a subscription has taken effect.
func (p *probe) awaitSubscription(ctx context.Context) error {
	for {
		if _, err := p.kernelInfo(ctx); err != nil {
			return err
		}
		soon, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		_, err := p.client.IOPub.Recv(soon)
		cancel()
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
