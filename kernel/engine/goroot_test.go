//go:build oracle

package engine_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/build"
	"go/build/constraint"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

var (
	gorootFlag   = flag.String("goroot", "", "run only the programs of the Go distribution whose path holds this; -v shows their output")
	gorootUpdate = flag.Bool("goroot-update", false, "rewrite testdata/goroot.txt; new lines have no reason")
	gorootSlow   = flag.Bool("goroot-slow", false, "run also what the list calls slow")
)

// gorootDeadline is what one program of the distribution may take.
const gorootDeadline = time.Minute

const gorootList = "testdata/goroot.txt"

// TestGoroot runs the Go distribution's own test programs (all of $GOROOT/test that begin
// with "// run") as cells. What a program must print stands in the distribution, in a file
// beside it; without one it must print nothing. The list names those that fail, and why.
// It may only shrink: a program that fails and is not in it fails the test, as does one
// that is in it and passes, unless the list calls it unsteady.
func TestGoroot(t *testing.T) {
	root := filepath.Join(runtime.GOROOT(), "test")
	programs := gorootPrograms(t, root)
	if len(programs) < 900 {
		t.Fatalf("%d programs in %s: is this a whole distribution?", len(programs), root)
	}
	known := gorootKnown(t)
	var todo []string
	for _, p := range programs {
		if strings.Contains(p, *gorootFlag) && (*gorootSlow || !strings.HasPrefix(known[p], "slow")) {
			todo = append(todo, p)
		}
	}
	failed := runPrograms(t, root, todo)
	if *gorootUpdate {
		writeGoroot(t, programs, todo, known, failed)
	}
	passed := 0
	for _, p := range todo {
		why, listed := known[p]
		switch {
		case failed[p] != "" && !listed:
			t.Errorf("%s fails: %s", p, failed[p])
		case failed[p] == "" && listed && !strings.HasPrefix(why, "unsteady"):
			t.Errorf("%s passes: take it out of %s (%s)", p, gorootList, why)
		case failed[p] == "":
			passed++
		case *gorootFlag != "":
			t.Logf("%s fails: %s", p, failed[p])
		}
	}
	t.Logf("%d of %d programs of %s/test pass; the others stand in %s with the reason", passed, len(programs), runtime.Version(), gorootList)
}

