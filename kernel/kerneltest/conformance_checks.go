package kerneltest

import (
	"context"
	"encoding/json"
	"reprise/kernel/wire"
	"slices"
	"strings"
)

// execute runs a cell and gives what it showed and its reply.
func (f *Frontend) execute(code string) (outputs []*wire.Message, reply *wire.Message) {
	f.t.Helper()
	r := f.Shell(Execute(code))
	outputs = f.UntilIdle(r)
	reply = f.DrainShell()
	f.wantParent(reply, r)
	return outputs, reply
}

// wantOutput runs a cell and gives the first output of that type.
func (f *Frontend) wantOutput(code, msgType string) *wire.Message {
	f.t.Helper()
	outputs, _ := f.execute(code)
	i := slices.IndexFunc(outputs, func(m *wire.Message) bool { return m.Type() == msgType })
	if i < 0 {
		f.t.Fatalf("no %s among %d messages", msgType, len(outputs))
	}
	return outputs[i]
}

func ask[T wire.Content](f *Frontend, c wire.Content) T {
	f.t.Helper()
	r := f.Shell(c)
	f.UntilIdle(r)
	return ShellReply[T](f, r)
}

func checkHeartbeat(f *Frontend, _ Snippets) {
	if f.client.Heartbeat == nil {
		f.t.Log("in memory the sockets have no heartbeat; it is checked over ZeroMQ")
		return
	}
	ctx, cancel := context.WithTimeout(f.ctx, patience)
	defer cancel()
	if err := f.client.Heartbeat.Send(ctx, [][]byte{[]byte("beat")}); err != nil {
		f.t.Fatal(err)
	}
	echo, err := f.client.Heartbeat.Recv(ctx)
	if err != nil || len(echo) != 1 || string(echo[0]) != "beat" {
		f.t.Errorf("heartbeat gave %q, %v; want what was sent", echo, err)
	}
}

func checkKernelInfo(f *Frontend, _ Snippets) {
	if reply := ask[wire.KernelInfoReply](f, wire.KernelInfoRequest{}); reply.Status != wire.OK || reply.Implementation == "" {
		f.t.Errorf("reply is %+v", reply)
	}
}

func checkLanguage(f *Frontend, _ Snippets) {
	l := ask[wire.KernelInfoReply](f, wire.KernelInfoRequest{}).LanguageInfo
	if l.Name == "" || l.Version == "" || l.MIMEType == "" || !strings.HasPrefix(l.FileExtension, ".") {
		f.t.Errorf("language_info is %+v", l)
	}
}

func checkProtocol(f *Frontend, _ Snippets) {
	if v := ask[wire.KernelInfoReply](f, wire.KernelInfoRequest{}).ProtocolVersion; !strings.HasPrefix(v, "5.") {
		f.t.Errorf("protocol_version is %q", v)
	}
}

func checkStream(f *Frontend, code, name, text string) {
	outputs, _ := f.execute(code)
	got := ""
	for _, m := range outputs {
		if s, err := wire.Parse[wire.Stream](m); err == nil && m.Type() == "stream" && s.Name == name {
			got += s.Text
		}
	}
	if got != text {
		f.t.Errorf("%s is %q; want %q", name, got, text)
	}
}

func checkReply(f *Frontend, s Snippets) {
	_, m := f.execute(s.One)
	if reply, err := wire.Parse[wire.ExecuteReply](m); err != nil || reply.Status != wire.OK || reply.ExecutionCount < 1 {
		f.t.Errorf("reply is %+v, %v", reply, err)
	}
}

func checkBusyIdle(f *Frontend, s Snippets) {
	r := f.Shell(Execute(s.One))
	f.UntilIdle(r) // fails unless the first is busy and the last idle
	f.DrainShell()
}

func checkExecuteInput(f *Frontend, s Snippets) {
	outputs, _ := f.execute(s.One)
	if in, err := wire.Parse[wire.ExecuteInput](outputs[0]); err != nil || outputs[0].Type() != "execute_input" || in.Code != s.One {
		f.t.Errorf("after busy comes %s; want execute_input", describe(outputs[0]))
	}
}

func checkComplete(f *Frontend, s Snippets) {
	end := len([]rune(s.Completion))
	reply := ask[wire.CompleteReply](f, wire.CompleteRequest{Code: s.Completion, CursorPos: &end})
	if reply.Status != wire.OK || len(reply.Matches) == 0 || reply.CursorEnd != end {
		f.t.Errorf("reply is %+v", reply)
	}
}

func checkInspect(f *Frontend, s Snippets) {
	end := len([]rune(s.Inspect))
	reply := ask[wire.InspectReply](f, wire.InspectRequest{Code: s.Inspect, CursorPos: &end})
	if reply.Status != wire.OK || !reply.Found || len(reply.Data) == 0 {
		f.t.Errorf("reply is %+v", reply)
	}
}

func checkIsComplete(f *Frontend, code, want string) {
	if reply := ask[wire.IsCompleteReply](f, wire.IsCompleteRequest{Code: code}); reply.Status != want {
		f.t.Errorf("%q is %s; want %s", code, reply.Status, want)
	}
}

