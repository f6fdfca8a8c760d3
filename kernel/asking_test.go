package kernel_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"reprise/kernel"
	"reprise/kernel/display"
	"reprise/kernel/kerneltest"
	"reprise/kernel/wire"
)

// ask sends a shell request that shows nothing and gives its reply.
func ask[T wire.Content](f *kerneltest.Frontend, c wire.Content) T {
	r := f.Shell(c)
	f.Busy(r)
	f.Idle(r)
	return kerneltest.ShellReply[T](f, r)
}

// Positions are code points outside and bytes inside.
func TestComplete(t *testing.T) {
	_, _, f := start(t)
	code := "print 👩‍👧\npr"
	end := len([]rune(code))
	reply := ask[wire.CompleteReply](f, wire.CompleteRequest{Code: code, CursorPos: &end})
	if !slices.Equal(reply.Matches, []string{"print", "progress"}) || reply.CursorStart != end-2 || reply.CursorEnd != end {
		t.Errorf("reply is %+v", reply)
	}
	types, _ := json.Marshal(reply.Metadata[wire.CompletionTypes])
	if want := `{"end":12,"signature":"TEXT","start":10,"text":"print","type":"keyword"}`; !bytes.Contains(types, []byte(want)) {
		t.Errorf("types are %s; want %s", types, want)
	}
	for _, pos := range []int{-1, 0, 5, 99, 1 << 40} { // anywhere: an answer
		reply := ask[wire.CompleteReply](f, wire.CompleteRequest{Code: "xyz", CursorPos: &pos})
		if reply.Status != wire.OK || reply.Matches == nil {
			t.Errorf("at %d: %+v", pos, reply)
		}
	}
	if reply := ask[wire.CompleteReply](f, wire.CompleteRequest{Code: "xyz"}); reply.Status != wire.OK || len(reply.Matches) != 0 {
		t.Errorf("nothing fits: %+v", reply)
	}
}

func TestInspect(t *testing.T) {
	_, _, f := start(t)
	brief := ask[wire.InspectReply](f, wire.InspectRequest{Code: "print"})
	full := ask[wire.InspectReply](f, wire.InspectRequest{Code: "print", DetailLevel: 1})
	if !brief.Found || !full.Found || len(full.Data[display.Text].(string)) <= len(brief.Data[display.Text].(string)) {
		t.Errorf("got %+v and %+v", brief, full)
	}
	if none := ask[wire.InspectReply](f, wire.InspectRequest{Code: "xyz"}); none.Status != wire.OK || none.Found || none.Data == nil {
		t.Errorf("nothing known: %+v", none)
	}
}

func TestIsComplete(t *testing.T) {
	_, _, f := start(t)
	for code, want := range map[string]string{"print a": "complete", `print \`: "incomplete", "!": "invalid"} {
		reply := ask[wire.IsCompleteReply](f, wire.IsCompleteRequest{Code: code})
		if reply.Status != want || (reply.Indent != nil) != (want == "incomplete") {
			t.Errorf("%q: %+v; want %s", code, reply, want)
		}
	}
}

func TestKernelInfo(t *testing.T) {
	info := kernel.Info{Version: "1.2", GoVersion: "1.26.8", Banner: "hello", HelpLinks: []wire.HelpLink{{Text: "Go", URL: "https://go.dev"}}}
	f := kerneltest.Start(t, kerneltest.NewEcho(), kernel.Options{Info: info}).Frontend()
	reply := ask[wire.KernelInfoReply](f, wire.KernelInfoRequest{})
	want := wire.LanguageInfo{Name: "go", Version: "1.26.8", MIMEType: "text/x-go", FileExtension: ".go", PygmentsLexer: "go", CodeMirrorMode: "go", NBConvertExporter: "script"}
	if reply.LanguageInfo != want || reply.Implementation != "reprise" || reply.ImplementationVersion != "1.2" || reply.Banner != "hello" || len(reply.HelpLinks) != 1 {
		t.Errorf("reply is %+v", reply)
	}
}

func TestComms(t *testing.T) {
	_, _, f := start(t)
	data := json.RawMessage(`{"n":1}`)
	open := f.Message(wire.CommOpen{CommID: "c1", TargetName: "echo", Data: data})
	open.Buffers = [][]byte{{0, 255}, {}}
	f.SendShell(open)
	f.Busy(open)
	echo := f.NextIOPub()
	if m, err := wire.Parse[wire.CommMsg](echo); err != nil || m.CommID != "c1" || string(m.Data) != string(data) {
		t.Errorf("echo is %+v, %v", m, err)
	}
	if !slices.EqualFunc(echo.Buffers, open.Buffers, bytes.Equal) {
		t.Errorf("buffers are %q", echo.Buffers)
	}
	f.Idle(open)
	for target, want := range map[string]int{"": 1, "echo": 1, "other": 0} {
		if got := ask[wire.CommInfoReply](f, wire.CommInfoRequest{TargetName: target}); len(got.Comms) != want {
			t.Errorf("comms of target %q are %v; want %d", target, got.Comms, want)
		}
	}
	said := f.Shell(wire.CommMsg{CommID: "c1", Data: data})
	f.Busy(said)
	f.IOPub(said, wire.CommMsg{CommID: "c1", Data: data})
	f.Idle(said)
	closed := f.Shell(wire.CommClose{CommID: "c1", Data: data})
	f.Busy(closed)
	f.Idle(closed)
	if got := ask[wire.CommInfoReply](f, wire.CommInfoRequest{}); len(got.Comms) != 0 {
		t.Errorf("after comm_close there is %v", got.Comms)
	}
	unknown := f.Shell(wire.CommOpen{CommID: "c2", TargetName: "nobody", Data: data})
	f.Busy(unknown)
	f.IOPub(unknown, wire.CommClose{CommID: "c2", Data: json.RawMessage("{}")})
	f.Idle(unknown)
}
