package swarm

import (
	"strings"
	"testing"

	"reprise/nnlib/experiment"
)

// Audits that nobody took are given up aloud, and what a dismissed worker gave is played here.
func TestAuditsGivenUp(t *testing.T) {
	out := &tape{}
	counted := map[int]float64{}
	tasks := []experiment.Task{{Run: 0}, {Run: 1}, {Run: 2}, {Run: 3}}
	got := func(run int, score float64, r received) *received {
		r.played = Played{Result: experiment.Result{Task: tasks[run], Score: score, By: "w1"}}
		return &r
	}
	s := &spread{
		job: experiment.Job{Tasks: tasks, Play: func(t experiment.Task) experiment.Result {
			return experiment.Result{Task: t, Score: float64(t.Run)}
		}},
		cell:  &execution{out: &watched{Output: out}, spoken: map[string]bool{}},
		done:  func(r experiment.Result) error { counted[r.Task.Run] = r.Score; return nil },
		shift: &localShift{shut: func() {}, cut: func() {}},
		got: map[experiment.Task]*received{tasks[0]: got(0, 0, received{released: true}), tasks[1]: got(1, 1, received{}),
			tasks[2]: got(2, 99, received{released: true, suspect: true}), tasks[3]: got(3, 3, received{})},
	}
	if s.over() || s.tired() == nil {
		t.Fatal("there is nothing to give up")
	}
	if err := s.giveUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := "experiment: audits were given up after 10s without news: for run 1, run 3 there is one worker's word alone\n"; out.err.String() != want {
		t.Errorf("it says %q, want %q", out.err.String(), want)
	}
	if counted[2] != 2 {
		t.Errorf("the score of a dismissed worker counts: %v", counted)
	}
	if !s.over() {
		t.Error("it is not over")
	}
	if text := few(strings.Split("a b c d e f g", " ")); text != "a, b, c, d, e and 2 more" {
		t.Error(text)
	}
}
