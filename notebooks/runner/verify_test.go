package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// lines is an engine that prints each cell's text, so that a cell's source is its output.
func lines() *fake {
	return newFake(func(c engine.Cell, out engine.Output, _ <-chan struct{}) (engine.Outcome, error) {
		if text, ok := strings.CutPrefix(c.Source, "="); ok {
			return engine.Outcome{Value: &display.Bundle{Data: map[string]any{"text/plain": text}}}, nil
		}
		out.Stream(engine.Stdout, c.Source)
		return engine.Outcome{}, nil
	})
}

func start(e runner.Engine) func(context.Context, []string) (runner.Engine, func(), error) {
	return func(context.Context, []string) (runner.Engine, func(), error) { return e, func() {}, nil }
}

// executed is a notebook that lines has run.
func executed(t *testing.T, sources ...string) *nb.Notebook {
	t.Helper()
	n := book(sources...)
	if _, err := runner.Run(t.Context(), n, lines(), runner.Options{}); err != nil {
		t.Fatal(err)
	}
	return n
}

func verify(t *testing.T, n *nb.Notebook) []runner.CellCheck {
	t.Helper()
	checks, err := runner.Verify(t.Context(), n, runner.VerifyOptions{Settings: []runner.Setting{{Run: 1}}, Start: start(lines())})
	if err != nil {
		t.Fatal(err)
	}
	return checks[0].Cells
}

func states(cells []runner.CellCheck) []string {
	var list []string
	for _, c := range cells {
		list = append(list, c.State)
	}
	return list
}

func TestVerifySame(t *testing.T) {
	n := executed(t, "a\n", "=1", "p 1%\rp 2%\r\x1b[Kdone\n", "")
	*n.Cells[1].Outputs[0].Count = 77 // a client counts otherwise
	*n.Cells[0].Count = 5
	before := string(n.Encode())
	if got := states(verify(t, n)); !reflect.DeepEqual(got, []string{"same", "same", "same", "same"}) {
		t.Errorf("states %q", got)
	}
	if string(n.Encode()) != before {
		t.Error("verifying changed the notebook")
	}
}

// Streams may be saved as they came, as nbclient coalesces them, or as JupyterLab shows them.
func TestVerifyStreamsOfClients(t *testing.T) {
	for _, saved := range []string{"12345\r90%\rab\bc\n", "ab\bc\n", "ac5\n"} {
		n := executed(t, "12345\r90%\rab\bc\n")
		n.Cells[0].Outputs[0].Text = saved
		if got := states(verify(t, n)); got[0] != runner.Same {
			t.Errorf("%q: %s", saved, got)
		}
	}
	n := executed(t, "ab")
	n.Cells[0].Outputs = []*nb.Output{{Type: nb.Stream, Name: "stdout", Text: "a"}, {Type: nb.Stream, Name: "stdout", Text: "b"}}
	if got := states(verify(t, n)); got[0] != runner.Same {
		t.Errorf("cut stream: %s", got)
	}
}

func TestVerifyFindsTheFirstDifference(t *testing.T) {
	n := executed(t, "one\nloss 0.5 and 2\nend\n", "=[1 2]", "x")
	n.Cells[0].Outputs[0].Text = "one\nloss 0.5000000000000001 and 2\nend\n"
	n.Cells[1].Outputs[0].Data["text/html"] = "<b>"
	n.Cells[2].Outputs[0].Text = "x "
	got := verify(t, n)
	want := []*runner.Difference{
		{Where: "output 1, stdout, line 2", Saved: "loss 0.5000000000000001 and 2", Got: "loss 0.5 and 2", Numbers: "0.5000000000000001 and 0.5: 1 ULP, relative 2.2e-16"},
		{Where: "output 1, execute_result text/html", Saved: "<b>"},
		{Where: "output 1, stdout, line 1", Saved: `"x "`, Got: `"x"`},
	}
	for i, w := range want {
		if got[i].State != runner.Differs || !reflect.DeepEqual(got[i].Diff, w) {
			t.Errorf("cell %d %s: %+v, want %+v", i, got[i].State, got[i].Diff, w)
		}
	}
}

