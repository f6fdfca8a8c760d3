package nnlib_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// testdata/keras/keras.json holds values of Keras 3 and scikit-learn; generate.py beside it made them.
type kerasValues struct {
	Losses []struct {
		Name      string
		Pred      []float64
		Want      []float64
		WantShape []int `json:"want_shape"`
		Loss      float64
		Grad      []float64
	}
	Optimizers struct {
		Start []float64
		Grads [][]float64
		Runs  []struct {
			Name  string
			Steps [][]float64
		}
	}
	Layers []kerasLayer
	SK     struct {
		X, Split                                 [][]float64
		Y, Std, MinMax, Label, Score, R2Pred     []float64
		Folds                                    [][][]float64
		AUC, Precision, Recall, F1, R2, MSE, MAE float64
	} `json:"sklearn"`
}

type kerasLayer struct {
	Name      string
	Training  bool
	Mask      []float64
	Shapes    [][]int
	X         [][]float64
	Weights   [][]float64
	Trainable []bool
	Y, DY     []float64
	GW, GX    [][]float64
	States    [][]float64
}

func readKeras(t *testing.T) (k kerasValues) {
	t.Helper()
	text, err := os.ReadFile("testdata/keras/keras.json")
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	if err != nil || len(k.Losses) < 18 || len(k.Optimizers.Runs) < 19 || len(k.Layers) < 30 || len(k.SK.X) != 11 {
		t.Fatalf("testdata/keras/keras.json: %v; %d losses, %d optimizers, %d layers, %d samples", err, len(k.Losses), len(k.Optimizers.Runs), len(k.Layers), len(k.SK.X))
	}
	return k
}

func tensor(shape []int, values []float64) *nnlib.Tensor {
	x := nnlib.NewTensor(shape...)
	for i, v := range values {
		x.Data[i] = float32(v)
	}
	return x
}

