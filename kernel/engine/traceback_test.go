package engine_test

import (
	"strings"
	"testing"

	"reprise/kernel/engine"
)

func TestTraceback(t *testing.T) {
	f := &engine.Fault{
		Name: "CompileError", Message: "undefined: fooo",
		Places: []engine.Place{{Cell: "cell [3]", Line: 12, Column: 10, Text: "\té := 2 + fooo", Func: "main"}, {Cell: "cell [1]", Line: 1}},
		Notes:  []string{"did you mean foo?"},
	}
	want := strings.Join([]string{
		"\x1b[1;31mCompileError\x1b[0m: undefined: fooo",
		"\x1b[36mcell [3], line 12, column 10\x1b[0m, in main",
		"   12 | \té := 2 + fooo",
		"      | \t       \x1b[1;31m^\x1b[0m",
		"\x1b[36mcell [1], line 1\x1b[0m",
		"\x1b[36mnote\x1b[0m: did you mean foo?",
	}, "\n")
	if got := strings.Join(f.Traceback(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := f.Error(); got != "cell [3], line 12, column 10: CompileError: undefined: fooo" {
		t.Errorf("one line: %s", got)
	}
}
