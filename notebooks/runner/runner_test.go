package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// A fake engine does in each cell what its func says.
type fake struct {
	run func(c engine.Cell, out engine.Output, interrupted <-chan struct{}) (engine.Outcome, error)
}

func newFake(run func(c engine.Cell, out engine.Output, interrupted <-chan struct{}) (engine.Outcome, error)) *fake {
	return &fake{run}
}

func (f *fake) Run(ctx context.Context, c engine.Cell, out engine.Output) (engine.Outcome, error) {
	return f.run(c, out, ctx.Done())
}

func book(sources ...string) *nb.Notebook {
	n := &nb.Notebook{Metadata: map[string]any{}, Minor: 5}
	for _, s := range sources {
		n.Cells = append(n.Cells, &nb.Cell{Type: nb.Code, Source: s, Metadata: map[string]any{}})
	}
	return n
}

type event struct {
	Stream, Name, ID, Error string
	Display, Result         map[string]any
	Update                  bool
	Clear                   *bool
}

func (e event) play(out engine.Output) (engine.Outcome, error) {
	switch {
	case e.Stream != "":
		out.Stream(e.Name, e.Stream)
	case e.Display != nil:
		out.Display(display.Bundle{Data: e.Display}, e.ID, e.Update)
	case e.Clear != nil:
		out.Clear(*e.Clear)
	case e.Result != nil:
		return engine.Outcome{Value: &display.Bundle{Data: e.Result}}, nil
	default:
		return engine.Outcome{}, &engine.Fault{Name: "Panic", Message: e.Error}
	}
	return engine.Outcome{}, nil
}

// What the runner records is what nbclient recorded; testdata/regenerate.py asked it.
func TestRecordsAsNbclient(t *testing.T) {
	var scenarios []struct {
		Name    string
		Cells   [][]event
		Outputs json.RawMessage
	}
	data, err := os.ReadFile("testdata/nbclient.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &scenarios); err != nil || len(scenarios) < 20 {
		t.Fatalf("%d scenarios: %v", len(scenarios), err)
	}
	for _, s := range scenarios {
		n := book(make([]string, len(s.Cells))...)
		for _, c := range n.Cells {
			c.Source = "x"
		}
		i := 0
		e := newFake(func(_ engine.Cell, out engine.Output, _ <-chan struct{}) (o engine.Outcome, err error) {
			for _, ev := range s.Cells[i] {
				o, err = ev.play(out)
			}
			i++
			return o, err
		})
		if _, err := runner.Run(t.Context(), n, e, runner.Options{AllowErrors: true}); err != nil {
			t.Fatal(err)
		}
		if got, want := outputs(t, n), string(s.Outputs); !sameJSON(t, got, want) {
			t.Errorf("%s: recorded\n%s\nnbclient\n%s", s.Name, got, want)
		}
	}
}