// near compares with a tolerance relative to the largest value.
func near(t *testing.T, what string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	largest := 1e-3
	for _, w := range want {
		largest = math.Max(largest, math.Abs(w))
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i, w := range want {
		if !(math.Abs(float64(got[i])-w) <= tolerance*largest) {
			t.Errorf("%s: element %d is %g, want %g", what, i, got[i], w)
			return
		}
	}
}

func TestLossesAgreeWithKeras(t *testing.T) {
	special := map[string]nnlib.Loss{
		"bce_logits_smooth": &nnlib.BinaryCrossentropyLoss{FromLogits: true, LabelSmoothing: 0.1},
		"cce_logits_smooth": &nnlib.CategoricalCrossentropyLoss{FromLogits: true, LabelSmoothing: 0.1},
		"scce_logits":       &nnlib.SparseCategoricalCrossentropyLoss{FromLogits: true},
	}
	for _, c := range readKeras(t).Losses {
		loss := special[c.Name]
		if loss == nil {
			loss = nnlib.LossNamed(t, c.Name)
		}
		pred, grad, losses := tensor([]int{4, 3}, c.Pred), nnlib.NewTensor(4, 3), make([]float64, 4)
		loss.Loss(losses, grad, pred, tensor(c.WantShape, c.Want))
		for i := range grad.Data {
			grad.Data[i] /= 4
		}
		near(t, c.Name+" loss", []float32{float32((losses[0] + losses[1] + losses[2] + losses[3]) / 4)}, []float64{c.Loss}, 2e-6)
		near(t, c.Name+" gradient", grad.Data, c.Grad, 3e-6)
	}
}

func TestOptimizersAgreeWithKeras(t *testing.T) {
	rows := map[string]nnlib.Optimizer{
		"momentum": &nnlib.SGD{LearningRate: 0.1, Momentum: 0.9}, "nesterov": &nnlib.SGD{LearningRate: 0.1, Momentum: 0.9, Nesterov: true},
		"rmsprop_full": &nnlib.RMSprop{LearningRate: 0.01, Rho: 0.8, Momentum: 0.5, Centered: true},
		"adadelta":     &nnlib.Adadelta{LearningRate: 1}, "amsgrad": &nnlib.Adam{LearningRate: 0.01, AMSGrad: true},
		"adamw": &nnlib.AdamW{LearningRate: 0.01}, "adamax": &nnlib.Adamax{LearningRate: 0.01}, "nadam": &nnlib.Nadam{LearningRate: 0.01}, "lion": &nnlib.Lion{LearningRate: 0.01},
		"exponential": &nnlib.SGD{Schedule: &nnlib.ExponentialDecay{InitialLearningRate: 0.1, DecaySteps: 3, DecayRate: 0.5}},
		"staircase":   &nnlib.SGD{Schedule: &nnlib.ExponentialDecay{InitialLearningRate: 0.1, DecaySteps: 3, DecayRate: 0.5, Staircase: true}},
		"inverse":     &nnlib.SGD{Schedule: &nnlib.InverseTimeDecay{InitialLearningRate: 0.1, DecaySteps: 3, DecayRate: 0.5}},
		"polynomial":  &nnlib.SGD{Schedule: &nnlib.PolynomialDecay{InitialLearningRate: 0.1, DecaySteps: 6, EndLearningRate: 0.01, Power: 2}},
		"piecewise":   &nnlib.SGD{Schedule: &nnlib.PiecewiseConstantDecay{Boundaries: []int{2, 5}, Values: []float64{0.1, 0.05, 0.01}}},
		"cosine":      &nnlib.SGD{Schedule: &nnlib.CosineDecay{InitialLearningRate: 0.01, DecaySteps: 6, Alpha: 0.1, WarmupTarget: 0.1, WarmupSteps: 3}},
	}
	k := readKeras(t).Optimizers
	for _, run := range k.Runs {
		optimizer := rows[run.Name]
		if optimizer == nil {
			optimizer = nnlib.OptimizerNamed(t, run.Name)
		}
		w := &nnlib.Param{Name: "w", Value: tensor([]int{5}, k.Start), Grad: nnlib.NewTensor(5), Trainable: true}
		for s, want := range run.Steps {
			copy(w.Grad.Data, tensor([]int{5}, k.Grads[s]).Data)
			optimizer.Step([]*nnlib.Param{w})
			near(t, run.Name, w.Value.Data, want, 1e-6)
		}
	}
}

// kerasLayers are the layers of generate.py.
var kerasLayers = map[string]func() nnlib.Layer{
	"dense":               func() nnlib.Layer { return &nnlib.Dense{Units: 3, Activation: "gelu"} },
	"simplernn":           func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3} },
	"simplernn_backwards": func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true, GoBackwards: true} },
	"simplernn_masked":    func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true} },
	"lstm":                func() nnlib.Layer { return &nnlib.LSTM{Units: 3} },
	"lstm_backwards":      func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true, GoBackwards: true} },
	"lstm_masked":         func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true} },
	"gru":                 func() nnlib.Layer { return &nnlib.GRU{Units: 3} },
	"gru_backwards":       func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnSequences: true, GoBackwards: true} },
	"gru_masked":          func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnSequences: true} },
	"bidirectional":       func() nnlib.Layer { return &nnlib.Bidirectional{Layer: &nnlib.LSTM{Units: 3, ReturnSequences: true}} },
	"conv1d": func() nnlib.Layer {
		return &nnlib.Conv1D{Filters: 3, KernelSize: 3, Strides: 2, Padding: "same", Activation: "relu"}
	},
	"conv1d_causal": func() nnlib.Layer {
		return &nnlib.Conv1D{Filters: 3, KernelSize: 2, DilationRate: 2, Padding: "causal"}
	},
	"conv2d": func() nnlib.Layer {
		return &nnlib.Conv2D{Filters: 4, KernelSize: [2]int{3, 2}, Padding: "same", Strides: [2]int{2, 1}}
	},
	"conv2d_groups":      func() nnlib.Layer { return &nnlib.Conv2D{Filters: 4, KernelSize: [2]int{2}, Groups: 2} },
	"depthwise":          func() nnlib.Layer { return &nnlib.DepthwiseConv2D{KernelSize: [2]int{2}, DepthMultiplier: 2} },
	"batch_training":     func() nnlib.Layer { return &nnlib.BatchNormalization{} },
	"batch_inference":    func() nnlib.Layer { return &nnlib.BatchNormalization{} },
	"layer_norm":         func() nnlib.Layer { return &nnlib.LayerNormalization{} },
	"group_norm":         func() nnlib.Layer { return &nnlib.GroupNormalization{Groups: 2} },
	"attention":          func() nnlib.Layer { return &nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3} },
	"average_same":       func() nnlib.Layer { return &nnlib.AveragePooling2D{Strides: [2]int{1}, Padding: "same"} },
	"prelu":              func() nnlib.Layer { return &nnlib.PReLU{SharedAxes: []int{1}} },
	"leaky_relu_layer":   func() nnlib.Layer { return &nnlib.LeakyReLU{} },
	"unit_norm_layer":    func() nnlib.Layer { return &nnlib.UnitNormalization{} },
	"rms_norm":           func() nnlib.Layer { return &nnlib.RMSNormalization{} },
	"dot":                func() nnlib.Layer { return &nnlib.Dot{Axes: [2]int{2, 1}} },
	"dot_normalize":      func() nnlib.Layer { return &nnlib.Dot{Axes: [2]int{2}, Normalize: true} },
	"attention_scale":    func() nnlib.Layer { return &nnlib.Attention{UseScale: true} },
	"attention_two":      func() nnlib.Layer { return &nnlib.Attention{} },
	"additive_attention": func() nnlib.Layer { return &nnlib.AdditiveAttention{} },
	"conv2d_transpose": func() nnlib.Layer {
		return &nnlib.Conv2DTranspose{Filters: 3, KernelSize: [2]int{3}, Strides: [2]int{2}}
	},
	"conv2d_transpose_same": func() nnlib.Layer {
		return &nnlib.Conv2DTranspose{Filters: 3, KernelSize: [2]int{3, 2}, Strides: [2]int{2, 1}, Padding: "same", Activation: "tanh"}
	},
	"conv1d_transpose": func() nnlib.Layer { return &nnlib.Conv1DTranspose{Filters: 3, KernelSize: 2, Strides: 3} },
	"separable2d": func() nnlib.Layer {
		return &nnlib.SeparableConv2D{Filters: 3, KernelSize: [2]int{2}, DepthMultiplier: 2}
	},
	"separable1d": func() nnlib.Layer {
		return &nnlib.SeparableConv1D{Filters: 3, KernelSize: 3, Padding: "same", Activation: "tanh"}
	},
	"lstm_states": func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true, ReturnState: true} },
	"gru_states":  func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnState: true} },
	"rnn_states": func() nnlib.Layer {
		return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true, ReturnState: true, GoBackwards: true}
	},
	"depthwise1d": func() nnlib.Layer { return &nnlib.DepthwiseConv1D{KernelSize: 2, DepthMultiplier: 2, Strides: 2} },
	"max_same":    func() nnlib.Layer { return &nnlib.MaxPooling2D{Padding: "same"} },
}

