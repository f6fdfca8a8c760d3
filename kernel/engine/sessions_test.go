package engine_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/modules/proxytest"
	"reprise/kernel/symbols"
	"reprise/nnlib"
	"reprise/nnlib/rng"
)

var update = flag.Bool("update", false, "rewrite the expectations of testdata/cells")

// A session is a txtar file: sections "cell", each followed by what it must give:
// "stdout", "stderr", "result" (text/plain) and "fault". What is not listed must be empty.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/cells/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions in testdata/cells: %v", err)
	}
	proxytest.Serve(t, "../modules/testdata")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, t.TempDir()) // files of a fixed name: another run of the test may be at work beside this one
	}
	cells := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			cells += runSession(t, file)
		})
	}
	t.Logf("%d sessions, %d cells", len(files), cells)
}

func newEngine(t testing.TB) *engine.Engine {
	t.Helper()
	e, err := engine.New(engine.Config{Root: rng.Root(1), Exports: symbols.Exports(), Packages: symbols.NewImporter()})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func runSession(t *testing.T, file string) int {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ar := txtar.Parse(data)
	e := newEngine(t)
	nnlib.Attach(e.Root(), e.Progress, e.Poll)
	nnlib.Interpret(nnlib.Interpreter{As: e.As, TypeName: e.TypeName})
	got := &txtar.Archive{Comment: ar.Comment}
	n := 0
	for _, f := range ar.Files {
		if f.Name != "cell" {
			continue
		}
		n++
		got.Files = append(got.Files, f)
		got.Files = append(got.Files, runCell(t, e, n, string(f.Data))...)
	}
	if n == 0 {
		t.Fatalf("%s: no cells", file)
	}
	text := txtar.Format(got)
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if string(text) != string(data) {
		t.Errorf("%s:\n%s", file, difference(string(data), string(text)))
	}
	return n
}

// runCell runs one cell and writes what it gave as sections.
func runCell(t *testing.T, e *engine.Engine, n int, src string) []txtar.File {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out := &recorder{}
	o, err := e.Run(ctx, engine.Cell{Name: fmt.Sprintf("cell [%d]", n), Source: strings.TrimSuffix(src, "\n")}, out)
	var files []txtar.File
	add := func(name, text string) {
		if text != "" {
			if !strings.HasSuffix(text, "\n") {
				text += "\n"
			}
			files = append(files, txtar.File{Name: name, Data: []byte(text)})
		}
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	add("stdout", out.stdout.String())
	add("stderr", out.stderr.String())
	if o.Value != nil {
		text, _ := o.Value.Data[display.Text].(string)
		add("result", text+"\n")
	}
	var f *engine.Fault
	switch {
	case errors.As(err, &f):
		add("fault", faultText(f))
	case err != nil:
		t.Errorf("cell %d: %v", n, err)
	}
	return files
}

func faultText(f *engine.Fault) string {
	lines := []string{f.Name + ": " + f.Message}
	for _, p := range f.Places {
		line := fmt.Sprintf("%s:%d:%d", p.Cell, p.Line, p.Column)
		if p.Message != "" {
			line += ": " + p.Message
		}
		lines = append(lines, line)
	}
	for _, n := range f.Notes {
		lines = append(lines, "note: "+n)
	}
	return strings.Join(lines, "\n")
}

// difference shows the first lines that are not the same.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := "<end>", "<end>"
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d:\n want %q\n got  %q\nall of it:\n%s", i+1, a, b, got)
		}
	}
	return ""
}

// A recorder is an Output that keeps everything.
type recorder struct {
	mu             sync.Mutex
	stdout, stderr strings.Builder
	both           bool // stdout takes both
	input          []string
}

func (r *recorder) Stream(name, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if name == engine.Stderr && !r.both {
		r.stderr.WriteString(text)
		return
	}
	r.stdout.WriteString(text)
}

func (r *recorder) Display(b display.Bundle, id string, update bool) {
	text, _ := b.Data[display.Text].(string)
	r.Stream(engine.Stdout, "[display "+id+"] "+text+"\n")
}
func (r *recorder) Clear(wait bool)                        {}
func (r *recorder) Progress(line string)                   {}
func (r *recorder) Page(b display.Bundle)                  {}
func (r *recorder) SetNextInput(text string, replace bool) {}
func (r *recorder) Input(ctx context.Context, prompt string, password bool) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.input) == 0 {
		return "", engine.ErrNoInput
	}
	line := r.input[0]
	r.input = r.input[1:]
	return line, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func itoa(n int) string { return strconv.Itoa(n) }
