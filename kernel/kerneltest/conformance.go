package kerneltest

import (
	"testing"
)

// Snippets are cells in the language of the kernel under test.
type Snippets struct {
	Hello, Warn         string // write "hello" on stdout, "warn" on stderr
	One                 string // a cell that ends well
	Sum                 string // has the value 2
	Error               string
	Display, Update     string // show something; show something with an id, then update it
	Rich                string // shows something that has HTML too
	Ask                 string // asks "Enter:" for a line
	Long                string // runs until it is interrupted
	Complete, Begun     string // can be run; cannot yet
	Completion, Inspect string // have something to complete or to tell at the end
}

// EchoSnippets are in the language of Echo.
var EchoSnippets = Snippets{
	Hello: "print hello", Warn: "warn warn", One: "print 1", Sum: "value 2", Error: "fail x",
	Display: "show  x", Update: "show d x\nupdate d y", Rich: "html <b>x</b>", Ask: "ask Enter:", Long: "wait",
	Complete: "print 1", Begun: `print \`, Completion: "pri", Inspect: "print",
}

// Conformance runs the checks of github.com/runtimed/kernel-testbed, in its
// four tiers, against a kernel that connect makes a client of. Each check has
// a client of its own; the last one ends the kernel.
func Conformance(t *testing.T, connect func(*testing.T) *Frontend, s Snippets) {
	passed := 0
	count := func(ok bool) {
		if ok {
			passed++
		}
	}
	for _, tier := range tiers {
		t.Run(tier.name, func(t *testing.T) {
			for _, c := range tier.checks {
				count(t.Run(c.name, func(t *testing.T) { c.run(connect(t), s) }))
			}
		})
	}
	count(t.Run("shutdown", func(t *testing.T) { checkShutdown(connect(t)) }))
	if !t.Failed() && passed != checks {
		t.Errorf("%d checks passed; want %d", passed, checks)
	}
}

// checks is how many there are: a table that loses one fails.
const checks = 27

type check struct {
	name string
	run  func(*Frontend, Snippets)
}

var tiers = []struct {
	name   string
	checks []check
}{
	{"basic", []check{
		{"heartbeat", checkHeartbeat},
		{"iopub_welcome", func(*Frontend, Snippets) {}}, // NewFrontend has seen it, or has failed
		{"kernel_info", checkKernelInfo},
		{"kernel_info language", checkLanguage},
		{"kernel_info protocol", checkProtocol},
		{"stdout", func(f *Frontend, s Snippets) { checkStream(f, s.Hello, "stdout", "hello\n") }},
		{"stderr", func(f *Frontend, s Snippets) { checkStream(f, s.Warn, "stderr", "warn\n") }},
		{"reply ok", checkReply},
		{"busy then idle", checkBusyIdle},
		{"execute_input", checkExecuteInput},
	}},
	{"interactive", []check{
		{"complete", checkComplete},
		{"inspect", checkInspect},
		{"is_complete complete", func(f *Frontend, s Snippets) { checkIsComplete(f, s.Complete, "complete") }},
		{"is_complete incomplete", func(f *Frontend, s Snippets) { checkIsComplete(f, s.Begun, "incomplete") }},
		{"history", checkHistory},
		{"comm_info", checkCommInfo},
		{"error", checkError},
	}},
	{"rich output", []check{
		{"display_data", func(f *Frontend, s Snippets) { f.wantOutput(s.Display, "display_data") }},
		{"update_display_data", checkUpdate},
		{"execute_result", checkResult},
		{"rich output", checkRich},
	}},
	{"advanced", []check{
		{"stdin", checkStdin},
		{"comms", checkComms},
		{"interrupt", checkInterrupt},
		{"execution_count", checkCount},
		{"parent_header", checkParents},
	}},
}
