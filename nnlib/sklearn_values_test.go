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

// testdata/sklearn/sklearn.json holds values of scikit-learn; generate.py beside it made them.
type sklearnValues struct {
	Y, Pred, Bits, Score []float64
	BitPred              []float64 `json:"bit_pred"`
	Prob, X, Target      [][]float64
	Names, Named         []string
	Confusion            [][]int
	Report               string
	NamedReport          string `json:"named_report"`
	Accuracy, AUC        float64
	LogLoss              float64 `json:"log_loss"`
	BitLogLoss           float64 `json:"bit_log_loss"`
	FPR, TPR, Thresholds []float64
	Averages             map[string]map[string]float64
	Strata               []struct {
		Shuffle bool
		Folds   [][2][]int
	}
	Stratified [][2][]int
	Three, Two []float64
	MLP        map[string]struct {
		Pred       [][]float64
		First      [][][]float64
		Loss       []float64
		Validation []float64
		Iterations int
		Score      float64
	}
}

func readSklearn(t *testing.T) (v sklearnValues) {
	t.Helper()
	text, err := os.ReadFile("testdata/sklearn/sklearn.json")
	if err == nil {
		err = json.Unmarshal(text, &v)
	}
	if err != nil || len(v.Y) != 60 || len(v.MLP) != 6 || len(v.Strata) != 2 || len(v.Averages) != 3 {
		t.Fatal("testdata/sklearn/sklearn.json:", err)
	}
	return v
}

func TestClassificationAgreesWithScikitLearn(t *testing.T) {
	v := readSklearn(t)
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"accuracy", nnlib.AccuracyScore(v.Y, v.Pred), v.Accuracy},
		{"accuracy of texts", nnlib.AccuracyScore(v.Names, v.Named), v.Accuracy},
		{"log loss", nnlib.LogLoss(v.Y, v.Prob), v.LogLoss},
		{"log loss of two", nnlib.LogLoss(v.Bits, v.Score), v.BitLogLoss},
		{"auc", nnlib.ROCAUCScore(v.Bits, v.Score), v.AUC},
	} {
		close64(t, c.what, []float64{c.got}, []float64{c.want}, 1e-14)
	}
	for name, f := range map[string]func(yTrue, yPred any, average string) float64{"precision": nnlib.PrecisionScore, "recall": nnlib.RecallScore, "f1": nnlib.F1Score} {
		for average, want := range v.Averages[name] {
			a, b := v.Y, v.Pred
			if average == "binary" {
				a, b = v.Bits, v.BitPred
			}
			close64(t, name+" "+average, []float64{f(a, b, average)}, []float64{want}, 1e-14)
		}
	}
	if got := nnlib.ConfusionMatrix(v.Y, v.Pred).Counts; !slices.EqualFunc(got, v.Confusion, slices.Equal) {
		t.Error(got, v.Confusion)
	}
	if got := nnlib.ClassificationReport(v.Y, v.Pred).String(); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(strings.ReplaceAll(v.Report, ".0", ""), " ", "") {
		t.Errorf("%q\n%q", got, v.Report)
	}
	if got := nnlib.ClassificationReport(v.Names, v.Named).String(); got != v.NamedReport {
		t.Errorf("%q\n%q", got, v.NamedReport)
	}
	roc := nnlib.ROCCurve(v.Bits, v.Score)
	close64(t, "fpr", roc.FPR, v.FPR, 1e-15)
	close64(t, "tpr", roc.TPR, v.TPR, 1e-15)
	close64(t, "thresholds", roc.Thresholds[1:], v.Thresholds, 0)
}

