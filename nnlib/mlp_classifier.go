package nnlib

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// MLPClassifier is scikit-learn's: a network of dense layers that learns classes,
// which are texts or numbers. See MLPRegressor for Random.
type MLPClassifier struct {
	MLP
	Classes []string // sorted; set by Fit

	texts bool // the classes were given as texts
	codes []float64
}

// Fit learns the classes y from X.
func (m *MLPClassifier) Fit(X, y any) *MLPClassifier {
	x, classes := samplesOf("MLPClassifier", X), indexLabels("MLPClassifier", y)
	index := classes.index[0]
	if x.Shape[0] != len(index) || len(classes.names) < 2 {
		panic(fmt.Errorf("nnlib: MLPClassifier wants a class for each sample, and two classes at least; got %d samples, %d classes of them, %d different ones", x.Shape[0], len(index), len(classes.names)))
	}
	m.Classes = classes.names
	m.remember(y)
	var loss Loss = &CategoricalCrossentropyLoss{FromLogits: true}
	want := ToCategorical(index, len(m.Classes))
	if len(m.Classes) == 2 {
		loss, want = &BinaryCrossentropyLoss{FromLogits: true}, Array(index).Reshape(-1, 1)
	}
	err := m.build(m.learning(x.Shape[0]), x.Shape[1], want.Shape[1])
	if err == nil {
		trainX, trainY, keptX, kept := m.apart(x, want, index)
		err = m.train(trainX, trainY, keptX, loss, func(x *Tensor) float64 {
			right := 0
			for k, c := range m.places(m.Network.Predict(x)) {
				if c == index[kept[k]] {
					right++
				}
			}
			return float64(right) / float64(len(kept))
		})
	}
	if err != nil {
		panic(fmt.Errorf("nnlib: MLPClassifier: %w", err))
	}
	return m
}

// remember keeps what the classes were given as.
func (m *MLPClassifier) remember(y any) {
	_, m.texts = y.([]string)
	m.codes = nil
	if !m.texts {
		m.codes = slices.Clone(classNumbers("MLPClassifier", y))
		slices.Sort(m.codes)
		m.codes = slices.Compact(m.codes)
	}
}

// places returns the place among Classes of each row's class.
func (m *MLPClassifier) places(out *Tensor) []int {
	var places []int
	rows, cols := out.Dims()
	for i := range rows {
		if cols == 1 {
			places = append(places, int(keep(1, out.Data[i] > 0)))
			continue
		}
		row := out.Data[i*cols : (i+1)*cols]
		places = append(places, slices.Index(row, slices.Max(row)))
	}
	return places
}

// Predict returns the class of each sample as a number. Where the classes are
// texts, PredictNames returns them, and Predict their places in Classes.
func (m *MLPClassifier) Predict(X any) []float64 {
	var out []float64
	for _, p := range m.places(m.outputs("MLPClassifier", X)) {
		if m.texts {
			out = append(out, float64(p))
		} else {
			out = append(out, m.codes[p])
		}
	}
	return out
}

// PredictNames returns the class of each sample as a text.
func (m *MLPClassifier) PredictNames(X any) []string {
	var out []string
	for _, p := range m.places(m.outputs("MLPClassifier", X)) {
		out = append(out, m.Classes[p])
	}
	return out
}

// PredictProba returns a row for each sample: the probability of each class.
func (m *MLPClassifier) PredictProba(X any) *mat.Dense {
	out := m.outputs("MLPClassifier", X)
	if out.Shape[1] > 1 {
		p := NewTensor(out.Shape...)
		(&Softmax{}).Apply(p, out)
		return matrix64(p)
	}
	(&Sigmoid{}).Apply(out, out)
	p := mat.NewDense(len(out.Data), 2, nil)
	for i, v := range out.Data {
		p.SetRow(i, []float64{1 - float64(v), float64(v)})
	}
	return p
}

// Score is AccuracyScore of the predictions.
func (m *MLPClassifier) Score(X, y any) float64 {
	if _, texts := y.([]string); texts {
		return AccuracyScore(y, m.PredictNames(X))
	}
	return AccuracyScore(y, m.Predict(X))
}
