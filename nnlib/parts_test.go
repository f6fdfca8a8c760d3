package nnlib_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"reprise/nnlib"
)

// testdata/keras/parts.json holds values of Keras 3; parts.py beside it made them.
type partsValues struct {
	Losses []struct {
		Name       string
		Pred, Want []float64
		WantShape  []int `json:"want_shape"`
		Loss       float64
		Grad       []float64
	}
	Sequences            []kerasDescent
	Optimizers, Matrices struct {
		Start []float64
		Shape []int
		Grads [][]float64
		Runs  []struct {
			Name  string
			Steps [][]float64
		}
	}
	Layers       []kerasLayer
	Regularizers []struct {
		Name    string
		Shape   []int
		W, Grad []float64
		Price   float64
	}
	Constraints []struct {
		Name  string
		Shape []int
		W, Y  []float64
	}
	Metrics []struct {
		Name               string
		Shape              []int
		PredShape          []int `json:"pred_shape"`
		Want, Pred, Weight [][]float64
		Results            []float64
	}
}

func readParts(t *testing.T) (p partsValues) {
	t.Helper()
	text, err := os.ReadFile("testdata/keras/parts.json")
	if err == nil {
		err = json.Unmarshal(text, &p)
	}
	if err != nil || len(p.Losses) < 10 || len(p.Optimizers.Runs) < 7 || len(p.Matrices.Runs) < 3 || len(p.Layers) < 26 || len(p.Regularizers) < 5 || len(p.Constraints) < 4 || len(p.Metrics) < 39 || len(p.Sequences) < 14 {
		t.Fatalf("testdata/keras/parts.json: %v; %d losses, %d optimizers, %d layers, %d regularizers, %d constraints, %d metrics, %d sequences", err,
			len(p.Losses), len(p.Optimizers.Runs), len(p.Layers), len(p.Regularizers), len(p.Constraints), len(p.Metrics), len(p.Sequences))
	}
	return p
}

func TestPartsAgreeWithKeras(t *testing.T) {
	p := readParts(t)
	losses := map[string]nnlib.Loss{
		"bfce_balanced":  &nnlib.BinaryFocalCrossentropyLoss{ApplyClassBalancing: true, Gamma: 1.5, Alpha: 0.3, LabelSmoothing: 0.1},
		"bfce_logits":    &nnlib.BinaryFocalCrossentropyLoss{FromLogits: true},
		"cfce_logits":    &nnlib.CategoricalFocalCrossentropyLoss{FromLogits: true, LabelSmoothing: 0.1, Gamma: 1.5, Alpha: 0.4},
		"dice_sample":    &nnlib.DiceLoss{PerSample: true},
		"tversky_sample": &nnlib.TverskyLoss{PerSample: true, Alpha: 0.3, Beta: 0.8},
	}
	for _, c := range p.Losses {
		loss := losses[c.Name]
		if loss == nil {
			loss = nnlib.LossNamed(t, c.Name)
		}
		pred, grad, values := tensor([]int{4, 3}, c.Pred), nnlib.NewTensor(4, 3), make([]float64, 4)
		loss.Loss(values, grad, pred, tensor(c.WantShape, c.Want))
		for i := range grad.Data {
			grad.Data[i] /= 4
		}
		near(t, c.Name+" loss", []float32{float32((values[0] + values[1] + values[2] + values[3]) / 4)}, []float64{c.Loss}, 2e-6)
		near(t, c.Name+" gradient", grad.Data, c.Grad, 3e-6)
		loss.Loss(values, nil, pred, tensor(c.WantShape, c.Want))
	}
	for _, c := range p.Layers {
		t.Run(c.Name, func(t *testing.T) { c.run(t) })
	}
	regularizers := map[string]nnlib.Regularizer{"columns": &nnlib.OrthogonalRegularizer{Factor: 0.1, Mode: "columns"}}
	for _, c := range p.Regularizers {
		r := regularizers[c.Name]
		if r == nil {
			r = nnlib.RegularizerNamed(t, c.Name)
		}
		w, grad := tensor(c.Shape, c.W), nnlib.NewTensor(c.Shape...)
		near(t, c.Name, []float32{float32(r.Penalty(w))}, []float64{c.Price}, 2e-6)
		r.AddGrad(grad, w)
		near(t, c.Name+" gradient", grad.Data, c.Grad, 3e-6)
	}
	constraints := map[string]nnlib.Constraint{"min_max_norm": &nnlib.MinMaxNorm{MinValue: 0.5, MaxValue: 1.5}}
	for _, c := range p.Constraints {
		k := constraints[c.Name]
		if k == nil {
			k = nnlib.ConstraintNamed(t, c.Name)
		}
		w := tensor(c.Shape, c.W)
		k.Constrain(w)
		near(t, c.Name, w.Data, c.Y, 2e-6)
	}
}