// gorootPrograms lists the programs that the distribution's test runner would run here.
func gorootPrograms(t *testing.T, root string) []string {
	var list []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head, rest, _ := strings.Cut(string(text), "\n")
		if head = strings.TrimSpace(head); (head == "// run" || strings.HasPrefix(head, "// run ")) && applies(rest) {
			rel, err := filepath.Rel(root, path)
			list = append(list, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// applies evaluates a program's build constraint for this machine, without cgo.
func applies(text string) bool {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "package ") {
			return true
		}
		if x, err := constraint.Parse(line); err == nil {
			return x.Eval(func(tag string) bool {
				return tag == runtime.GOOS || tag == runtime.GOARCH || tag == "gc" || tag == "unix" && runtime.GOOS != "windows" ||
					strings.HasPrefix(tag, "go1.") && contains(build.Default.ReleaseTags, tag)
			})
		}
	}
	return true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// runPrograms runs programs in child processes, so that one that dies costs only itself, and says
// what is wrong with those that fail.
func runPrograms(t *testing.T, root string, programs []string) map[string]string {
	queue := make(chan string, len(programs))
	for _, p := range programs {
		queue <- p
	}
	close(queue)
	failed := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			w := &programRunner{t: t, root: root}
			defer w.stop()
			for p := range queue {
				if why := w.run(p); why != "" {
					mu.Lock()
					failed[p] = why
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return failed
}

// A programRunner is one child process, or none.
type programRunner struct {
	t      *testing.T
	root   string
	cmd    *exec.Cmd
	ask    *bufio.Writer
	answer *bufio.Reader
	died   *bytes.Buffer
	close  func()
}

const gorootChild = "REPRISE_GOROOT_CHILD"

// A verdict is what a program did.
type verdict struct{ Output, Fault string }

func (w *programRunner) start() {
	w.cmd = exec.Command(os.Args[0])
	w.cmd.Env = append(os.Environ(), gorootChild+"=1")
	w.cmd.Dir = w.t.TempDir()
	in, err := w.cmd.StdinPipe()
	if err != nil {
		w.t.Error(err)
	}
	r, out, err := os.Pipe()
	if err != nil {
		w.t.Error(err)
	}
	w.died = &bytes.Buffer{}
	w.cmd.Stderr, w.cmd.ExtraFiles = w.died, []*os.File{out}
	if err := w.cmd.Start(); err != nil {
		w.t.Error(err)
	}
	_ = out.Close() // the child's
	w.ask, w.answer = bufio.NewWriter(in), bufio.NewReader(r)
	w.close = func() { _, _ = in.Close(), r.Close() }
}

func (w *programRunner) stop() {
	if w.cmd != nil {
		_ = w.cmd.Process.Kill()
		_ = w.cmd.Wait()
		w.close()
	}
	w.cmd = nil
}

// run runs one program; "" when it does as the distribution says.
func (w *programRunner) run(program string) string {
	if w.cmd == nil {
		w.start()
	}
	fmt.Fprintln(w.ask, filepath.Join(w.root, filepath.FromSlash(program)))
	_ = w.ask.Flush() // a dead child does not answer either
	late := time.AfterFunc(gorootDeadline, func() { _ = w.cmd.Process.Kill() })
	line, err := w.answer.ReadBytes('\n')
	inTime := late.Stop()
	if err != nil {
		_ = w.cmd.Wait()
		head, _, _ := strings.Cut(strings.TrimSpace(w.died.String()), "\n")
		w.close()
		w.cmd = nil
		if !inTime {
			return "slow: it takes longer than " + gorootDeadline.String()
		}
		return "it ends the process: " + head
	}
	var v verdict
	if err := json.Unmarshal(line, &v); err != nil {
		return "the child says " + string(line)
	}
	if *gorootFlag != "" {
		w.t.Logf("%s:\n%s", program, v.Output)
	}
	want, _ := os.ReadFile(filepath.Join(w.root, filepath.FromSlash(strings.TrimSuffix(program, ".go")+".out"))) // none: it prints nothing
	switch {
	case v.Fault != "":
		return v.Fault
	case v.Output != string(want):
		return "it prints something else: " + firstDifference(string(want), v.Output)
	}
	return ""
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d is %.80q, not %.80q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(g)-1, len(w)-1)
}

// gorootServe is the child: it runs the programs it is told, each in a fresh notebook.
func gorootServe(t testing.TB) {
	answers := os.NewFile(3, "answers")
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		line, err := json.Marshal(runProgram(t, in.Text()))
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(answers, "%s\n", line)
	}
}

// printed keeps what a program prints. What the engine shows beside it, a note that chance had a part
// say, is not the program's.
type printed struct{ recorder }

func (*printed) Display(display.Bundle, string, bool) {}

func runProgram(t testing.TB, file string) verdict {
	text, err := os.ReadFile(file)
	if err != nil {
		return verdict{Fault: err.Error()}
	}
	debug.SetMaxStack(1e9) // an earlier program may have changed these
	debug.SetGCPercent(100)
	out := &printed{recorder{both: true}}
	e := newEngine(t)
	_, err = e.Run(context.Background(), engine.Cell{Name: "cell", Source: string(text)}, out)
	out.mu.Lock()
	defer out.mu.Unlock()
	v := verdict{Output: out.stdout.String()}
	var f *engine.Fault
	switch {
	case errors.As(err, &f) && strings.HasPrefix(f.Message, "os.Exit(0)"):
	case errors.As(err, &f):
		v.Fault = f.Name + ": " + f.Message
		if len(f.Places) > 0 {
			v.Fault += fmt.Sprintf(" (line %d: %s)", f.Places[0].Line, strings.TrimSpace(f.Places[0].Text))
		}
		if v.Output != "" {
			v.Fault += fmt.Sprintf(" [printed %.100q]", v.Output)
		}
	case err != nil:
		v.Fault = err.Error()
	}
	v.Fault = strings.Join(strings.Fields(v.Fault), " ")
	return v
}

// gorootKnown reads the list: a path, a blank, and why it fails.
func gorootKnown(t *testing.T) map[string]string {
	text, err := os.ReadFile(gorootList)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if path, why, ok := strings.Cut(strings.TrimSpace(line), " "); ok && path != "#" {
			known[path] = strings.TrimSpace(why)
		}
	}
	return known
}

func writeGoroot(t *testing.T, programs, run []string, known, failed map[string]string) {
	ran := map[string]bool{}
	for _, p := range run {
		ran[p] = true
	}
	var b strings.Builder
	b.WriteString("# The programs of $GOROOT/test that begin with \"// run\" and do not run as a cell as they do compiled, and why.\n")
	sort.Strings(programs)
	for _, p := range programs {
		why, listed := known[p]
		if ran[p] {
			if listed = failed[p] != ""; listed && why == "" {
				why = failed[p]
			}
		}
		if listed {
			fmt.Fprintf(&b, "%s %s\n", p, why)
		}
	}
	if err := os.WriteFile(gorootList, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	if os.Getenv(gorootChild) != "" {
		gorootServe(new(testing.B))
		os.Exit(0)
	}
	os.Exit(m.Run())
}
