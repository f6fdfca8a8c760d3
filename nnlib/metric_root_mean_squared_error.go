package nnlib

import (
	"math"
)

var _ Metric = (*RootMeanSquaredErrorMetric)(nil)

// RootMeanSquaredErrorMetric is the root of the mean squared error.
type RootMeanSquaredErrorMetric struct{ mean mean }

// Name is "root_mean_squared_error".
func (*RootMeanSquaredErrorMetric) Name() string { return "root_mean_squared_error" }

// Reset forgets all batches.
func (m *RootMeanSquaredErrorMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *RootMeanSquaredErrorMetric) Update(pred, want *Tensor, weights []float64) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		e := float64(p - want.Data[k])
		m.mean.add(e*e, weightOf(weights, k/n))
	}
}

// Result returns the root of the mean.
func (m *RootMeanSquaredErrorMetric) Result() float64 { return math.Sqrt(m.mean.result()) }