func TestMoreOptimizersAgreeWithKeras(t *testing.T) {
	p := readParts(t)
	special := func(name string) nnlib.Optimizer {
		switch name {
		case "ftrl_full":
			return &nnlib.Ftrl{LearningRate: 0.1, L1: 0.05, L2: 0.02, L2Shrinkage: 0.03, Beta: 0.1}
		case "lamb":
			return &nnlib.Lamb{LearningRate: 0.01}
		case "adam":
			return &nnlib.Adam{LearningRate: 0.01}
		case "adafactor":
			return &nnlib.Adafactor{LearningRate: 0.01}
		case "adafactor_fixed":
			return &nnlib.Adafactor{LearningRate: 0.05, NoRelative: true, ClipThreshold: 0.5}
		case "restarts":
			return &nnlib.SGD{Schedule: &nnlib.CosineDecayRestarts{InitialLearningRate: 0.1, FirstDecaySteps: 2, TMul: 1.5, MMul: 0.8, Alpha: 0.1}}
		case "restarts_even":
			return &nnlib.SGD{Schedule: &nnlib.CosineDecayRestarts{InitialLearningRate: 0.1, FirstDecaySteps: 3, TMul: 1}}
		}
		return nnlib.OptimizerNamed(t, name)
	}
	for _, k := range []struct {
		Start []float64
		Shape []int
		Grads [][]float64
		Runs  []struct {
			Name  string
			Steps [][]float64
		}
	}{p.Optimizers, p.Matrices} {
		for _, run := range k.Runs {
			optimizer := special(run.Name)
			w := &nnlib.Param{Name: "w", Value: tensor(k.Shape, k.Start), Grad: nnlib.NewTensor(k.Shape...), Trainable: true}
			for s, want := range run.Steps {
				copy(w.Grad.Data, tensor(k.Shape, k.Grads[s]).Data)
				optimizer.Step([]*nnlib.Param{w})
				near(t, run.Name, w.Value.Data, want, 2e-6)
			}
		}
	}
}

func TestMetricsAgreeWithKeras(t *testing.T) {
	special := map[string]nnlib.Metric{
		"precision_at_recall": &nnlib.PrecisionAtRecallMetric{Recall: 0.6}, "recall_at_precision": &nnlib.RecallAtPrecisionMetric{Precision: 0.5},
		"sensitivity_at_specificity": &nnlib.SensitivityAtSpecificityMetric{Specificity: 0.4}, "specificity_at_sensitivity": &nnlib.SpecificityAtSensitivityMetric{Sensitivity: 0.4},
		"mean_io_u": &nnlib.MeanIoUMetric{NumClasses: 3}, "io_u": &nnlib.IoUMetric{NumClasses: 3, TargetClassIDs: []int{0, 2}}, "binary_io_u": &nnlib.BinaryIoUMetric{Threshold: 0.4},
		"one_hot_io_u": &nnlib.OneHotIoUMetric{NumClasses: 3, TargetClassIDs: []int{1, 2}}, "one_hot_mean_io_u": &nnlib.OneHotMeanIoUMetric{NumClasses: 3},
		"fbeta_macro": &nnlib.FBetaScoreMetric{Beta: 2, Threshold: 0.5}, "fbeta_micro": &nnlib.FBetaScoreMetric{Average: "micro", Beta: 0.5, Threshold: 0.5},
		"fbeta_weighted": &nnlib.FBetaScoreMetric{Average: "weighted", Threshold: 0.5}, "fbeta_argmax": &nnlib.FBetaScoreMetric{},
		"sparse_top_k_categorical_accuracy": &nnlib.SparseTopKCategoricalAccuracyMetric{K: 2}, "top_k_categorical_accuracy": &nnlib.TopKCategoricalAccuracyMetric{K: 2},
	}
	for _, c := range readParts(t).Metrics {
		m := special[c.Name]
		if m == nil {
			m = nnlib.MetricNamed(t, c.Name)
		}
		for round := range 2 { // after Reset all is as before
			m.Reset()
			for b := range c.Want {
				var weight []float64
				if c.Weight != nil {
					weight = c.Weight[b]
				}
				m.Update(tensor(c.PredShape, c.Pred[b]), tensor(c.Shape, c.Want[b]), weight)
				if got := m.Result(); math.Abs(got-c.Results[b]) > 2e-6*(1+math.Abs(c.Results[b])) {
					t.Errorf("%s, round %d, batch %d: %v, want %v", c.Name, round, b, got, c.Results[b])
				}
			}
		}
	}
}
