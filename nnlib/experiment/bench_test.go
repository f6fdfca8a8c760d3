package experiment_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

var tutorialX, tutorialY = tutorial()

// tutorial is the sequence 0, 0.1 .. 0.9 as pairs of a value and the next one.
func tutorial() (x, y []float64) {
	for i := range 9 {
		x, y = append(x, float64(i)/10), append(y, float64(i+1)/10)
	}
	return x, y
}

// tutorialNet trains the article's network for its 100 epochs.
func tutorialNet(experiment.Run) float64 {
	model := nnlib.NewSequential()
	model.Add(&nnlib.Dense{Units: 10, InputDim: 1})
	model.Add(&nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
	model.Fit(tutorialX, tutorialY, nnlib.Fit{Epochs: 100, BatchSize: len(tutorialX)})
	return nnlib.MeanSquaredError(tutorialY, model.Predict(tutorialX).Column(0))
}

// BenchmarkTenThousandRuns has 10,000 tutorial networks: trained, stored and summarized (all); then
// read from the store (read), and summarized (summary).
func BenchmarkTenThousandRuns(b *testing.B) {
	o := stored(filepath.Join(b.TempDir(), "results.store"), 10000)
	repeat := func() *experiment.Scores {
		nnlib.Seed(1)
		return experiment.RepeatWith(o, tutorialNet)
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			os.Remove(o.Store)
			repeat().Summary()
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			repeat()
		}
	})
	scores := repeat()
	b.Run("summary", func(b *testing.B) {
		for b.Loop() {
			scores.Summary()
		}
	})
}

// TestMemoryIsFlat: 100,000 results in a store and in memory cost what their numbers take, and little more.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 runs; -short leaves them out")
	}
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const n = 100_000
	path := filepath.Join(t.TempDir(), "results.store")
	f := func(run experiment.Run) float64 { return float64(run.Number) + draws(run) }
	for _, what := range []string{"played and stored", "read from the store"} {
		nnlib.Seed(1)
		var most, before int64
		before = heap()
		s := experiment.RepeatWith(stored(path, n), func(run experiment.Run) float64 {
			if run.Number%20_000 == 19_999 {
				most = max(most, heap()-before)
			}
			return f(run)
		})
		most = max(most, heap()-before)
		t.Logf("%s: %d bytes a result", what, most/n)
		if most > 64*n {
			t.Errorf("%s: %d results hold %d bytes, more than 64 each", what, n, most)
		}
		if len(s.Values) != n {
			t.Fatal(len(s.Values))
		}
	}
}
