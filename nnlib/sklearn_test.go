package nnlib_test

import (
	"math"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// flatten returns a matrix's elements row by row.
func flatten(m mat.Matrix) (all []float64) {
	rows, cols := m.Dims()
	for i := range rows {
		for j := range cols {
			all = append(all, m.At(i, j))
		}
	}
	return all
}

func close64(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) || len(got) == 0 {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance) {
			t.Errorf("%s: element %d is %v, want %v", what, i, got[i], want[i])
			return
		}
	}
}

func TestSplitsAndScalersAgreeWithScikitLearn(t *testing.T) {
	k := readKeras(t).SK
	a, b, c, d := nnlib.TrainTestSplit(k.X, k.Y, nnlib.Split{TestSize: 0.3, Random: rng.NewRandomState(7)})
	for i, m := range []mat.Matrix{a, b, c, d} {
		close64(t, "train_test_split", flatten(m), k.Split[i], 0)
	}
	folds := nnlib.KFold{NSplits: 4, Shuffle: true, Random: rng.NewRandomState(3)}.Split(11)
	if len(folds) != 4 {
		t.Fatalf("%d folds", len(folds))
	}
	for i, f := range folds {
		for j, index := range [][]int{f.Train, f.Test} {
			var got []float64
			for _, v := range index {
				got = append(got, float64(v))
			}
			close64(t, "KFold", got, k.Folds[i][j], 0)
		}
	}
	var standard nnlib.StandardScaler
	close64(t, "StandardScaler", flatten(standard.FitTransform(k.X)), k.Std, 1e-14)
	close64(t, "and back", flatten(standard.InverseTransform(standard.Transform(k.X))), flat(k.X), 1e-14)
	ranged := nnlib.MinMaxScaler{FeatureRange: [2]float64{-1, 2}}
	close64(t, "MinMaxScaler", flatten(ranged.FitTransform(k.X)), k.MinMax, 1e-14)
	close64(t, "and back", flatten(ranged.InverseTransform(ranged.Transform(k.X))), flat(k.X), 1e-14)
}

func TestMetricsAgreeWithScikitLearn(t *testing.T) {
	k := readKeras(t).SK
	close64(t, "functions", []float64{nnlib.R2Score(k.Y, k.R2Pred), nnlib.MeanSquaredError(k.Y, k.R2Pred), nnlib.MeanAbsoluteError(k.Y, k.R2Pred)},
		[]float64{k.R2, k.MSE, k.MAE}, 1e-14)
	for _, c := range []struct {
		metric       nnlib.Metric
		score, label []float64
		want         float64
	}{
		{&nnlib.AUCMetric{}, k.Score, k.Label, k.AUC},
		{&nnlib.PrecisionMetric{}, k.Score, k.Label, k.Precision},
		{&nnlib.RecallMetric{}, k.Score, k.Label, k.Recall},
		{&nnlib.F1ScoreMetric{}, k.Score, k.Label, k.F1},
		{&nnlib.R2ScoreMetric{}, k.R2Pred, k.Y, k.R2},
		{&nnlib.RootMeanSquaredErrorMetric{}, k.R2Pred, k.Y, math.Sqrt(k.MSE)},
		{&nnlib.MeanLossMetric{Loss: "mae"}, k.R2Pred, k.Y, k.MAE},
	} {
		c.metric.Reset()
		half := len(c.score) / 2 // two batches
		c.metric.Update(nnlib.Array(c.score[:half]).Reshape(-1, 1), nnlib.Array(c.label[:half]).Reshape(-1, 1), nil)
		c.metric.Update(nnlib.Array(c.score[half:]).Reshape(-1, 1), nnlib.Array(c.label[half:]).Reshape(-1, 1), nil)
		if got := c.metric.Result(); math.Abs(got-c.want) > 2e-6 {
			t.Errorf("%s is %v, want %v", c.metric.Name(), got, c.want)
		}
	}
}

