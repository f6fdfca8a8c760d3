package swarm

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"reprise/kernel/engine"
)

// The cells of an experiment whose score is made of random numbers and of what earlier cells declared.
const (
	cellData = `data := []float64{1, 2, 3}
scale := 10.0`
	cellScore = `func score(run experiment.Run) float64 {
	sum := 0.0
	for _, x := range data { sum += x * run.Stream("x").Float64() }
	return sum * scale
}`
	cellPlay = `a := experiment.Repeat(20, score)
fmt.Println(a.Values)`
)

// The same cells, played in this process and by 1, 2 and 3 others, print the same.
func TestAnyNumberOfProcessesGivesTheSame(t *testing.T) {
	cells := []string{cellData, cellScore, cellPlay,
		// a closure, what it prints, and a second experiment of the cell
		`b := experiment.Repeat(7, func(run experiment.Run) float64 {
	fmt.Println("run", run.Number)
	run.Log("twice", 2 * float64(run.Number))
	return score(run) + a.Values[0]
})
c := experiment.Repeat(5, score)
fmt.Println(b.Values, b.Metric("twice").Values, c.Values)`,
		`fmt.Println("not needed by anybody")`,
		`scale = 20 // and a magic that is the session's affair
%workers 2`,
		`d := experiment.RepeatWith(experiment.Options{StopWhenCI: 12, CheckEvery: 10}, score)
fmt.Println(len(d.Values), d.Values, nnlib.Root().Stream("later").Float64())`,
		cellPlay,
	}
	outputs := map[string]string{}
	for _, workers := range []string{"", "%workers 1", "%workers 2", "%workers 3"} {
		n := open(t)
		if workers != "" {
			n.run(workers)
		}
		out, errs := n.run(cells...)
		if errs != "" {
			t.Errorf("%s: on stderr: %s", workers, errs)
		}
		outputs[workers] = out
	}
	if !strings.Contains(outputs[""], "run 6\n[") || strings.Count(outputs[""], "\n") != 12 {
		t.Fatalf("the cells do not do what they should:\n%s", outputs[""])
	}
	for workers, out := range outputs {
		if out != outputs[""] {
			t.Errorf("%s prints\n%s\nalone it is\n%s", workers, out, outputs[""])
		}
	}
}

// Some cells cannot be evaluated twice. The runs are then played here, and it is said why.
func TestWhatCannotLeaveIsPlayedHere(t *testing.T) {
	folder := t.TempDir()
	for _, c := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"writes a file", []string{`import "os"`, fmt.Sprintf("os.WriteFile(%q, nil, 0o600)\nscale := 1.0", folder+"/f"), "data := []float64{1}", cellScore, cellPlay}, "cell [3], which they need, does what must not be done twice: os.WriteFile"},
		{"asks", []string{"line, err := display.Input(\"number\")\nscale := float64(len(line))", "data := []float64{1}", cellScore, cellPlay}, "cell [2], which they need, asked for input"},
		{"counts", []string{cellData, cellScore, "n := 0\nfmt.Println(experiment.Repeat(5, func(run experiment.Run) float64 { n++; return score(run) + float64(n) }).Values, n)"}, "a run changes n, which the cell sees afterwards"},
		{"collects", []string{cellData, cellScore, "var all []int\ne := experiment.Repeat(5, func(run experiment.Run) float64 { all = append(all, run.Number); return score(run) })\nfmt.Println(e.Values, all)"}, "a run changes all"},
		{"failed before", []string{cellData, cellScore, "!scale = 5\npanic(1)", cellPlay}, "cell [4], which they need, ended with an error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			alone := open(t)
			play := func(n *notebook) (out, errs string) {
				for _, source := range c.cells {
					fails := strings.HasPrefix(source, "!")
					o, e, err := n.try(t.Context(), strings.TrimPrefix(source, "!"))
					if (err != nil) != fails {
						t.Fatalf("%s: %v", source, err)
					}
					out, errs = out+o, errs+e
				}
				return out, errs
			}
			alone.run("1 + 1")
			want, _ := play(alone)
			n := open(t)
			n.run("%workers 2")
			out, errs := play(n)
			if out != want {
				t.Errorf("prints %q, alone %q", out, want)
			}
			if !strings.Contains(errs, c.want) || strings.Count(errs, "\n") != 1 {
				t.Errorf("says %q, want %q", errs, c.want)
			}
		})
	}
}