// outputs writes the outputs of every cell as nbclient's notebook has them in memory.
func outputs(t *testing.T, n *nb.Notebook) string {
	t.Helper()
	var file struct {
		Cells []struct {
			Outputs []map[string]any `json:"outputs"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(n.Encode(), &file); err != nil {
		t.Fatal(err)
	}
	all := [][]map[string]any{}
	for _, c := range file.Cells {
		for _, o := range c.Outputs {
			joinText(o, "text")
			if data, ok := o["data"].(map[string]any); ok {
				joinText(data, display.Text)
			}
		}
		all = append(all, c.Outputs)
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func joinText(o map[string]any, key string) {
	if list, ok := o[key].([]any); ok {
		s := ""
		for _, l := range list {
			s += l.(string)
		}
		o[key] = s
	}
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if err := errors.Join(json.Unmarshal([]byte(a), &x), json.Unmarshal([]byte(b), &y)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}

func TestStopsAtTheFirstFailure(t *testing.T) {
	n := book("a", "bad", "c")
	n.Cells[2].Outputs = []*nb.Output{{Type: nb.Stream, Name: "stdout", Text: "old"}}
	fault := &engine.Fault{Name: "Panic", Message: "boom", Places: []engine.Place{{Cell: "cell [2]", Line: 1}}}
	e := newFake(func(c engine.Cell, out engine.Output, _ <-chan struct{}) (engine.Outcome, error) {
		out.Stream(engine.Stdout, c.Name)
		if c.Source == "bad" {
			return engine.Outcome{}, fault
		}
		return engine.Outcome{}, nil
	})
	var log bytes.Buffer
	res, err := runner.Run(t.Context(), n, e, runner.Options{Progress: runner.NewProgress(&log, 0)})
	if err != nil || res.Failure == nil || res.Failure.Index != 1 || res.Ran != 2 || res.Total != 3 {
		t.Fatalf("%+v, %v", res, err)
	}
	if got := res.Failure.Error(); got != "cell [2], line 1: Panic: boom" {
		t.Errorf("failure %q", got)
	}
	if got := n.Cells[1].Outputs[1].Traceback; !reflect.DeepEqual(got, fault.Traceback()) {
		t.Errorf("traceback %q", got)
	}
	if n.Cells[2].Outputs[0].Text != "old" || *n.Cells[1].Count != 2 {
		t.Error("a cell that was not run changed, or the count is wrong")
	}
	for _, want := range []string{"cell 1/3  ok", "cell 2/3  Panic", "bad\n"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("progress lacks %q:\n%s", want, log.String())
		}
	}
	n.Cells[1].Metadata["tags"] = []any{"raises-exception"}
	if res, err := runner.Run(t.Context(), n, e, runner.Options{}); err != nil || res.Failure != nil || res.Ran != 3 {
		t.Errorf("with raises-exception: %+v, %v", res, err)
	}
}

func TestOursIsNoFault(t *testing.T) {
	e := newFake(func(engine.Cell, engine.Output, <-chan struct{}) (engine.Outcome, error) {
		return engine.Outcome{}, errors.New("pipe broke")
	})
	if _, err := runner.Run(t.Context(), book("x"), e, runner.Options{}); err == nil || err.Error() != "cell [1]: pipe broke" {
		t.Errorf("%v", err)
	}
}

func TestEmptyCellsAndMetadata(t *testing.T) {
	n := book(" \n", "x")
	one := 1
	n.Cells[0].Count = &one
	n.Cells[0].Outputs = []*nb.Output{{Type: nb.Stream}}
	n.Cells[1].Metadata["execution"] = map[string]any{"shell.execute_reply": "2020"}
	e := newFake(func(c engine.Cell, out engine.Output, _ <-chan struct{}) (engine.Outcome, error) {
		if _, err := out.Input(t.Context(), "?", false); !errors.Is(err, engine.ErrNoInput) {
			t.Errorf("input: %v", err)
		}
		out.Stream(engine.Stdout, "a\xffb\xc3")
		out.Stream(engine.Stdout, "\xa9")
		out.Progress("50 %")
		return engine.Outcome{}, nil
	})
	res, err := runner.Run(t.Context(), n, e, runner.Options{Language: map[string]any{"name": "go"}})
	if err != nil || res.Ran != 2 {
		t.Fatalf("%+v, %v", res, err)
	}
	if n.Cells[0].Count != nil || n.Cells[0].Outputs != nil || *n.Cells[1].Count != 1 {
		t.Error("an empty cell was run")
	}
	if len(n.Cells[1].Metadata) != 0 || n.Metadata["language_info"] == nil {
		t.Errorf("metadata %v, %v", n.Cells[1].Metadata, n.Metadata)
	}
	if got := n.Cells[1].Outputs[0].Text; got != "a\ufffdbé" {
		t.Errorf("text %q", got)
	}
}

func untilInterrupted(_ engine.Cell, out engine.Output, interrupted <-chan struct{}) (engine.Outcome, error) {
	out.Stream(engine.Stdout, "before")
	<-interrupted
	return engine.Outcome{}, &engine.Fault{Name: "Interrupted", Places: []engine.Place{{Cell: "cell [1]", Line: 3}}}
}

func TestTimeout(t *testing.T) {
	n := book("for {}", "x")
	res, err := runner.Run(t.Context(), n, newFake(untilInterrupted), runner.Options{Timeout: time.Millisecond})
	if err != nil || res.Failure == nil || res.Failure.Interrupted || res.Ran != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
	if got := res.Failure.Error(); got != "cell [1], line 3: Timeout: the cell ran longer than 1ms; raise --timeout" {
		t.Errorf("failure %q", got)
	}
	if n.Cells[0].Outputs[0].Text != "before" || n.Cells[0].Outputs[1].EName != "Timeout" {
		t.Errorf("outputs %+v", n.Cells[0].Outputs)
	}
}

func TestInterruptStopsTheRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := newFake(func(c engine.Cell, out engine.Output, i <-chan struct{}) (engine.Outcome, error) {
		cancel()
		return untilInterrupted(c, out, i)
	})
	res, err := runner.Run(ctx, book("a", "b"), e, runner.Options{AllowErrors: true})
	if err != nil || res.Failure == nil || !res.Failure.Interrupted || res.Ran != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
}

func TestInterruptBetweenCells(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := newFake(func(engine.Cell, engine.Output, <-chan struct{}) (engine.Outcome, error) {
		cancel()
		return engine.Outcome{}, nil
	})
	res, err := runner.Run(ctx, book("a", "b"), e, runner.Options{})
	if err != nil || res.Failure == nil || res.Failure.Index != 1 || !res.Failure.Interrupted || res.Ran != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
}

func TestBar(t *testing.T) {
	var term bytes.Buffer
	e := newFake(func(c engine.Cell, out engine.Output, _ <-chan struct{}) (engine.Outcome, error) {
		out.Progress("epoch 3/10\x1b[2J")
		return engine.Outcome{}, nil
	})
	if _, err := runner.Run(t.Context(), book("\n  fit()", "second()"), e, runner.Options{Progress: runner.NewProgress(&term, 60)}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"0/2  fit()", "0/2  epoch 3/10 [2J", "[##########..........] 1/2  second()", "2/2", "\r\x1b[K"} {
		if !strings.Contains(term.String(), want) {
			t.Errorf("the bar lacks %q:\n%q", want, term.String())
		}
	}
	if strings.Contains(term.String(), "\n") {
		t.Error("the bar left its line")
	}
}
