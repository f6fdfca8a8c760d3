package nnlib_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// The tutorial's data: the sequence 0.0 to 0.9, each number asking for the next.
func sequence() (X, y []float64) {
	for i := range 9 {
		X, y = append(X, float64(i)/10), append(y, float64(i+1)/10)
	}
	return X, y
}

// tenModels is the tutorial's experiment: ten networks, their mean squared errors.
func tenModels(s *nnlib.Session) []float64 {
	X, y := sequence()
	var scores []float64
	for range 10 {
		model := s.NewSequential()
		model.Add(&nnlib.Dense{Units: 10, InputDim: 1})
		model.Add(&nnlib.Dense{Units: 1})
		model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
		model.Fit(X, y, nnlib.Fit{Epochs: 100, BatchSize: len(X)})
		yhat := model.Predict(X)
		scores = append(scores, nnlib.MeanSquaredError(y, yhat.Column(0)))
	}
	return scores
}

type published struct {
	Theano     []float64 `json:"theano_numpy_seed_1"`
	TensorFlow []float64 `json:"tensorflow_numpy_seed_1_graph_seed_2"`
}

func readPublished(t *testing.T) (p published) {
	text, err := os.ReadFile("testdata/published_tables.json")
	if err == nil {
		err = json.Unmarshal(text, &p)
	}
	if err != nil || len(p.Theano) != 10 || len(p.TensorFlow) != 10 {
		t.Fatalf("testdata/published_tables.json: %v, %d and %d values", err, len(p.Theano), len(p.TensorFlow))
	}
	return p
}

// The Theano table comes out within single-precision noise.
func TestTheanoTable(t *testing.T) {
	s := nnlib.Within(rng.Root(1))
	s.Use(nnlib.Theano{NumpySeed: 1})
	for i, got := range tenModels(s) {
		want := readPublished(t).Theano[i]
		if d := math.Abs(got - want); d > 5e-8 || d > 4e-4*want {
			t.Errorf("model %d: %.12g, published %.12g: %.1e apart, %.1e relative", i+1, got, want, d, d/want)
		}
	}
}

// The TensorFlow table comes out within what Keras's race on the step counter spans.
func TestTensorFlowTable(t *testing.T) {
	s := nnlib.Within(rng.Root(1))
	s.Use(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2})
	for i, got := range tenModels(s) {
		want := readPublished(t).TensorFlow[i]
		if d := math.Abs(got-want) / want; d > 2.5e-2 {
			t.Errorf("model %d: %.12g, published %.12g: %.1e relative", i+1, got, want, d)
		}
	}
}

// The published table lies inside the range of simulated courses of the race.
func TestTensorFlowRace(t *testing.T) {
	low, high := make([]float64, 10), make([]float64, 10)
	s := nnlib.Within(rng.Root(1))
	for run := range 40 {
		s.Use(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2, Race: 0.7, RaceRun: run})
		for i, got := range tenModels(s) {
			if run == 0 {
				low[i], high[i] = got, got
			}
			low[i], high[i] = min(low[i], got), max(high[i], got)
		}
	}
	for i, want := range readPublished(t).TensorFlow {
		if want < low[i] || want > high[i] {
			t.Errorf("model %d: published %.12g is outside of the race's [%.12g, %.12g]", i+1, want, low[i], high[i])
		}
	}
}

// digest is SHA-256 over the bits of scores.
func digest(scores []float64) string {
	h := sha256.New()
	for _, v := range scores {
		h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

func BenchmarkEpoch(b *testing.B) {
	X, y := sequence()
	model := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	tx, ty := nnlib.Array(X), nnlib.Array(y)
	b.ReportAllocs()
	const epochs = 10000 // enough to forget what Fit does once
	for b.Loop() {
		model.Fit(tx, ty, nnlib.Fit{Epochs: epochs, BatchSize: 9})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/epochs, "ns/epoch")
}

func BenchmarkTenModels(b *testing.B) {
	for b.Loop() {
		s := nnlib.Within(rng.Root(1))
		s.Use(nnlib.Theano{NumpySeed: 1})
		tenModels(s)
	}
}
