package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"reprise/notebooks/nb"
)

// program is the built binary: these tests see what a person sees.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "reprise-test-")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "reprise")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// An outcome is how a run of the program ended.
type outcome struct {
	code           int
	stdout, stderr string
}

// deadline is for a program that hangs.
const deadline = 2 * time.Minute

func reprise(t *testing.T, folder string, args ...string) outcome {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	c.Dir, c.WaitDelay = folder, deadline
	timer := time.AfterFunc(deadline, func() { c.Process.Kill() })
	defer timer.Stop()
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	o := outcome{c.ProcessState.ExitCode(), stdout.String(), stderr.String()}
	for _, trace := range []string{"goroutine ", "Usage:", "\x1b"} {
		if strings.Contains(o.stderr, trace) {
			t.Errorf("%q shows %q:\n%s", args, trace, o.stderr)
		}
	}
	return o
}

// refuses wants the program to do nothing with these arguments but say why, in one line.
func refuses(t *testing.T, folder, args, why string) {
	t.Helper()
	o := reprise(t, folder, strings.Fields(args)...)
	o.want(t, 2, why)
	if strings.Count(o.stderr, "\n") != 1 || !strings.HasPrefix(o.stderr, "reprise: ") || o.stdout != "" {
		t.Errorf("%s: want one line, got\n%s%s", args, o.stdout, o.stderr)
	}
}

func (o outcome) want(t *testing.T, code int, words ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit code %d, want %d\n%s\n%s", o.code, code, o.stdout, o.stderr)
	}
	for _, w := range words {
		if !strings.Contains(o.stdout+o.stderr, w) {
			t.Errorf("lacks %q:\n%s\n%s", w, o.stdout, o.stderr)
		}
	}
}

// notebook writes a notebook of code cells to a new folder and returns the folder.
func notebook(t *testing.T, sources ...string) string {
	t.Helper()
	n := &nb.Notebook{Minor: 5, Metadata: map[string]any{}}
	for i, s := range sources {
		n.Cells = append(n.Cells, &nb.Cell{Type: nb.Code, ID: fmt.Sprintf("c%d", i), Source: s, Metadata: map[string]any{}})
	}
	folder := t.TempDir()
	if err := n.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	return folder
}