func TestVerifyStates(t *testing.T) {
	n := executed(t, "a", "b", "c", "d")
	one, nine := 1, 9
	n.Cells[0].Count = &nine // run after the others
	n.Cells[1].Outputs[0].Text = "old"
	n.Cells[2].Outputs, n.Cells[2].Count = nil, nil
	n.Cells[3].Count = &one
	if got := states(verify(t, n)); !reflect.DeepEqual(got, []string{"same", "stale", "missing", "same"}) {
		t.Errorf("states %q", got)
	}
	var ran []string
	e := newFake(func(c engine.Cell, out engine.Output, _ <-chan struct{}) (engine.Outcome, error) {
		ran = append(ran, c.Source)
		out.Stream(engine.Stdout, c.Source)
		return engine.Outcome{}, nil
	})
	o := runner.VerifyOptions{Settings: []runner.Setting{{Run: 1}}, Order: runner.OrderSaved, Start: start(e)}
	checks, err := runner.Verify(t.Context(), n, o)
	if err != nil || !reflect.DeepEqual(ran, []string{"d", "b", "a"}) || checks[0].Cells[2].State != runner.NotRun {
		t.Errorf("saved order ran %q, %v, %+v", ran, err, checks)
	}
	if line, same := runner.Summary(checks); same || line != "4 cells in 1 runs: 2 same, 1 stale, 1 not run" {
		t.Errorf("summary %q", line)
	}
}

func TestVerifySettings(t *testing.T) {
	n := executed(t, "a")
	var envs [][]string
	var log bytes.Buffer
	o := runner.VerifyOptions{
		Progress: runner.NewProgress(&log, 0),
		Settings: []runner.Setting{{Run: 1, Threads: 1}, {Run: 1, Threads: 4, Plain: true}},
		Start: func(_ context.Context, env []string) (runner.Engine, func(), error) {
			envs = append(envs, env)
			return lines(), func() {}, nil
		},
	}
	checks, err := runner.Verify(t.Context(), n, o)
	if err != nil || !reflect.DeepEqual(envs, [][]string{{"REPRISE_FRESH=1", "GOMAXPROCS=1"}, {"REPRISE_FRESH=1", "GOMAXPROCS=4", "GODEBUG=cpu.all=off"}}) {
		t.Fatalf("environments %q, %v", envs, err)
	}
	if !strings.HasPrefix(log.String(), "run 1, 1 thread\ncell 1/1  ok") || strings.Count(log.String(), "\n") != 4 {
		t.Errorf("progress\n%s", log.String())
	}
	var table bytes.Buffer
	runner.WriteTable(&table, n, checks)
	if want := "cell  run 1, 1 thread  run 1, 4 threads, plain CPU  \n[1]   same             same                         a\n"; table.String() != want {
		t.Errorf("table\n%q\nwant\n%q", table.String(), want)
	}
	o.Start = func(context.Context, []string) (runner.Engine, func(), error) {
		return nil, nil, errors.New("no worker")
	}
	if _, err := runner.Verify(t.Context(), n, o); err == nil || err.Error() != "run 1, 1 thread: no worker" {
		t.Errorf("%v", err)
	}
}

func TestTableShowsDifferences(t *testing.T) {
	n := executed(t, "x = 1.5\n")
	n.Cells[0].Outputs[0].Text = "x = 1.25\n"
	checks, err := runner.Verify(t.Context(), n, runner.VerifyOptions{Settings: []runner.Setting{{Run: 1}}, Start: start(lines())})
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	runner.WriteTable(&table, n, checks)
	want := "\ncell [1] differs (run 1): output 1, stdout, line 1\n- x = 1.25\n+ x = 1.5\n  1.25 and 1.5: 1125899906842624 ULP, relative 1.7e-01\n"
	if !strings.Contains(table.String(), want) {
		t.Errorf("table\n%s\nlacks\n%s", table.String(), want)
	}
}

func TestVerifyIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := newFake(func(c engine.Cell, out engine.Output, i <-chan struct{}) (engine.Outcome, error) {
		cancel()
		return untilInterrupted(c, out, i)
	})
	checks, err := runner.Verify(ctx, book("a"), runner.VerifyOptions{Settings: []runner.Setting{{Run: 1}}, Start: start(e)})
	if !errors.Is(err, context.Canceled) || len(checks) != 0 {
		t.Errorf("%v, %v", checks, err)
	}
}

func ExampleSetting() {
	fmt.Println(runner.Setting{Run: 2, Threads: 4, Plain: true})
	// Output: run 2, 4 threads, plain CPU
}
