package nnlib

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// MLPRegressor is scikit-learn's: a network of dense layers that learns numbers.
// With Random set it starts from the same weights and sees the same batches as
// scikit-learn's with that random_state, so that both learn the same up to rounding:
// this one computes in float32.
type MLPRegressor struct{ MLP }

// Fit learns y, one number a sample or a row of several, from X.
func (m *MLPRegressor) Fit(X, y any) *MLPRegressor {
	x, t := samplesOf("MLPRegressor", X), samplesOf("MLPRegressor", y)
	if x.Shape[0] != t.Shape[0] {
		panic(fmt.Errorf("nnlib: MLPRegressor got %d samples and %d answers", x.Shape[0], t.Shape[0]))
	}
	err := m.build(m.learning(x.Shape[0]), x.Shape[1], t.Shape[1])
	if err == nil {
		trainX, trainY, keptX, kept := m.apart(x, t, nil)
		err = m.train(trainX, trainY, keptX, &halfSquaredLoss{}, func(x *Tensor) float64 {
			return R2Score(tensorRows(t, kept), m.Network.Predict(x))
		})
	}
	if err != nil {
		panic(fmt.Errorf("nnlib: MLPRegressor: %w", err))
	}
	return m
}

// Predict returns a row for each sample of X.
func (m *MLPRegressor) Predict(X any) *mat.Dense { return matrix64(m.outputs("MLPRegressor", X)) }

// Score is R2Score of the predictions.
func (m *MLPRegressor) Score(X, y any) float64 { return R2Score(y, m.Predict(X)) }

// halfSquaredLoss is scikit-learn's squared_loss: half the squared error, the
// gradient's sum and the loss's mean over a sample's numbers.
type halfSquaredLoss struct{}

// Loss computes losses and gradient.
func (*halfSquaredLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	(&MeanSquaredErrorLoss{}).Loss(losses, nil, pred, want)
	for i := range losses {
		losses[i] /= 2
	}
	if grad != nil {
		for i, p := range pred.Data {
			grad.Data[i] = p - want.Data[i]
		}
	}
}