func TestStrataAgreeWithScikitLearn(t *testing.T) {
	v := readSklearn(t)
	for _, s := range v.Strata {
		k := nnlib.StratifiedKFold{NSplits: 4, Shuffle: s.Shuffle}
		if s.Shuffle {
			k.Random = rng.NewRandomState(5)
		}
		for f, fold := range k.Split(v.Y) {
			if !slices.Equal(fold.Train, s.Folds[f][0]) || !slices.Equal(fold.Test, s.Folds[f][1]) {
				t.Errorf("fold %d, shuffled %v: %v, want %v", f, s.Shuffle, fold, s.Folds[f])
			}
		}
	}
	numbers := make([]float64, 60)
	for i := range numbers {
		numbers[i] = float64(i)
	}
	for k, size := range []float64{0.25, 0.33} {
		train, test, _, _ := nnlib.TrainTestSplit(numbers, numbers, nnlib.Split{TestSize: size, Stratify: v.Y, Random: rng.NewRandomState(9)})
		for j, m := range [][]float64{flatten(train), flatten(test)} {
			var want []float64
			for _, i := range v.Stratified[k][j] {
				want = append(want, float64(i))
			}
			close64(t, "stratified split", m, want, 0)
		}
	}
}

// Networks that start from scikit-learn's weights and see its batches learn what
// scikit-learn's learn. It computes in float64, so that they part slowly.
func TestMLPAgreesWithScikitLearn(t *testing.T) {
	v := readSklearn(t)
	column := make([]float64, len(v.Target))
	for i, row := range v.Target {
		column[i] = row[0]
	}
	regress := func(m nnlib.MLP, y any) func() (*nnlib.MLP, []float64, float64) {
		r := &nnlib.MLPRegressor{MLP: m}
		return func() (*nnlib.MLP, []float64, float64) {
			r.Fit(v.X, y)
			return &r.MLP, flatten(r.Predict(v.X)), r.Score(v.X, y)
		}
	}
	classify := func(m nnlib.MLP, y any) func() (*nnlib.MLP, []float64, float64) {
		c := &nnlib.MLPClassifier{MLP: m}
		return func() (*nnlib.MLP, []float64, float64) {
			c.Fit(v.X, y)
			return &c.MLP, flatten(c.PredictProba(v.X)), c.Score(v.X, y)
		}
	}
	for name, fit := range map[string]func() (*nnlib.MLP, []float64, float64){
		"regressor":  regress(nnlib.MLP{HiddenLayerSizes: []int{16}, Random: rng.NewRandomState(1), MaxIter: 60, BatchSize: 32}, v.Target),
		"column":     regress(nnlib.MLP{HiddenLayerSizes: []int{8, 5}, Activation: "tanh", Alpha: 0.1, Random: rng.NewRandomState(2), MaxIter: 40}, column),
		"sgd":        regress(nnlib.MLP{HiddenLayerSizes: []int{8}, Activation: "logistic", Solver: "sgd", LearningRateInit: 0.05, Random: rng.NewRandomState(3), MaxIter: 30, NoShuffle: true}, v.Target),
		"classifier": classify(nnlib.MLP{HiddenLayerSizes: []int{12}, Random: rng.NewRandomState(4), MaxIter: 80, BatchSize: 50}, v.Three),
		"binary":     classify(nnlib.MLP{HiddenLayerSizes: []int{10}, Random: rng.NewRandomState(5), MaxIter: 300, LearningRateInit: 0.01, EarlyStopping: true, NIterNoChange: 5}, v.Two),
		"stopped":    regress(nnlib.MLP{HiddenLayerSizes: []int{20}, Random: rng.NewRandomState(6), MaxIter: 500, LearningRateInit: 0.02, EarlyStopping: true, ValidationFraction: 0.2}, v.Target),
	} {
		t.Run(name, func(t *testing.T) {
			want := v.MLP[name]
			m, pred, score := fit()
			if m.NIter != want.Iterations || len(m.ValidationScores) != len(want.Validation) {
				t.Errorf("%d epochs and %d scores, scikit-learn has %d and %d", m.NIter, len(m.ValidationScores), want.Iterations, len(want.Validation))
			}
			close64(t, "predictions", pred, flat(want.Pred), 2e-4)
			close64(t, "losses", m.LossCurve, want.Loss, 2e-5)
			close64(t, "score", []float64{score}, []float64{want.Score}, 1e-4)
			if math.IsNaN(m.BestLoss) {
				t.Error("no best loss")
			}
		})
	}
}