// Accuracies counted by hand.
func TestAccuracies(t *testing.T) {
	pred := tensor([]int{4, 3}, []float64{.1, .7, .2, .5, .3, .2, .2, .3, .5, .4, .35, .25}) // classes 1 0 2 0
	hot := tensor([]int{4, 3}, []float64{0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0})                // classes 1 1 2 1
	numbers, weights := tensor([]int{4}, []float64{1, 1, 2, 1}), []float64{1, 2, 3, 4}
	p, yes := tensor([]int{4, 1}, []float64{.6, .4, .5, .9}), tensor([]int{4, 1}, []float64{1, 1, 0, 0})
	for _, c := range []struct {
		metric     nnlib.Metric
		pred, want *nnlib.Tensor
		weights    []float64
		result     float64
	}{
		{&nnlib.AccuracyMetric{}, pred, hot, nil, 0.5},
		{&nnlib.AccuracyMetric{}, pred, numbers, nil, 0.5},
		{&nnlib.AccuracyMetric{}, pred, hot, weights, 0.4},
		{&nnlib.AccuracyMetric{}, p, yes, nil, 0.5},
		{&nnlib.BinaryAccuracyMetric{Threshold: 0.3}, p, yes, nil, 0.5},
		{&nnlib.CategoricalAccuracyMetric{}, pred, hot, nil, 0.5},
		{&nnlib.SparseCategoricalAccuracyMetric{}, pred, numbers, weights, 0.4},
		{&nnlib.TopKCategoricalAccuracyMetric{K: 2}, pred, hot, nil, 1},
		{&nnlib.TopKCategoricalAccuracyMetric{K: 1}, pred, numbers, nil, 0.5},
	} {
		c.metric.Update(c.pred, c.want, c.weights)
		if got := c.metric.Result(); math.Abs(got-c.result) > 1e-12 {
			t.Errorf("%s is %v, want %v", c.metric.Name(), got, c.result)
		}
	}
}

func TestSplitMistakes(t *testing.T) {
	X := [][]float64{{1, 2}, {3, 4}}
	for _, c := range []struct {
		want string
		do   func()
	}{
		{"nnlib: TrainTestSplit got 2 samples and 1 answers", func() { nnlib.TrainTestSplit(X, []float64{1}, nnlib.Split{}) }},
		{"nnlib: TrainTestSplit with TestSize 1 of 2 samples leaves 0 to learn from", func() { nnlib.TrainTestSplit(X, X, nnlib.Split{TestSize: 1}) }},
		{"nnlib: KFold wants NSplits from 2 to the number of samples 2, got 5", func() { nnlib.KFold{}.Split(2) }},
		{"nnlib: StandardScaler was fitted to 0 columns and got 2; call Fit first", func() { new(nnlib.StandardScaler).Transform(X) }},
		{"nnlib: StandardScaler: column 0 is NaN in row 0", func() { new(nnlib.StandardScaler).Fit([]float64{math.NaN()}) }},
		{"nnlib: MeanSquaredError wants as many predictions as true values and at least one, got 1 and 2", func() { nnlib.MeanSquaredError([]float64{1, 2}, []float64{1}) }},
		{"nnlib: Rows: row 1 has 1 numbers, row 0 has 2", func() { nnlib.Rows([][]float64{{1, 2}, {3}}, nil) }},
	} {
		if got := mistake(t, c.do); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// Regularizers price what they say, and constraints keep to what they say.
func TestRegularizersAndConstraints(t *testing.T) {
	w := tensor([]int{2, 2}, []float64{3, -1, 4, 0})
	r := &nnlib.L1L2{L1: 0.5, L2: 0.25}
	if got := r.Penalty(w); got != 0.5*8+0.25*26 {
		t.Errorf("penalty %v", got)
	}
	g := nnlib.NewTensor(2, 2)
	r.AddGrad(g, w)
	near(t, "gradient", g.Data, []float64{2, -1, 2.5, 0}, 1e-7)
	for _, c := range []struct {
		constraint nnlib.Constraint
		want       []float64
	}{
		{&nnlib.NonNeg{}, []float64{3, 0, 4, 0}},
		{&nnlib.MaxNorm{MaxValue: 2.5}, []float64{1.5, -1, 2, 0}},
		{&nnlib.MinMaxNorm{MinValue: 2, MaxValue: 10}, []float64{3, -2, 4, 0}},
		{&nnlib.UnitNorm{}, []float64{0.6, -1, 0.8, 0}},
	} {
		v := w.Clone()
		c.constraint.Constrain(v)
		near(t, "constrained", v.Data, c.want, 1e-6)
	}
}
