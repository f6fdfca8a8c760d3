package kernel_test

import (
	"slices"
	"testing"

	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// Every control request is answered, on control, while a cell runs.
func TestControlWhileBusy(t *testing.T) {
	e, _, f := start(t)
	cell := f.Shell(kerneltest.Execute("wait"))
	f.Busy(cell)
	f.Input(cell, "wait", 1)
	<-e.Started

	info := f.Control(wire.KernelInfoRequest{})
	if reply := kerneltest.ControlReply[wire.KernelInfoReply](f, info); reply.ProtocolVersion != "5.6" || !slices.Contains(reply.SupportedFeatures, "kernel subshells") {
		t.Errorf("kernel_info is %+v", reply)
	}
	f.Busy(info)
	f.Idle(info)
	usage := f.Control(wire.UsageRequest{})
	if reply := kerneltest.ControlReply[wire.UsageReply](f, usage); reply.PID == 0 || reply.CPUCount < 1 || reply.KernelMemory < 1<<20 {
		t.Errorf("usage is %+v", reply)
	}
	f.Busy(usage)
	f.Idle(usage)
	wrong := f.Control(kerneltest.Execute("print no"))
	if reply := kerneltest.ControlReply[wire.Failure](f, wrong); reply.EName != "WrongChannel" {
		t.Errorf("execute on control: %+v", reply)
	}
	f.Busy(wrong)
	f.Idle(wrong)
	stop := f.Control(wire.InterruptRequest{})
	kerneltest.ControlReply[wire.InterruptReply](f, stop)

	// The two ends of the interrupt, the request's and the cell's, come in any order between them.
	ends := map[string]int{}
	for range 4 {
		m := f.NextIOPub()
		ends[m.Parent.MsgID+" "+m.Type()]++
	}
	if ends[stop.Header.MsgID+" status"] != 2 || ends[cell.Header.MsgID+" error"] != 1 || ends[cell.Header.MsgID+" status"] != 1 {
		t.Errorf("on iopub came %v", ends)
	}
	if reply := kerneltest.ShellReply[wire.ExecuteFailure](f, cell); reply.EName != "Interrupted" {
		t.Errorf("reply is %+v", reply)
	}
	run(f, "print on", 2, "on\n")
}

func TestShutdownWhileBusy(t *testing.T) {
	for _, restart := range []bool{false, true} {
		e, k, f := start(t)
		f.Shell(kerneltest.Execute("wait"))
		<-e.Started
		bye := f.Control(wire.ShutdownRequest{Restart: restart})
		if reply := kerneltest.ControlReply[wire.ShutdownReply](f, bye); reply.Status != wire.OK || reply.Restart != restart {
			t.Errorf("reply is %+v", reply)
		}
		if err := k.Wait(); err != nil {
			t.Errorf("Serve: %v", err)
		}
		told := false
		for m := f.NextIOPub(); ; m = f.NextIOPub() {
			told = told || m.Type() == "shutdown_reply"
			if s, _ := wire.Parse[wire.Status](m); s.ExecutionState == wire.Idle && m.Parent.MsgID == bye.Header.MsgID {
				break
			}
		}
		if !told {
			t.Error("other clients were not told on iopub")
		}
		f.Disconnect()
	}
}

func TestUnknownAndBadMessages(t *testing.T) {
	_, _, f := start(t)
	for _, tc := range []struct{ msgType, content, reply, ename string }{
		{"launch_request", `{"rocket":1}`, "launch_reply", "UnknownMessage"},
		{"debug_request", `{}`, "debug_reply", "UnknownMessage"},
		{"launch", `null`, "launch_reply", "UnknownMessage"},
		{"execute_request", `{"code":7}`, "execute_reply", "BadRequest"},
		{"complete_request", `[]`, "complete_reply", "BadRequest"},
		{"history_request", `{"hist_access_type":"guess"}`, "history_reply", "HistoryError"},
	} {
		r := f.Shell(wire.Raw{Type: tc.msgType, JSON: []byte(tc.content)})
		f.Busy(r)
		f.Idle(r)
		if reply := kerneltest.ShellReply[wire.Failure](f, r); reply.Status != wire.Error || reply.EName != tc.ename {
			t.Errorf("%s: %+v; want %s", tc.msgType, reply, tc.ename)
		}
	}
	run(f, "print on", 1, "on\n")
}

// A message with a bad signature is not answered, and harms nothing.
func TestWrongKey(t *testing.T) {
	_, k, f := start(t)
	stranger := kerneltest.NewFrontendWithKeys(t, k.Memory.Dial(), "wrong", k.Key)
	stranger.Shell(kerneltest.Execute("print stolen"))
	stranger.Control(wire.ShutdownRequest{})
	run(f, "print mine", 1, "mine\n")
	stranger.Disconnect()
}

func TestReplay(t *testing.T) {
	_, _, f := start(t)
	r := f.Shell(kerneltest.Execute("print once"))
	f.Busy(r)
	f.Input(r, "print once", 1)
	f.Stdout(r, "once\n")
	f.Idle(r)
	kerneltest.ShellReply[wire.ExecuteReply](f, r)
	f.SendShell(r) // the same bytes again
	run(f, "print twice", 2, "twice\n")
}

func TestSubshells(t *testing.T) {
	e, _, f := start(t)
	control := func(c wire.Content) *wire.Message {
		r := f.Control(c)
		f.Busy(r)
		f.Idle(r)
		return r
	}
	id := kerneltest.ControlReply[wire.CreateSubshellReply](f, control(wire.CreateSubshellRequest{})).SubshellID
	if list := kerneltest.ControlReply[wire.ListSubshellReply](f, control(wire.ListSubshellRequest{})).SubshellID; !slices.Equal(list, []string{id}) {
		t.Errorf("subshells are %q; want %q", list, id)
	}
	cell := f.Shell(kerneltest.Execute("hold"))
	f.Busy(cell)
	f.Input(cell, "hold", 1)
	<-e.Started
	// While the main shell runs a cell, the subshell completes.
	r := f.Subshell(id, wire.CompleteRequest{Code: "pri"})
	f.Busy(r)
	f.Idle(r)
	if reply := kerneltest.ShellReply[wire.CompleteReply](f, r); !slices.Equal(reply.Matches, []string{"print"}) {
		t.Errorf("matches are %q", reply.Matches)
	}
	e.Release()
	f.Idle(cell)
	kerneltest.ShellReply[wire.ExecuteReply](f, cell)

	kerneltest.ControlReply[wire.DeleteSubshellReply](f, control(wire.DeleteSubshellRequest{SubshellID: id}))
	if reply := kerneltest.ControlReply[wire.Failure](f, control(wire.DeleteSubshellRequest{SubshellID: id})); reply.EName != "SubshellNotFound" {
		t.Errorf("second delete: %+v", reply)
	}
	lost := f.Subshell(id, wire.KernelInfoRequest{})
	f.Busy(lost)
	f.Idle(lost)
	if reply := kerneltest.ShellReply[wire.Failure](f, lost); reply.EName != "SubshellNotFound" {
		t.Errorf("request to a deleted subshell: %+v", reply)
	}
}