// A cell that the experiment does not need may do what it likes.
func TestCellsThatAreNotNeededStayHere(t *testing.T) {
	file := t.TempDir() + "/counts"
	n := open(t)
	n.run("%workers 2", `import "os"`, cellData, cellScore,
		fmt.Sprintf("f, err := os.OpenFile(%q, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)\nf.WriteString(\"x\")\nerr = f.Close()", file))
	if _, errs := n.run(cellPlay); errs != "" {
		t.Error(errs)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "x" {
		t.Errorf("the file holds %q, %v: the cell was run again", data, err)
	}
}

// A run that fails fails as it would here, at its place; of several, the first.
func TestARunThatFails(t *testing.T) {
	const cell = `e := experiment.Repeat(12, func(run experiment.Run) float64 {
	if run.Number >= 7 {
		panic(fmt.Sprint("no luck in run ", run.Number))
	}
	return 1
})`
	alone := open(t)
	_, _, want := alone.try(t.Context(), cell)
	n := open(t)
	n.run("%workers 3")
	n.cells = 0
	_, _, got := n.try(t.Context(), cell)
	var a, b *engine.Fault
	if !errors.As(want, &a) || !errors.As(got, &b) || strings.Join(a.Traceback(), "\n") != strings.Join(b.Traceback(), "\n") {
		t.Errorf("got %v\nwant %v", got, want)
	}
	if b != nil && b.Message != "no luck in run 7" {
		t.Errorf("the message is %q", b.Message)
	}
	if out, errs := n.run(cellData, cellScore, cellPlay); out == "" || errs != "" {
		t.Errorf("the next experiment prints %q and %q", out, errs)
	}
}

// Runs whose results depend on more than their seed are found out.
func TestAnExperimentThatIsNotOne(t *testing.T) {
	n := open(t)
	n.run("%workers 2")
	_, _, err := n.try(t.Context(), `import "os"
e := experiment.Repeat(6, func(run experiment.Run) float64 { return float64(os.Getpid()) })`)
	if err == nil || !strings.Contains(err.Error(), "worker") {
		t.Errorf("got %v", err)
	}
}

// Results that a store holds are given to the replicas, which have no store.
func TestResultsOfAStore(t *testing.T) {
	store := t.TempDir() + "/results"
	cells := []string{cellData, cellScore, fmt.Sprintf(`a := experiment.RepeatWith(experiment.Options{Runs: 12, Store: %q}, score)
b := experiment.Repeat(6, func(run experiment.Run) float64 { return score(run) + a.Values[11] })
fmt.Println(a.Values, b.Values)`, store), `fmt.Println(experiment.Repeat(4, func(run experiment.Run) float64 { return b.Values[run.Number] }).Values)`}
	n := open(t)
	n.run("%workers 2")
	want, errs := n.run(cells...)
	if errs != "" {
		t.Error(errs)
	}
	again := open(t)
	again.run("%workers 2")
	if got, errs := again.run(cells...); got != want || errs != "" {
		t.Errorf("from the store %q %s\nwant %q", got, errs, want)
	}
	alone := open(t)
	alone.run("1 + 1")
	if got, errs := alone.run(cells...); got != want || errs != "" {
		t.Errorf("alone %q %s\nwant %q", got, errs, want)
	}
	late := open(t)
	late.run("1 + 1")
	late.run(cells[:3]...)
	late.run("%workers 2")
	if got, _ := late.run(cells[3]); !strings.HasSuffix(want, got) || got == "" {
		t.Errorf("with workers that came late %q, want the end of %q", got, want)
	}
}

func TestAnInterruptEndsTheWorkersRuns(t *testing.T) {
	n := open(t)
	n.run("%workers 2", "%workers")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := &tape{wait: func(text string) {
		if strings.Contains(text, "run 1\n") {
			cancel()
		}
	}}
	_, err := n.Run(ctx, engine.Cell{Name: "cell [1]", Source: `e := experiment.Repeat(1000, func(run experiment.Run) float64 {
	fmt.Println("run", run.Number)
	if run.Number > 1 { select {} }
	return 0
})`}, out)
	var f *engine.Fault
	if !errors.As(err, &f) || f.Name != "Interrupted" {
		t.Fatalf("got %v", err)
	}
	if out, errs := n.run(cellData, cellScore, cellPlay); out == "" || errs != "" {
		t.Errorf("after the interrupt: %q, %q", out, errs)
	}
}

// A process that dies is replaced, and its run played again.
func TestAWorkerThatDies(t *testing.T) {
	n := open(t)
	n.run("%workers 2", cellData, cellScore)
	want, _ := n.run(cellPlay)
	killed := 0
	out := &tape{}
	out.wait = func(text string) {
		if strings.HasPrefix(text, "run ") && killed < 2 {
			killed++
			killReplica(t)
		}
	}
	_, err := n.Run(t.Context(), engine.Cell{Name: "cell [9]", Source: strings.Replace(cellPlay, "score)", "func(run experiment.Run) float64 { fmt.Println(\"run\", run.Number); return score(run) })", 1)}, out)
	if err != nil || killed != 2 || !strings.HasSuffix(out.out.String(), want) || out.err.String() != "" {
		t.Errorf("%v, %d killed: %s%s\nwant %s", err, killed, &out.out, &out.err, want)
	}
}

func TestWorkersMagic(t *testing.T) {
	n := open(t)
	if out, _ := n.run("%workers"); !strings.Contains(out, "in this process") {
		t.Error(out)
	}
	if out, _ := n.run("%workers 2", "%workers"); out != "experiments are played by 2 processes\n" {
		t.Error(out)
	}
	t.Setenv(CountVar, "3")
	if out, _ := n.run("%workers auto", "%workers"); out != "experiments are played by 3 processes\n" {
		t.Error(out)
	}
	for args, want := range map[string]string{
		"0": "number from 1", "many": "number from 1", "5000": "number from 1", "2 3": "one word too many", "2 --colour red": "unknown flag",
		"listen here": "HOST:PORT", "listen 127.0.0.1:x": "port", "nats://127.0.0.1:1": "no servers available", "http://127.0.0.1:1": "want nats://", "listen 127.0.0.1:0 --cert /none --key /none": "no such file",
	} {
		_, _, err := n.try(t.Context(), "%workers "+args)
		var f *engine.Fault
		if !errors.As(err, &f) || f.Name != "MagicError" || !strings.Contains(f.Message, want) {
			t.Errorf("%%workers %s: %v; want %q", args, err, want)
		}
	}
}