func checkHistory(f *Frontend, s Snippets) {
	f.execute(s.One)
	reply := ask[wire.HistoryReply](f, wire.HistoryRequest{HistAccessType: "tail", N: 1})
	if reply.Status != wire.OK || len(reply.History) != 1 || reply.History[0].Source != s.One {
		f.t.Errorf("reply is %+v", reply)
	}
}

func checkCommInfo(f *Frontend, _ Snippets) {
	if reply := ask[wire.CommInfoReply](f, wire.CommInfoRequest{}); reply.Status != wire.OK || reply.Comms == nil {
		f.t.Errorf("reply is %+v", reply)
	}
}

func checkError(f *Frontend, s Snippets) {
	outputs, m := f.execute(s.Error)
	e, err := wire.Parse[wire.ErrorOutput](outputs[len(outputs)-1])
	if err != nil || e.EName == "" || len(e.Traceback) == 0 {
		f.t.Errorf("the cell shows %s; want an error with a traceback", describe(outputs[len(outputs)-1]))
	}
	if reply, err := wire.Parse[wire.ExecuteFailure](m); err != nil || reply.Status != wire.Error || reply.EName != e.EName {
		f.t.Errorf("reply is %+v, %v", reply, err)
	}
}

func checkUpdate(f *Frontend, s Snippets) {
	outputs, _ := f.execute(s.Update)
	ids := map[string]bool{}
	for _, m := range outputs {
		d, _ := wire.Parse[wire.DisplayData](m)
		if m.Type() == "update_display_data" && ids[d.Transient.DisplayID] {
			return
		}
		ids[d.Transient.DisplayID] = d.Transient.DisplayID != ""
	}
	f.t.Error("no display was updated")
}

func checkResult(f *Frontend, s Snippets) {
	r, err := wire.Parse[wire.ExecuteResult](f.wantOutput(s.Sum, "execute_result"))
	if err != nil || r.Data["text/plain"] != "2" {
		f.t.Errorf("value is %+v, %v; want 2", r, err)
	}
}

func checkRich(f *Frontend, s Snippets) {
	d, err := wire.Parse[wire.DisplayData](f.wantOutput(s.Rich, "display_data"))
	if err != nil || d.Data["text/html"] == nil {
		f.t.Errorf("shown is %+v, %v; want HTML", d, err)
	}
}

func checkStdin(f *Frontend, s Snippets) {
	r := f.Shell(Execute(s.Ask))
	if q := f.StdinRequest(r); !strings.Contains(q.Prompt, "Enter:") || q.Password {
		f.t.Errorf("asked %+v", q)
	}
	f.Stdin(wire.InputReply{Value: "line"})
	f.UntilIdle(r)
	f.DrainShell()
}

func checkComms(f *Frontend, _ Snippets) {
	r := f.Shell(wire.CommOpen{CommID: "x", TargetName: "nobody knows this", Data: json.RawMessage("{}")})
	if all := f.UntilIdle(r); len(all) != 1 || all[0].Type() != "comm_close" {
		f.t.Errorf("an unknown target gives %d messages; want comm_close", len(all))
	}
	if reply := ask[wire.CommInfoReply](f, wire.CommInfoRequest{}); reply.Comms["x"].TargetName != "" {
		f.t.Error("the comm is open")
	}
}

func checkInterrupt(f *Frontend, s Snippets) {
	r := f.Shell(Execute(s.Long))
	f.Busy(r)
	f.NextIOPub() // execute_input: from here on the cell may be interrupted
	stop := f.Control(wire.InterruptRequest{})
	if reply := ControlReply[wire.InterruptReply](f, stop); reply.Status != wire.OK {
		f.t.Errorf("reply is %+v", reply)
	}
	if reply := ShellReply[wire.ExecuteFailure](f, r); reply.Status != wire.Error {
		f.t.Errorf("the cell's reply is %+v", reply)
	}
	f.UntilIdles(r, stop)
}

func checkCount(f *Frontend, s Snippets) {
	var counts [2]int
	for i := range counts {
		_, m := f.execute(s.One)
		reply, err := wire.Parse[wire.ExecuteReply](m)
		if err != nil {
			f.t.Fatal(err)
		}
		counts[i] = reply.ExecutionCount
	}
	if counts[1] != counts[0]+1 {
		f.t.Errorf("execution counts are %v", counts)
	}
}

func checkParents(f *Frontend, s Snippets) {
	for _, code := range []string{s.Hello, s.Sum, s.Error, s.Rich} {
		f.execute(code) // fails for a message that is not the request's child
	}
}

func checkShutdown(f *Frontend) {
	r := f.Control(wire.ShutdownRequest{})
	if reply := ControlReply[wire.ShutdownReply](f, r); reply.Status != wire.OK || reply.Restart {
		f.t.Errorf("reply is %+v", reply)
	}
	f.UntilIdles(r)
}
