package engine_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"reprise/kernel/engine"
	"reprise/kernel/ledger"
)

// book runs cells that have ids, as a front end does.
type book struct {
	t *testing.T
	e *engine.Engine
	n int
}

func (b *book) run(id, src string) (ledger.Facts, string) {
	b.t.Helper()
	b.n++
	out := &recorder{}
	o, err := b.e.Run(context.Background(), engine.Cell{Name: fmt.Sprintf("cell [%d]", b.n), ID: id, Source: src}, out)
	if err != nil {
		b.t.Fatalf("%s: %v", src, err)
	}
	return o.Facts, out.stdout.String()
}

func TestFactsOfFiles(t *testing.T) {
	b := &book{t: t, e: newEngine(t)}
	path := filepath.Join(t.TempDir(), "data.csv")
	os.WriteFile(path, []byte("x\n1\n"), 0o644)
	read := fmt.Sprintf("df, err := dataframe.ReadCSVFile(%q)", path)
	f, said := b.run("a", read)
	want := []ledger.File{{Path: path, Hash: ledger.Digest("x\n1\n"), Mode: ledger.ForReading}}
	if !reflect.DeepEqual(f.Files, want) || said != "" || len(f.Notes) > 0 {
		t.Errorf("files %v, said %q", f.Files, said)
	}
	os.WriteFile(path, []byte("x\n22\n"), 0o644)
	if f, said := b.run("b", read); len(f.Notes) != 1 || f.Notes[0].Kind != ledger.Changed || !strings.Contains(said, "line 1: "+path+" has changed since it was read last") {
		t.Errorf("a changed file: %v, said %q", f.Notes, said)
	}
	f, _ = b.run("c", fmt.Sprintf("os.WriteFile(%q, []byte(\"y\"), 0o644)", path))
	if want := []ledger.File{{Path: path, Mode: ledger.ForWriting}}; !reflect.DeepEqual(f.Files, want) {
		t.Errorf("a written file: %v", f.Files)
	}
	if f, said := b.run("d", fmt.Sprintf("text, err := os.ReadFile(%q)", path)); len(f.Notes) > 0 || said != "" {
		t.Errorf("what a cell wrote itself: %v, said %q", f.Notes, said)
	}
	if f, _ := b.run("e", `_, err = os.Open("nowhere.csv")`); len(f.Files) != 1 || f.Files[0].Hash != "" {
		t.Errorf("a file that is not there: %v", f.Files)
	}
}

// Two runs have one ledger, whatever the clocks of the file system say of what a library wrote: what
// is told of counts as the cell's own, and the rest by its content.
func TestFactsOfFilesDoNotTellTheTime(t *testing.T) {
	t.Chdir(t.TempDir())
	cells := []string{
		"import \"gonum.org/v1/plot\"\nimport \"time\"\np := plot.New()\nfunc date(name string) { when := time.Unix(WHEN, 0); if err := os.Chtimes(name, when, when); err != nil { panic(err) } }",
		`p.Save(72, 72, "p.svg"); date("p.svg"); a, err := os.ReadFile("p.svg")`, // a method: nobody tells of it
		`a, err = os.ReadFile("p.svg")`,
		`os.WriteFile("own.txt", []byte("x"), 0o644); date("own.txt"); a, err = os.ReadFile("own.txt")`,
		`os.Rename("own.txt", "moved.txt"); os.Rename("p.svg", "p2.svg"); a, err = os.ReadFile("moved.txt")`,
		`a, err = os.ReadFile("p2.svg")`,
	}
	run := func(when int64) (list [][]ledger.File) {
		b := &book{t: t, e: newEngine(t)}
		for i, src := range cells {
			f, said := b.run(fmt.Sprint(i), strings.ReplaceAll(src, "WHEN", fmt.Sprint(when)))
			list = append(list, f.Files)
			if said != "" {
				t.Errorf("%s says %q", src, said)
			}
		}
		return list
	}
	past, future := run(1e9), run(4e9)
	if !reflect.DeepEqual(past, future) {
		t.Errorf("files of the past %v, of the future %v", past, future)
	}
	text, err := os.ReadFile("p2.svg")
	if err != nil {
		t.Fatal(err)
	}
	saved := ledger.Digest(string(text))
	read := func(path, hash string) ledger.File {
		return ledger.File{Path: path, Hash: hash, Mode: ledger.ForReading}
	}
	written := func(path string) ledger.File { return ledger.File{Path: path, Mode: ledger.ForWriting} }
	want := [][]ledger.File{nil, {read("p.svg", saved)}, {read("p.svg", saved)}, {written("own.txt"), read("own.txt", "")},
		{written("moved.txt"), written("p2.svg"), read("moved.txt", "")}, {read("p2.svg", saved)}}
	if !reflect.DeepEqual(past, want) {
		t.Errorf("files %v, want %v", past, want)
	}
}

