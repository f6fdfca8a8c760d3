package kerneltest

import (
	"context"
	"testing"
	"time"

	"reprise/kernel/wire"
)

// patience is how long a front end waits for what must come. Nothing is slept away: it only bounds a failure.
const patience = 20 * time.Second

// A Frontend is a Jupyter client in a test. The test says what it expects, in
// order, as a transcript; a message that it did not expect fails it, also one
// that is left over at the end.
type Frontend struct {
	t       testing.TB
	client  *Client
	codec   *wire.Codec // reads
	signer  *wire.Codec // writes
	session *wire.Session
	iopub   chan *wire.Message
	ended   chan struct{} // the reader of iopub
	cancel  context.CancelFunc
	ctx     context.Context
}

// NewFrontend connects a front end. It reads IOPub all the time, and has seen the welcome.
func NewFrontend(t testing.TB, c *Client, key string) *Frontend {
	t.Helper()
	return NewFrontendWithKeys(t, c, key, key)
}

// NewFrontendWithKeys connects a front end that signs with another key than it reads with.
func NewFrontendWithKeys(t testing.TB, c *Client, signs, reads string) *Frontend {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	f := &Frontend{
		t: t, client: c, codec: wire.NewCodec(reads), signer: wire.NewCodec(signs), session: wire.NewSession("frontend"),
		iopub: make(chan *wire.Message, 1<<16), ended: make(chan struct{}), ctx: ctx, cancel: cancel,
	}
	go f.read()
	t.Cleanup(f.close)
	welcome := f.NextIOPub()
	if welcome.Type() != "iopub_welcome" {
		t.Fatalf("first message on iopub is %s; want iopub_welcome", describe(welcome))
	}
	return f
}

func (f *Frontend) read() {
	defer close(f.ended)
	defer close(f.iopub) // its readers still get what came before
	for {
		frames, err := f.client.IOPub.Recv(f.ctx)
		if err != nil {
			return
		}
		m, err := f.codec.Decode(frames)
		if err != nil {
			f.t.Errorf("iopub: %v", err)
			return
		}
		if m.Parent == nil && m.Type() == "status" {
			continue // starting: a front end may connect before or after
		}
		f.iopub <- m
	}
}

func (f *Frontend) close() {
	f.cancel()
	<-f.ended
	f.client.Close()
	if left := len(f.iopub); left > 0 {
		f.t.Errorf("%d messages on iopub were not expected, the first is %s", left, describe(<-f.iopub))
	}
}

// Disconnect goes away, as a closed browser does.
func (f *Frontend) Disconnect() {
	f.cancel()
	f.client.Close()
	<-f.ended
	for len(f.iopub) > 0 {
		<-f.iopub
	}
}

// Shell sends a request on shell; Control, on control; Stdin, a reply on stdin.
func (f *Frontend) Shell(c wire.Content) *wire.Message {
	f.t.Helper()
	return f.send(f.client.Shell.Send, f.session.Request(c))
}

// Control sends a request on control.
func (f *Frontend) Control(c wire.Content) *wire.Message {
	f.t.Helper()
	return f.send(f.client.Control.Send, f.session.Request(c))
}

// Stdin answers an input_request.
func (f *Frontend) Stdin(c wire.Content) *wire.Message {
	f.t.Helper()
	return f.send(f.client.Stdin.Send, f.session.Request(c))
}

// Subshell sends a request to a subshell.
func (f *Frontend) Subshell(id string, c wire.Content) *wire.Message {
	f.t.Helper()
	m := f.session.Request(c)
	m.Header.SubshellID = id
	return f.send(f.client.Shell.Send, m)
}

// Message makes a request that the test may still change, for SendShell.
func (f *Frontend) Message(c wire.Content) *wire.Message { return f.session.Request(c) }

// SendShell sends a message made by Message.
func (f *Frontend) SendShell(m *wire.Message) *wire.Message {
	f.t.Helper()
	return f.send(f.client.Shell.Send, m)
}

func (f *Frontend) send(send func(context.Context, [][]byte) error, m *wire.Message) *wire.Message {
	f.t.Helper()
	frames, err := f.signer.Encode(m)
	if err != nil {
		f.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(f.ctx, patience)
	defer cancel()
	if err := send(ctx, frames); err != nil {
		f.t.Fatalf("%s was not taken: %v", m.Type(), err)
	}
	return m
}

// NextIOPub gives the next message on iopub, whatever it is.
func (f *Frontend) NextIOPub() *wire.Message {
	f.t.Helper()
	select {
	case m, ok := <-f.iopub:
		if !ok {
			f.t.Fatal("iopub has ended")
		}
		return m
	case <-time.After(patience):
		f.t.Fatal("nothing came on iopub")
	}
	return nil
}

// UntilIdle gives all messages on iopub from busy to idle of r; each must be r's.
func (f *Frontend) UntilIdle(r *wire.Message) []*wire.Message {
	f.t.Helper()
	f.Busy(r)
	var all []*wire.Message
	for {
		m := f.NextIOPub()
		f.wantParent(m, r)
		if s, _ := wire.Parse[wire.Status](m); m.Type() == "status" && s.ExecutionState == wire.Idle {
			return all
		}
		all = append(all, m)
	}
}

// UntilEnd gives r's messages on iopub up to its idle, among whatever else comes.
func (f *Frontend) UntilEnd(r *wire.Message) (all []*wire.Message) {
	f.t.Helper()
	for {
		m := f.NextIOPub()
		if m.Parent.MsgID != r.Header.MsgID {
			continue
		}
		if s, _ := wire.Parse[wire.Status](m); m.Type() == "status" && s.ExecutionState == wire.Idle {
			return all
		}
		all = append(all, m)
	}
}

// UntilIdles reads until each of these requests is idle.
func (f *Frontend) UntilIdles(requests ...*wire.Message) {
	f.t.Helper()
	open := map[string]bool{}
	for _, r := range requests {
		open[r.Header.MsgID] = true
	}
	for len(open) > 0 {
		m := f.NextIOPub()
		if s, _ := wire.Parse[wire.Status](m); s.ExecutionState == wire.Idle {
			delete(open, m.Parent.MsgID)
		}
	}
}

// UntilQuiet gives what comes on iopub until nothing has come for d.
func (f *Frontend) UntilQuiet(d time.Duration) (all []*wire.Message) {
	f.t.Helper()
	for {
		select {
		case m, ok := <-f.iopub:
			if !ok {
				f.t.Fatal("iopub has ended")
			}
			all = append(all, m)
		case <-time.After(d):
			return all
		}
	}
}

// DrainShell takes one reply from shell, whatever it says.
func (f *Frontend) DrainShell() *wire.Message { f.t.Helper(); return f.receive(f.client.Shell.Recv) }

func (f *Frontend) receive(recv func(context.Context) ([][]byte, error)) *wire.Message {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.ctx, patience)
	defer cancel()
	frames, err := recv(ctx)
	if err != nil {
		f.t.Fatalf("no reply: %v", err)
	}
	m, err := f.codec.Decode(frames)
	if err != nil {
		f.t.Fatal(err)
	}
	return m
}

// Execute is a request to run code as JupyterLab sends it.
func Execute(code string) wire.ExecuteRequest {
	return wire.ExecuteRequest{Code: code, StoreHistory: true, AllowStdin: true, StopOnError: true}
}
