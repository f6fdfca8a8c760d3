package nnlib_test

import (
	"strings"
	"testing"

	"reprise/nnlib"
)

// kerasDescent is ten steps of predictions down the gradient of a loss.
type kerasDescent struct {
	Name               string
	Shape              []int
	WantShape          []int `json:"want_shape"`
	Pred, Want, Weight []float64
	Rate               float64
	Steps              []struct {
		Loss float64
		Grad []float64
	}
}

// Losses over sequences, over pairs of samples and over whole batches: values and gradients are Keras's, at
// the first step and on the way down.
func TestDescentsAgreeWithKeras(t *testing.T) {
	special := map[string]nnlib.Loss{
		"circle_soft": &nnlib.CircleLoss{Gamma: 2, Margin: 0.25}, "circle_far": &nnlib.CircleLoss{Gamma: 2, Margin: 0.25},
		"circle_diagonal": &nnlib.CircleLoss{Gamma: 4, Margin: 0.3, KeepDiagonal: true}, "circle_weighted": &nnlib.CircleLoss{Gamma: 4},
		"tversky_weighted": &nnlib.TverskyLoss{Alpha: 0.3, Beta: 0.8}, "dice_sample_weighted": &nnlib.DiceLoss{PerSample: true},
	}
	for _, c := range readParts(t).Sequences {
		loss := special[c.Name]
		if loss == nil {
			kind, _, _ := strings.Cut(c.Name, "_")
			loss = nnlib.LossNamed(t, kind)
		}
		pred, grad, want := tensor(c.Shape, c.Pred), nnlib.NewTensor(c.Shape...), tensor(c.WantShape, c.Want)
		if len(c.Steps) != 10 {
			t.Errorf("%s has %d steps", c.Name, len(c.Steps))
		}
		for _, step := range c.Steps {
			value := nnlib.BatchLossOf(loss, grad, pred, want, c.Weight)
			near(t, c.Name+" loss", []float32{float32(value)}, []float64{step.Loss}, 5e-6)
			near(t, c.Name+" gradient", grad.Data, step.Grad, 2e-5)
			if other := nnlib.BatchLossOf(loss, nil, pred, want, c.Weight); other != value {
				t.Errorf("%s: %v without a gradient, %v with it", c.Name, other, value)
			}
			for i, g := range grad.Data {
				pred.Data[i] -= float32(float32(c.Rate) * g)
			}
		}
	}
}

// A model that is to spell learns to, from labels of other lengths than those it is evaluated with.
func TestCTCLearns(t *testing.T) {
	X, y := nnlib.NewTensor(3, 6, 3), nnlib.Array([][]float64{{1, 1, 2}, {2, 0, 0}, {0, 0, 0}})
	for i := range X.Data {
		X.Data[i] = float32((i*i)%7) / 7
	}
	m := fresh().NewSequential(&nnlib.GRU{Units: 12, InputShape: nnlib.Shape{6, 3}, ReturnSequences: true}, &nnlib.Dense{Units: 3})
	m.Compile(nnlib.Compile{Loss: "ctc", Optimizer: &nnlib.Adam{LearningRate: 0.05}})
	h := m.Fit(X, y, nnlib.Fit{Epochs: 120})
	if last := h.Loss[119]; !(last < 0.05) {
		t.Errorf("it does not learn: %v", h)
	}
	whole, short := m.Evaluate(X, y), m.Evaluate(X.Part(1, 3), [][]float64{{2}, {0}})
	if !(whole < 0.05 && short < 0.1) {
		t.Errorf("losses %v and %v", whole, short)
	}
}

// None of these losses allocates anything once it knows the size of a batch.
func TestDescentsAllocateNothing(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes sync.Pool forget, so allocations cannot be counted")
	}
	for _, c := range readParts(t).Sequences {
		kind, _, _ := strings.Cut(c.Name, "_")
		loss := nnlib.LossNamed(t, kind)
		pred, grad, want, losses := tensor(c.Shape, c.Pred), nnlib.NewTensor(c.Shape...), tensor(c.WantShape, c.Want), make([]float64, c.Shape[0])
		if n := testing.AllocsPerRun(10, func() { loss.Loss(losses, grad, pred, want) }); n > 0 {
			t.Errorf("%s: %v allocations", c.Name, n)
		}
	}
}
