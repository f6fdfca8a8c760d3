package runner_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
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
	want := "\ncell [1] differs (run 1): output 1, stdout, line 1\n- x = 1.25\n+ x = 1.5\n  1.25 and 1.5: 1125899906842624 ULP (2097152 as float32), relative 1.7e-01\n"
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

// Of each kind of output, the first line that differs is shown, and how far apart it is.
func TestDifferencesOfEveryKind(t *testing.T) {
	picture := func(dots ...image.Point) string {
		m := image.NewGray(image.Rect(0, 0, 40, 20))
		for _, p := range dots {
			m.SetGray(p.X, p.Y, color.Gray{Y: 10})
		}
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(b.Bytes())
	}
	long := strings.Repeat("<td>1</td>", 100)
	for _, c := range []struct {
		mime       string
		saved, got any
		want       []string
	}{
		{"text/plain", "a\nloss 0.1", "a\nloss 0.2", []string{"text/plain, line 2", "- loss 0.1\n+ loss 0.2", "0.1 and 0.2: 4503599627370496 ULP (8388608 as float32), relative 5.0e-01"}},
		{"text/html", long + "<td>2</td>" + long, long + "<td>3</td>" + long, []string{"text/html, line 1", "</td><td>2</td>", "</td><td>3</td>", "+ …", "2 and 3: "}},
		{"application/json", map[string]any{"a": 1.5, "b": "x"}, map[string]any{"a": 1.25, "b": "x"}, []string{"application/json, line 2", `-  "a": 1.5,`, `+  "a": 1.25,`, "relative 1.7e-01"}},
		{"image/png", picture(), picture(image.Pt(5, 7), image.Pt(6, 9)), []string{"image/png", " bytes, sha256 ", "2 of 800 pixels differ, by 10 of 255 at most; the first is in column 5, row 7"}},
		{"text/plain", "n = 9007199254740993", "n = -9007199254740992", []string{"9007199254740993 and -9007199254740992: 18014398509481985 apart"}},
		{"image/png", "AAAA", "AAAB", []string{"- 3 bytes, sha256 "}},
		{"image/svg+xml", "<svg>\n<path d=\"M1 2\"/></svg>", "<svg>\n<path d=\"M1 3\"/></svg>", []string{"image/svg+xml, line 2", "2 and 3: "}},
	} {
		n := executed(t, "=1")
		saved, err := nb.Value(c.saved)
		if err != nil {
			t.Fatal(err)
		}
		n.Cells[0].Outputs[0].Data[c.mime] = saved
		e := newFake(func(engine.Cell, engine.Output, <-chan struct{}) (engine.Outcome, error) {
			data := map[string]any{"text/plain": "1"}
			data[c.mime] = c.got
			return engine.Outcome{Value: &display.Bundle{Data: data}}, nil
		})
		checks, err := runner.Verify(t.Context(), n, runner.VerifyOptions{Settings: []runner.Setting{{Run: 1}}, Start: start(e)})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		runner.WriteTable(&text, n, checks)
		for _, want := range c.want {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: lacks %q:\n%s", c.mime, want, text.String())
			}
		}
		for line := range strings.Lines(text.String()) {
			if len(line) > 300 {
				t.Errorf("%s: a line of %d bytes", c.mime, len(line))
			}
		}
	}
}
