//go:build oracle

package engine_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// A job is a notebook to run in a child process, and what it must print.
type job struct {
	name  string
	Cells []string
	Both  bool                                       // standard error is compared too
	Data  string                                     // what the notebook finds as testdata, if anything
	right func(outputs []string) (difference string) // of all cells
}

// A verdict is what a notebook did.
type verdict struct {
	Outputs []string // of each cell
	Fault   string
}

// runJobs runs notebooks in child processes, so that one that dies costs only itself, and says
// what is wrong with those that fail. Those whose name holds shown, unless that is empty, show what they print.
func runJobs(t *testing.T, jobs []job, deadline time.Duration, shown string) map[string]string {
	queue := make(chan job, len(jobs))
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	failed := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			w := &child{t: t, deadline: deadline, shown: shown}
			defer w.stop()
			for j := range queue {
				if why := w.run(j); why != "" {
					mu.Lock()
					failed[j.name] = why
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return failed
}

// A child is one process that runs notebooks, or none.
type child struct {
	t        *testing.T
	deadline time.Duration // of one notebook
	shown    string
	cmd      *exec.Cmd
	ask      *bufio.Writer
	answer   *bufio.Reader
	died     *bytes.Buffer
	close    func()
}

const childFlag = "REPRISE_ORACLE_CHILD"

func (w *child) start() {
	w.cmd = exec.Command(os.Args[0])
	w.cmd.Env = append(os.Environ(), childFlag+"=1", "TZ=America/Los_Angeles") // where the distribution's tests are
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

func (w *child) stop() {
	if w.cmd != nil {
		_ = w.cmd.Process.Kill()
		_ = w.cmd.Wait()
		w.close()
	}
	w.cmd = nil
}

// run runs one notebook; "" when it does as it must.
func (w *child) run(j job) string {
	if w.cmd == nil {
		w.start()
	}
	_ = json.NewEncoder(w.ask).Encode(j) // a dead child does not answer either
	_ = w.ask.Flush()
	late := time.AfterFunc(w.deadline, func() { _ = w.cmd.Process.Kill() })
	line, err := w.answer.ReadBytes('\n')
	inTime := late.Stop()
	if err != nil {
		_ = w.cmd.Wait()
		head, _, _ := strings.Cut(strings.TrimSpace(w.died.String()), "\n")
		w.close()
		w.cmd = nil
		if !inTime {
			return "slow: it takes longer than " + w.deadline.String()
		}
		return "it ends the process: " + head
	}
	var v verdict
	if err := json.Unmarshal(line, &v); err != nil {
		return "the child says " + string(line)
	}
	if w.shown != "" && strings.Contains(j.name, w.shown) {
		w.t.Logf("%s:\n%s", j.name, strings.Join(v.Outputs, ""))
	}
	if v.Fault != "" {
		return v.Fault
	}
	if wrong := j.right(v.Outputs); wrong != "" {
		return "it prints something else: " + wrong
	}
	return ""
}

func firstDifference(want, got string) string {
	if want == got {
		return ""
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d is %.80q, not %.80q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(g)-1, len(w)-1)
}

// serve is the child: it runs the notebooks it is told.
func serve(t testing.TB) {
	answers := json.NewEncoder(os.NewFile(3, "answers"))
	in := json.NewDecoder(os.Stdin)
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		var j job
		if in.Decode(&j) != nil {
			return
		}
		if err := os.Chdir(dir); err != nil { // the one before may have left it
			panic(err)
		}
		if err := answers.Encode(runNotebook(t, j)); err != nil {
			panic(err)
		}
	}
}

// printed keeps what a program prints. What the engine shows beside it, a note that chance had a part
// say, is not the program's.
type printed struct{ recorder }

func (*printed) Display(display.Bundle, string, bool) {}

func runNotebook(t testing.TB, j job) verdict {
	debug.SetMaxStack(1e9) // an earlier program may have changed these
	debug.SetGCPercent(100)
	_ = os.Remove("testdata") // the one before may have had none
	if j.Data != "" {
		if err := os.Symlink(j.Data, "testdata"); err != nil {
			return verdict{Fault: err.Error()}
		}
	}
	out := &printed{recorder{both: j.Both}}
	e := newEngine(t)
	var v verdict
	var err error
	for i, text := range j.Cells {
		_, err = e.Run(context.Background(), engine.Cell{Name: fmt.Sprintf("cell [%d]", i+1), Source: text}, out)
		out.mu.Lock()
		v.Outputs = append(v.Outputs, out.stdout.String())
		out.stdout.Reset()
		out.mu.Unlock()
		if err != nil {
			break
		}
	}
	var f *engine.Fault
	switch {
	case errors.As(err, &f) && strings.HasPrefix(f.Message, "os.Exit(0)"):
	case errors.As(err, &f):
		v.Fault = f.Name + ": " + f.Message
		if len(f.Places) > 0 {
			v.Fault += fmt.Sprintf(" (line %d: %s)", f.Places[0].Line, strings.TrimSpace(f.Places[0].Text))
		}
		if last := v.Outputs[len(v.Outputs)-1]; last != "" {
			v.Fault += fmt.Sprintf(" [printed %.100q]", last)
		}
	case err != nil:
		v.Fault = err.Error()
	}
	v.Fault = strings.Join(strings.Fields(v.Fault), " ")
	return v
}

func TestMain(m *testing.M) {
	if os.Getenv(childFlag) != "" {
		serve(new(testing.B))
		os.Exit(0)
	}
	os.Exit(m.Run())
}
