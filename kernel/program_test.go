package kernel_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"reprise/kernel/kerneltest"
)

// scratch holds the built program while the tests run.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "kernel-test-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValues(func() (string, error) {
	program := filepath.Join(scratch, "reprise.exe") // a name that every system takes for a program's
	if out, err := exec.Command("go", "build", "-o", program, "reprise").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return program, nil
})

// launch starts the whole program, with its worker, as a Jupyter client does.
func launch(t *testing.T) *kerneltest.Program {
	t.Helper()
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return kerneltest.Launch(t, program, "kernel", "{connection_file}")
}

// goSnippets are in the language of the program, with the calls of GoNB.
var goSnippets = kerneltest.Snippets{
	Hello: `fmt.Println("hello")`, Warn: `fmt.Fprintln(os.Stderr, "warn")`, One: "x := 1", Sum: "1 + 1",
	Error:   `panic("on purpose")`,
	Display: "import \"github.com/janpfeifer/gonb/gonbui\"\ngonbui.DisplayMarkdown(\"*x*\")",
	Update:  "import \"github.com/janpfeifer/gonb/gonbui\"\nid := gonbui.UniqueId()\ngonbui.UpdateHtml(id, \"a\")\ngonbui.UpdateHtml(id, \"b\")",
	Rich:    "import \"github.com/janpfeifer/gonb/gonbui\"\ngonbui.DisplayHtml(\"<b>x</b>\")",
	Ask:     "import \"github.com/janpfeifer/gonb/gonbui\"\ngonbui.RequestInput(\"Enter:\", false)",
	Long:    "time.Sleep(time.Hour)", Complete: "x := 1", Begun: "func f() {",
	Completion: "strings.HasP", Inspect: "fmt.Println",
}

// The checks of kernel-testbed against the program itself, over TCP and with another's ZeroMQ library.
func TestConformanceOfTheProgram(t *testing.T) {
	p := launch(t)
	kerneltest.Conformance(t, func(t *testing.T) *kerneltest.Frontend { return p.Frontend(t) }, goSnippets)
	if code := p.WaitExit(); code != 0 {
		t.Errorf("after shutdown the program ended with %d; want 0", code)
	}
}

// Quarto's options are comments to Go, and do not hide a cell's value.
func TestQuartoOptions(t *testing.T) {
	f := launch(t).Frontend(t)
	for _, code := range []string{"//| echo: false\n1 + 1", "//| label: fig-a\n//| fig-cap: \"A: b\"\n\n1 + 1"} {
		if got := value(t, f, code); got != "2" {
			t.Errorf("%q gives %q; want 2", code, got)
		}
	}
}
