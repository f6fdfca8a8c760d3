package experiment_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

// backwards plays the tasks from the last to the first, and gives every other one twice.
type backwards struct {
	jobs    []experiment.Job
	corrupt func(*experiment.Result) // the second result of a task
}

func (b *backwards) Evaluate(_ context.Context, job experiment.Job, done func(experiment.Result) error) error {
	b.jobs = append(b.jobs, job)
	for i := len(job.Tasks) - 1; i >= 0; i-- {
		r := job.Play(job.Tasks[i])
		r.Draws = nil // played elsewhere, where the ledger is another
		r.By = "worker a"
		if err := done(r); err != nil {
			return err
		}
		if i%2 == 0 {
			r.By = "worker b"
			if b.corrupt != nil {
				b.corrupt(&r)
			}
			if err := done(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// with attaches h for one test.
func with(t *testing.T, h experiment.Host) {
	t.Helper()
	experiment.Attach(h)
	t.Cleanup(func() { experiment.Attach(experiment.Host{}) })
}

func TestScoresStandInRunOrderWhateverTheSchedule(t *testing.T) {
	nnlib.Seed(5)
	inOrder := experiment.Repeat(25, draws)
	e := &backwards{}
	with(t, experiment.Host{Evaluator: e})
	got := experiment.Repeat(25, draws)
	if !slices.Equal(got.Values, inOrder.Values) || !slices.Equal(got.Seeds, inOrder.Seeds) {
		t.Errorf("backwards %v, in order %v", got.Values, inOrder.Values)
	}
	if len(e.jobs) != 1 || len(e.jobs[0].Tasks) != 25 || e.jobs[0].Seed != 5 {
		t.Errorf("jobs: %+v", e.jobs)
	}
}

func TestASecondResultMustHaveTheSameBits(t *testing.T) {
	nnlib.Seed(5)
	with(t, experiment.Host{Evaluator: &backwards{corrupt: func(r *experiment.Result) {
		if r.Task.Run == 4 {
			r.Score = math.Nextafter(r.Score, 1)
		}
	}}})
	defer func() {
		var differ *experiment.DifferError
		err, _ := recover().(error)
		if !errors.As(err, &differ) || differ.Task.Run != 4 {
			t.Fatalf("got %v", err)
		}
		for _, want := range []string{"worker a", "worker b", "run 4"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q lacks %q", err, want)
			}
		}
	}()
	experiment.Repeat(10, draws)
}

// A missing result is an error of whoever played the runs, not a zero.
type lazy struct{}

func (lazy) Evaluate(context.Context, experiment.Job, func(experiment.Result) error) error {
	return nil
}

func TestAMissingResultIsAnError(t *testing.T) {
	with(t, experiment.Host{Evaluator: lazy{}})
	defer func() {
		if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), "run 0 has no result") {
			t.Errorf("got %v", err)
		}
	}()
	experiment.Repeat(2, draws)
}

func TestKeysTellExperimentsApart(t *testing.T) {
	source := experiment.Source{Execution: 1, Digest: "text"}
	lock := "v1"
	e := &backwards{}
	with(t, experiment.Host{Evaluator: e, Lock: func() string { return lock }, Source: func() experiment.Source { return source }})
	key := func() string {
		experiment.Repeat(2, draws)
		return e.jobs[len(e.jobs)-1].Key
	}
	nnlib.Seed(1)
	first := key()
	seen := map[string]string{first: "first"}
	differs := func(what string) {
		t.Helper()
		k := key()
		if old, twice := seen[k]; twice || len(k) != 64 {
			t.Errorf("%s: key %q is also that of %s", what, k, old)
		}
		seen[k] = what
	}
	differs("second call of the cell")
	source.Execution = 2
	if key() != first {
		t.Error("the cell run again has another key")
	}
	source = experiment.Source{Execution: 3, Digest: "other text"}
	differs("other source")
	source, lock = experiment.Source{Execution: 4, Digest: "text"}, "v2"
	differs("other lock")
	lock, source.Execution = "v1", 5
	nnlib.Seed(2)
	differs("other seed")
}

func TestARepeatInsideARunIsPlayedThere(t *testing.T) {
	nnlib.Seed(3)
	e := &backwards{}
	with(t, experiment.Host{Evaluator: e})
	experiment.Repeat(4, func(experiment.Run) float64 { return experiment.Repeat(3, draws).Summary().Mean })
	if len(e.jobs) != 1 {
		t.Errorf("%d jobs; want the outer one alone", len(e.jobs))
	}
}

func TestResultsAsJSONKeepEveryBit(t *testing.T) {
	want := experiment.Result{Task: experiment.Task{Variant: "rate=0.1", Run: 3}, Score: math.Copysign(0, -1), By: "b",
		Logs: []experiment.Log{{Name: "loss", Values: []float64{math.Inf(1), 5e-324, 0.1, math.Inf(-1)}}}}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got experiment.Result
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if !math.Signbit(got.Score) || got.Score != 0 || !slices.Equal(got.Logs[0].Values, want.Logs[0].Values) || got.Task != want.Task || got.By != "b" {
		t.Errorf("%s became %+v", text, got)
	}
	again, _ := json.Marshal(got)
	if string(again) != string(text) {
		t.Errorf("%s, then %s", text, again)
	}
}

func TestStopWhenCILooksAtCheckpointsOnly(t *testing.T) {
	nnlib.Seed(1)
	all := experiment.Repeat(200, draws)
	width := func(n int) float64 { ci := experiment.Summarize(all.Values[:n]).MeanCI; return ci.High - ci.Low }
	limit := width(23) // reached between two checkpoints
	want := 0
	for n := 20; n <= 200; n += 20 {
		if width(n) <= limit {
			want = n
			break
		}
	}
	o := experiment.Options{StopWhenCI: limit, CheckEvery: 20}
	for _, e := range []experiment.Evaluator{nil, &backwards{}} {
		with(t, experiment.Host{Evaluator: e})
		if got := experiment.RepeatWith(o, draws); len(got.Values) != want || !slices.Equal(got.Values, all.Values[:want]) {
			t.Errorf("%T: stopped after %d runs, want %d", e, len(got.Values), want)
		}
	}
	if want < 20 || want == 200 {
		t.Fatalf("the rule was not put to the test: %d runs", want)
	}
}

func TestLogsBecomeMetricsAndCurves(t *testing.T) {
	nnlib.Seed(1)
	s := experiment.RepeatWith(experiment.Options{Runs: 3, Name: "net"}, func(run experiment.Run) float64 {
		for e := range 2 {
			run.Log("loss", float64(run.Number+e))
		}
		run.Log("mae", float64(10*run.Number))
		return 1
	})
	if m := s.Metric("mae"); !slices.Equal(m.Values, []float64{0, 10, 20}) || m.Name != "net, mae" || !slices.Equal(m.Seeds, s.Seeds) {
		t.Errorf("%+v", m)
	}
	if c := s.Curves("loss"); len(c) != 3 || !slices.Equal(c[2], []float64{2, 3}) {
		t.Errorf("%v", c)
	}
	defer func() {
		if err, _ := recover().(error); err == nil || !strings.Contains(err.Error(), `logged 2 values of "loss"`) {
			t.Errorf("got %v", err)
		}
	}()
	s.Metric("loss")
}
