package kerneltest

import (
	"context"
	"reflect"
	"reprise/kernel/wire"
)

// IOPub expects the next message on iopub: caused by parent and with this very content.
func (f *Frontend) IOPub(parent *wire.Message, want wire.Content) {
	f.t.Helper()
	m := f.NextIOPub()
	f.wantParent(m, parent)
	if m.Type() != want.MsgType() {
		f.t.Fatalf("on iopub came %s; want %s %+v", describe(m), want.MsgType(), want)
	}
	got := reflect.New(reflect.TypeOf(want))
	f.decode(m, got.Interface())
	if wanted := roundTrip(f.t, want); !reflect.DeepEqual(got.Elem().Interface(), wanted) {
		f.t.Fatalf("on iopub came %s:\n got %+v\nwant %+v", m.Type(), got.Elem().Interface(), wanted)
	}
}

// Busy and Idle expect the status messages around a request.
func (f *Frontend) Busy(r *wire.Message) {
	f.t.Helper()
	f.IOPub(r, wire.Status{ExecutionState: wire.Busy})
}

// Idle expects the end of a request.
func (f *Frontend) Idle(r *wire.Message) {
	f.t.Helper()
	f.IOPub(r, wire.Status{ExecutionState: wire.Idle})
}

// Input expects execute_input.
func (f *Frontend) Input(r *wire.Message, code string, n int) {
	f.t.Helper()
	f.IOPub(r, wire.ExecuteInput{Code: code, ExecutionCount: n})
}

// Stdout expects text on stdout, in however many messages.
func (f *Frontend) Stdout(r *wire.Message, text string) { f.t.Helper(); f.stream(r, "stdout", text) }

// Stderr expects text on stderr.
func (f *Frontend) Stderr(r *wire.Message, text string) { f.t.Helper(); f.stream(r, "stderr", text) }

func (f *Frontend) stream(r *wire.Message, name, text string) {
	f.t.Helper()
	for got := ""; got != text; {
		m := f.NextIOPub()
		f.wantParent(m, r)
		s, err := wire.Parse[wire.Stream](m)
		if err != nil || m.Type() != "stream" || s.Name != name {
			f.t.Fatalf("on iopub came %s; want %q on %s", describe(m), text, name)
		}
		got += s.Text
		if len(got) > len(text) || got != text[:len(got)] {
			f.t.Fatalf("%s is %.300q; want %.300q", name, got, text)
		}
	}
}

// Error expects an error of that name.
func (f *Frontend) Error(r *wire.Message, name string) wire.ErrorOutput {
	f.t.Helper()
	m := f.NextIOPub()
	f.wantParent(m, r)
	e, err := wire.Parse[wire.ErrorOutput](m)
	if err != nil || m.Type() != "error" || e.EName != name || len(e.Traceback) == 0 {
		f.t.Fatalf("on iopub came %s; want error %s", describe(m), name)
	}
	return e
}

// ShellReply expects the reply to r, on shell, with content T.
func ShellReply[T wire.Content](f *Frontend, r *wire.Message) T {
	f.t.Helper()
	return reply[T](f, f.client.Shell.Recv, r)
}

// ControlReply expects the reply to r, on control.
func ControlReply[T wire.Content](f *Frontend, r *wire.Message) T {
	f.t.Helper()
	return reply[T](f, f.client.Control.Recv, r)
}

// StdinRequest expects the kernel to ask for a line on behalf of r.
func (f *Frontend) StdinRequest(r *wire.Message) wire.InputRequest {
	f.t.Helper()
	return reply[wire.InputRequest](f, f.client.Stdin.Recv, r)
}

func reply[T wire.Content](f *Frontend, recv func(context.Context) ([][]byte, error), r *wire.Message) T {
	f.t.Helper()
	m := f.receive(recv)
	f.wantParent(m, r)
	c, err := wire.Parse[T](m)
	if err != nil {
		f.t.Fatal(err)
	}
	want := c.MsgType()
	if want == "" { // a Failure: of any type
		want = wire.ReplyType(r.Type())
	}
	if m.Type() != want {
		f.t.Fatalf("reply is %s; want %s", describe(m), want)
	}
	return c
}

func (f *Frontend) wantParent(m, parent *wire.Message) {
	f.t.Helper()
	if m.Parent == nil || m.Parent.MsgID != parent.Header.MsgID {
		f.t.Fatalf("%s is not a child of %s %s", describe(m), parent.Type(), parent.Header.MsgID)
	}
}