// A file that was written twice in one tick of the file system's clock, with the same size, is read again.
func TestFileOfTheSameTickIsReadAgain(t *testing.T) {
	b := &book{t: t, e: newEngine(t)}
	path := filepath.Join(t.TempDir(), "data.csv")
	tick := time.Now().Add(time.Hour)
	for i, text := range []string{"one", "two"} {
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o644), os.Chtimes(path, tick, tick)); err != nil {
			t.Fatal(err)
		}
		f, _ := b.run("a", fmt.Sprintf("text, err := os.ReadFile(%q)", path))
		if len(f.Files) != 1 || f.Files[0].Hash != ledger.Digest(text) || len(f.Notes) != i {
			t.Errorf("%s: files %v, notes %v", text, f.Files, f.Notes)
		}
	}
}

// A cell that is run again out of order makes what was computed from it out of date; one
// that gives the same again does not.
func TestStaleNotice(t *testing.T) {
	b := &book{t: t, e: newEngine(t)}
	quiet := func(id, src string) {
		t.Helper()
		if _, said := b.run(id, src); said != "" {
			t.Errorf("%s says %q", src, said)
		}
	}
	loud := func(id, src, want string) {
		t.Helper()
		if _, said := b.run(id, src); !strings.Contains(said, want) {
			t.Errorf("%s says %q, want %q", src, said, want)
		}
	}
	quiet("a", "x := 1")                                      // 1
	quiet("b", "y := x + 1")                                  // 2
	quiet("c", "z := y")                                      // 3
	quiet("a", "x := 1")                                      // 4: the same value
	loud("a", "x := 2", "out of date now: cell [2] (uses x)") // 5
	loud("a", "x := 3", "out of date now: cell [2] (uses x)") // 6: still
	loud("b", "y := x + 1", "cell [3] (uses y)")              // 7
	quiet("c", "z := y")                                      // 8
	quiet("d", "rand.Float64()")                              // 9
	quiet("e", "w := rand.Float64()")                         // 10
	quiet("f", "w > 2")                                       // 11
	loud("e", "w := rand.Float64()", "cell [11] (uses w)")    // 12: the stream has gone on
	quiet("f", "w > 2")
	quiet("g", "%seed 5\nv := rand.Float64()") // 14
	quiet("h", "v > 2")
	quiet("g", "%seed 5\nv := rand.Float64()") // from the seed: the same
	quiet("", "x := 9")                        // a console has no ids
}

func TestVersionsFollowValues(t *testing.T) {
	run := func(cells ...string) string {
		b := &book{t: t, e: newEngine(t)}
		var f ledger.Facts
		for i, src := range cells {
			f, _ = b.run(fmt.Sprint(i), src)
		}
		return f.Version
	}
	one := run("x := 1", "func f() int { return x }", "y := f()")
	if again := run("x := 1", "func f() int { return x }", "y := f()"); again != one {
		t.Errorf("the same cells give versions %s and %s", one, again)
	}
	for _, cells := range [][]string{
		{"x := 2", "func f() int { return x }", "y := f()"},
		{"x := 1", "func f() int { return -x }", "y := f()"},
		{"x := 1", "func f() int { return x }", "y := f() + 0"},
	} {
		if run(cells...) == one {
			t.Errorf("%q: the same version", cells)
		}
	}
}

func TestGoroutinesLeftRunning(t *testing.T) {
	e := newEngine(t)
	for src, want := range map[string]int{
		"go func() { for { time.Sleep(time.Hour) } }()":                          1,
		"c := make(chan int); go func() { c <- 1 }()\n<-c":                       0,
		"d := make(chan int); go func() { d <- 1; for range 20_000 { } }()\n<-d": 0, // it ends soon
	} {
		o, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: src}, &recorder{})
		if err != nil || o.Running != want {
			t.Errorf("%s: %d left running, want %d (%v)", src, o.Running, want, err)
		}
	}
}