func read(t *testing.T, path ...string) *nb.Notebook {
	t.Helper()
	n, err := nb.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func bytesOf(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const greeting = `import "strings"

type word string

func (w word) loud() string { return strings.ToUpper(string(w)) + "!" }

x := 6
fmt.Println(word("hello").loud())`

func TestRun(t *testing.T) {
	folder := notebook(t, greeting, "x * 7", "func double(n int) int { return 2 * n }", "double(x)\n")
	reprise(t, folder, "run", "x.ipynb").want(t, 0, "cell 4/4  ok", "wrote x.ipynb\nwrote x.html\n")
	n := read(t, folder, "x.ipynb")
	if out := n.Cells[0].Outputs; len(out) != 1 || out[0].Text != "HELLO!\n" {
		t.Errorf("first cell shows %+v", out)
	}
	for i, want := range map[int]string{1: "42", 3: "12"} {
		if out := n.Cells[i].Outputs; len(out) != 1 || out[0].Data["text/plain"] != want || *out[0].Count != i+1 {
			t.Errorf("cell %d shows %+v, want %s", i, out, want)
		}
	}
	if l, ok := n.Metadata["language_info"].(map[string]any); !ok || l["name"] != "go" {
		t.Errorf("metadata %v", n.Metadata)
	}
	if !strings.Contains(bytesOf(t, folder, "x.html"), "HELLO!") {
		t.Error("the report lacks the output")
	}
}

func TestValuesShowThemselves(t *testing.T) {
	folder := notebook(t, "type bold string\nfunc (b bold) HTML() string { return \"<b>\" + string(b) + \"</b>\" }\nbold(\"x\")",
		"dataframe.FromSlice([]float64{0.5})", "p := plot.New()\np.Title.Text = \"loss\"\np", "[]string{\"a\"}", "display.Show(bold(\"y\"))")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	for i, want := range map[int]string{0: "<b>x</b>", 1: "<table", 4: "<b>y</b>"} {
		out := read(t, folder, "x.ipynb").Cells[i].Outputs
		if text, _ := out[0].Data["text/html"].(string); len(out) != 1 || !strings.Contains(text, want) {
			t.Errorf("cell %d shows %+v, want %s", i+1, out[0].Data, want)
		}
	}
	cells := read(t, folder, "x.ipynb").Cells
	if out := cells[2].Outputs; len(out) != 1 || out[0].Data["image/png"] == nil && out[0].Data["image/svg+xml"] == nil {
		t.Errorf("the plot shows %+v", out)
	}
	if out := cells[3].Outputs; len(out) != 1 || len(out[0].Data) != 1 || out[0].Data["text/plain"] != "[\"a\"]" && out[0].Data["text/plain"] != "[a]" {
		t.Errorf("the slice shows %+v", out[0].Data)
	}
	page := bytesOf(t, folder, "x.html")
	if !strings.Contains(page, "<b>x</b>") || !strings.Contains(page, "<figure id=\"figure-1\">") {
		t.Error("the report lacks the values")
	}
}

func TestSecondRunIsTheSame(t *testing.T) {
	folder := notebook(t, "rand.Float64()", "m := map[string]int{\"a\": 1, \"b\": 2}\nm", "time.Now().IsZero()", "for range 3 { go func() {}() }")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	first, page := bytesOf(t, folder, "x.ipynb"), bytesOf(t, folder, "x.html")
	reprise(t, folder, "run", "x.ipynb", "--report", "y.html").want(t, 0)
	if bytesOf(t, folder, "x.ipynb") != first {
		t.Errorf("the second run wrote\n%s\nthe first\n%s", bytesOf(t, folder, "x.ipynb"), first)
	}
	reprise(t, folder, "report", "x.ipynb").want(t, 0, "wrote x.html")
	if bytesOf(t, folder, "x.html") != page {
		t.Error("the report of the same notebook differs")
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "4 cells in 1 runs: 4 same")
}

func TestVerify(t *testing.T) {
	folder := notebook(t, "x := 0.5\nx", "fmt.Println(\"loss\", x)")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	reprise(t, folder, "verify", "x.html", "--threads", "1,2", "--cpu", "both").want(t, 0, "2 cells in 4 runs: 8 same", "2 threads, plain CPU")
	n := read(t, folder, "x.ipynb")
	n.Cells[1].Outputs[0].Text = "loss 0.25\n"
	if err := n.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "[2]   differs", "- loss 0.25\n+ loss 0.5\n", "ULP", "1 same, 1 differs")
}

func TestParameters(t *testing.T) {
	folder := notebook(t, "lr, name := 0.5, \"adam\"", "fmt.Println(lr, name)")
	n := read(t, folder, "x.ipynb")
	n.Cells[0].Metadata["tags"] = []any{"parameters"}
	if err := n.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	before := bytesOf(t, folder, "x.ipynb")
	reprise(t, folder, "run", "x.ipynb", "-p", "lr=1", "-p", "name=sgd", "-o", "y.ipynb").want(t, 0, "wrote y.ipynb\nwrote y.html")
	if out := read(t, folder, "y.ipynb").Cells[2].Outputs; len(out) != 1 || out[0].Text != "1 sgd\n" {
		t.Errorf("shows %+v", out)
	}
	if bytesOf(t, folder, "x.ipynb") != before {
		t.Error("the notebook itself changed")
	}
	reprise(t, folder, "run", "x.ipynb", "-p", "lr=1").want(t, 2, "-o")
	reprise(t, folder, "run", "x.ipynb", "-p", "lr=fast", "-o", "y.ipynb").want(t, 2, `lr is of type float64, which "fast" is not`)
}

// A notebook that somebody saved meanwhile is not overwritten.
func TestNotebookChangedWhileItRan(t *testing.T) {
	folder := notebook(t, "os.WriteFile(\"x.ipynb\", []byte(\"saved by another\"), 0o600)", "fmt.Println(\"done\")")
	reprise(t, folder, "run", "x.ipynb").want(t, 0, "x.ipynb was changed by another program", "wrote x.executed.ipynb\nwrote x.executed.html\n")
	if got := bytesOf(t, folder, "x.ipynb"); got != "saved by another" {
		t.Errorf("the other's file is now %q", got)
	}
	if out := read(t, folder, "x.executed.ipynb").Cells[1].Outputs; len(out) != 1 || out[0].Text != "done\n" {
		t.Errorf("shows %+v", out)
	}
}

func TestFailingCells(t *testing.T) {
	for _, c := range []struct {
		name, source string
		words        []string
	}{
		{"parse", "x := 1\ny := = 2", []string{"cell [2], line 2, column 6"}},
		{"type", "var n int\nn = \"text\"", []string{"cell [2], line 2, column 5", "CompileError"}},
		{"panic", "a := []int{1}\ni := 5\nfmt.Println(\"so far\")\na[i]", []string{"cell [2], line 4", "index out of range"}},
		{"shape", "m := nnlib.NewSequential()\nm.Add(&nnlib.Dense{Units: 2, InputDim: 3})\nm.Compile(nnlib.Compile{Loss: \"mse\", Optimizer: \"adam\"})\nm.Predict(nnlib.NewTensor(4, 5))", []string{"cell [2], line 4", "samples of shape [5], the model wants samples of shape [3]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			folder := notebook(t, "fmt.Println(\"first\")", c.source, "fmt.Println(\"never\")")
			o := reprise(t, folder, "run", "x.ipynb")
			o.want(t, 1, append(c.words, "2 of 3 cells were run", "wrote x.ipynb\nwrote x.html\n")...)
			if last := strings.Split(strings.TrimSpace(o.stderr), "\n"); !strings.HasPrefix(last[len(last)-1], "reprise: ") {
				t.Errorf("the last line is %q", last[len(last)-1])
			}
			n := read(t, folder, "x.ipynb")
			out := n.Cells[1].Outputs
			if len(n.Cells[0].Outputs) != 1 || len(out) == 0 || out[len(out)-1].Type != nb.Error || len(n.Cells[2].Outputs) != 0 {
				t.Errorf("wrote %+v", n.Cells)
			}
			reprise(t, folder, "run", "x.ipynb", "--allow-errors").want(t, 0, "cell 3/3  ok")
		})
	}
}

func TestTimeoutWritesWhatWasExecuted(t *testing.T) {
	folder := notebook(t, "fmt.Println(\"first\")", "for {\n}")
	o := reprise(t, folder, "run", "x.ipynb", "--timeout", "1s")
	o.want(t, 1, "the cell ran longer than 1s; raise --timeout")
	if strings.Contains(o.stderr, "cell [1], line") {
		t.Errorf("the place is in another cell:\n%s", o.stderr)
	}
	n := read(t, folder, "x.ipynb")
	if out := n.Cells[1].Outputs; len(n.Cells[0].Outputs) != 1 || len(out) != 1 || out[0].EName != "Timeout" {
		t.Errorf("wrote %+v", out)
	}
}

func TestBadInput(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"text.ipynb": "hello", "old.ipynb": `{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}`, "cut.ipynb": "{\n \"cells\": [{\"ce",
		"python.ipynb": `{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3", "language": "python"}}, "cells": []}`,
		"empty.ipynb":  "", "page.html": "<html></html>", "cells.ipynb": `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{"run none.ipynb", "none.ipynb: no such file"},
		{"run text.ipynb", "text.ipynb: not JSON: line 1, column 1: found 'h', want a value"},
		{"run empty.ipynb", "empty.ipynb: not JSON: line 1, column 1: the file is empty"},
		{"run cut.ipynb", "cut.ipynb: not JSON: line 2, column 16: the file ends too early"},
		{"run old.ipynb", "old.ipynb: nbformat 3.0: convert it with `jupyter nbconvert --to notebook`"},
		{"run python.ipynb", "python.ipynb: its cells are python, not Go"},
		{"verify python.ipynb", "python.ipynb: its cells are python, not Go"},
		{"report old.ipynb", "old.ipynb: nbformat 3.0"},
		{"verify text.ipynb", "text.ipynb: not JSON"},
		{"verify page.html", "page.html: no notebook inside"},
		{"report cells.ipynb -o x.doc", "x.doc: want a name that ends in .html, .md or .pdf"},
		{"report cells.ipynb -o none/x.html", "none/x.html: cannot be written: there is no directory none"},
		{"verify cells.ipynb --cpu fast", "--cpu fast: want native, plain or both"},
		{"verify cells.ipynb --order up", "--order up: want top or saved"},
		{"verify cells.ipynb --runs 0", "--runs 0"},
		{"verify cells.ipynb --threads 0", "--threads 0"},
		{"run", "run wants one notebook, got 0 arguments"},
		{"run a b", "got 2 arguments"},
		{"run --nosuch", "unknown flag: --nosuch; see `reprise run --help`"},
		{"nosuch", "unknown command \"nosuch\""},
		{"kernel none.json", "none.json"},
		{"kernel", "kernel wants one connection file"},
		{"lab a b", "lab wants one notebook, got 2"},
		{"lab none.ipynb", "none.ipynb"},
		{"install --name Bad/Name", "bad kernel name"},
		{"uninstall --prefix " + folder, "no kernel is installed"},
		{"install --user --sys-prefix", "[sys-prefix user] were all set"},
		{"engine", "only the kernel starts this"},
		{"worker", "worker wants --join URL"},
		{"worker --join nats://127.0.0.1:1 --ca none.pem", "none.pem"},
		{"worker --join nats://127.0.0.1:1 --cert none.pem --key none.key", "certificate and key: open none.pem"},
		{"worker --join http://127.0.0.1:1 --idle 1ms", "http://127.0.0.1:1"},
	} {
		refuses(t, folder, c.args, c.want)
	}
	reprise(t, folder, "run", "cells.ipynb").want(t, 0, "wrote cells.html")
}

func TestInstall(t *testing.T) {
	folder := t.TempDir()
	spec := filepath.Join(folder, "share", "jupyter", "kernels", "reprise")
	for range 2 {
		reprise(t, folder, "install", "--prefix", folder).want(t, 0, "installed "+spec)
	}
	var kernel struct{ Argv []string }
	if err := json.Unmarshal([]byte(bytesOf(t, spec, "kernel.json")), &kernel); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), kernel.Argv[0], "version").Output(); err != nil || !strings.HasPrefix(string(out), "reprise ") {
		t.Errorf("the installed copy says %q, %v", out, err)
	}
	reprise(t, folder, "uninstall", "--prefix", folder).want(t, 0, "removed "+spec)
	if _, err := os.Stat(spec); !os.IsNotExist(err) {
		t.Errorf("left behind: %v", err)
	}
}

func TestHelpNamesEveryVerb(t *testing.T) {
	o := stdout(t, "--help")
	for _, verb := range []string{"run", "verify", "diff", "report", "lock", "lab", "install", "uninstall", "kernel", "version"} {
		if !strings.Contains(o, "\n  "+verb+" ") {
			t.Errorf("help lacks %s:\n%s", verb, o)
		}
		if help := stdout(t, verb, "--help"); !strings.Contains(help, "Examples:\n  reprise "+verb) {
			t.Errorf("%s has no example:\n%s", verb, help)
		}
	}
	if got := stdout(t, "version"); !strings.Contains(got, runtime.Version()) || !strings.Contains(got, "gonum.org/v1/gonum v0.17.0") {
		t.Errorf("version: %s", got)
	}
}

// stdout is the standard output of a call that succeeds.
func stdout(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