func TestLayersAgreeWithKeras(t *testing.T) {
	for _, c := range readKeras(t).Layers {
		t.Run(c.Name, func(t *testing.T) { c.run(t) })
	}
}

func (c kerasLayer) run(t *testing.T) {
	layer := kerasLayers[c.Name]
	if name, ok := strings.CutPrefix(c.Name, "activation "); ok {
		layer = func() nnlib.Layer { return &nnlib.ActivationLayer{Activation: name} }
	}
	if layer == nil {
		t.Fatal("there is no such layer in kerasLayers")
	}
	var in []nnlib.Shape
	var x []*nnlib.Tensor
	for k, shape := range c.Shapes {
		in, x = append(in, shape[1:]), append(x, tensor(shape, c.X[k]))
	}
	p, err := nnlib.NewProbe(layer(), "layer", rng.Root(1), in...)
	if err != nil {
		t.Fatal(err)
	}
	c.load(t, p)
	if c.Mask != nil {
		p.Mask(tensor(c.Shapes[0][:2], c.Mask))
	}
	y := p.Forward(c.Training, x...)
	near(t, "output", y.Data, c.Y, 2e-6)
	gx := p.Backward(tensor(y.Shape, c.DY))
	for k, g := range gx {
		near(t, "gradient by the input", g.Data, c.GX[k], 5e-6)
	}
	near(t, "gradient by the weights", concat(p, true, func(w *nnlib.Param) *nnlib.Tensor { return w.Grad }), flat(c.GW), 5e-6)
	if len(c.States) > 0 {
		near(t, "states", concat(p, false, func(w *nnlib.Param) *nnlib.Tensor { return w.Value }), flat(c.States), 2e-6)
	}
}

// load sets the weights, which lie in Keras's order and, joined, in its layout: the
// two biases of a GRU are two rows of one weight there.
func (c kerasLayer) load(t *testing.T, p *nnlib.Probe) {
	values := flat(c.Weights)
	for _, w := range p.Params {
		if len(values) < len(w.Value.Data) {
			t.Fatalf("Keras has %d weights, this layer more", len(flat(c.Weights)))
		}
		for i := range w.Value.Data {
			w.Value.Data[i] = float32(values[i])
		}
		values = values[len(w.Value.Data):]
	}
	if len(values) != 0 {
		t.Fatalf("Keras has %d weights more than this layer", len(values))
	}
}

func concat(p *nnlib.Probe, trainable bool, of func(*nnlib.Param) *nnlib.Tensor) (all []float32) {
	for _, w := range p.Params {
		if w.Trainable == trainable {
			all = append(all, of(w).Data...)
		}
	}
	return all
}

func flat(lists [][]float64) []float64 { return slices.Concat(lists...) }
