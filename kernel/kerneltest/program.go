package kerneltest

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reprise/kernel/wire"
)

// A Program is a kernel in a process of its own, as a Jupyter client starts it.
type Program struct {
	Connection wire.Connection
	Process    *exec.Cmd
	said       bytes.Buffer  // on stderr; to be read when ended is closed
	ended      chan struct{} // closed when the process has
	t          testing.TB
}

// Launch starts argv, in which {connection_file} stands for its connection
// file, until the test ends. History and settings are the test's own.
func Launch(t testing.TB, argv ...string) *Program {
	t.Helper()
	home := t.TempDir()
	c := FreePorts(t)
	file := WriteConnection(t, c)
	p := &Program{Connection: c, ended: make(chan struct{}), t: t}
	var args []string
	for _, a := range argv {
		args = append(args, strings.ReplaceAll(a, "{connection_file}", file))
	}
	p.Process = exec.Command(args[0], args[1:]...)
	p.Process.Env = append(os.Environ(), "XDG_DATA_HOME="+home)
	p.Process.Stderr = &p.said
	if err := p.Process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.Process.Wait(); close(p.ended) }()
	t.Cleanup(func() {
		p.Process.Process.Kill()
		<-p.ended
		if t.Failed() {
			t.Logf("the kernel (%v) said: %s", p.Process.ProcessState, p.said.String())
		}
	})
	return p
}

// Frontend connects a front end.
func (p *Program) Frontend(t testing.TB) *Frontend {
	t.Helper()
	return ConnectZMQ(t, p.Connection)
}

// ConnectZMQ connects a front end to the kernel that serves c, or soon will.
func ConnectZMQ(t testing.TB, c wire.Connection) *Frontend {
	t.Helper()
	// The sockets live as long as ctx: it ends with the test.
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	giveUp := time.AfterFunc(patience, cancel)
	client, err := DialZMQ(ctx, c)
	if !giveUp.Stop() || err != nil {
		t.Fatalf("no kernel to connect to: %v", err)
	}
	return NewFrontend(t, client, c.Key)
}

// WaitExit waits until the process has ended by itself and gives its exit code.
func (p *Program) WaitExit() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the kernel process did not end")
	}
	return p.Process.ProcessState.ExitCode()
}

// FreePorts is a connection with a key and ports that nobody listens on.
func FreePorts(t testing.TB) wire.Connection {
	t.Helper()
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Key: "a-key-for-tests", SignatureScheme: "hmac-sha256"}
	for _, port := range []*int{&c.ShellPort, &c.ControlPort, &c.StdinPort, &c.IOPubPort, &c.HBPort} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		*port = l.Addr().(*net.TCPAddr).Port
	}
	return c
}

// WriteConnection writes a connection file and gives its name.
func WriteConnection(t testing.TB, c any) string {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "connection.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
