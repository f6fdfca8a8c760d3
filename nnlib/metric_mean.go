package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

var (
	_ Metric = (*MeanLossMetric)(nil)
	_ Metric = (*RootMeanSquaredErrorMetric)(nil)
	_ Metric = (*R2ScoreMetric)(nil)
)

// MeanLossMetric is the mean of a loss over the samples: "mae" as a metric is
// MeanLossMetric{Loss: "mae"}.
type MeanLossMetric struct {
	Loss any // a name or a Loss

	loss   Loss
	losses []float64
	mean   mean
}

// mean is a weighted mean over batches.
type mean struct{ sum, weight float64 }

func (m *mean) add(value, weight float64) {
	m.sum += float64(value * weight)
	m.weight += weight
}

func (m *mean) result() float64 {
	if m.weight == 0 {
		return 0
	}
	return m.sum / m.weight
}

// weightOf returns sample i's weight.
func weightOf(weights []float64, i int) float64 {
	if len(weights) == 0 {
		return 1
	}
	return weights[i]
}

// Name returns the loss's name.
func (m *MeanLossMetric) Name() string {
	if name, ok := m.Loss.(string); ok {
		return name
	}
	return "mean_loss"
}

// Reset forgets all batches.
func (m *MeanLossMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *MeanLossMetric) Update(pred, want *Tensor, weights []float64) {
	if m.loss == nil {
		loss, err := losses.named("loss", m.Loss)
		if err != nil {
			panic(err)
		}
		m.loss = loss
	}
	n := pred.Shape[0]
	if len(m.losses) < n {
		m.losses = make([]float64, n)
	}
	m.loss.Loss(m.losses[:n], nil, pred, want)
	for i, v := range m.losses[:n] {
		m.mean.add(v, weightOf(weights, i))
	}
}

// Result returns the mean.
func (m *MeanLossMetric) Result() float64 { return m.mean.result() }

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

// R2ScoreMetric is the share of the variance that is explained, the mean over the outputs.
type R2ScoreMetric struct {
	n                       float64
	sum, squares, residuals []float64 // of each output
}

// Name is "r2_score".
func (*R2ScoreMetric) Name() string { return "r2_score" }

// Reset forgets all batches.
func (m *R2ScoreMetric) Reset() { *m = R2ScoreMetric{} }

// Update adds a batch.
func (m *R2ScoreMetric) Update(pred, want *Tensor, weights []float64) {
	rows, cols := pred.Dims()
	if m.sum == nil {
		m.sum, m.squares, m.residuals = make([]float64, cols), make([]float64, cols), make([]float64, cols)
	}
	for i := range rows {
		weight := weightOf(weights, i)
		m.n += weight
		for j := range cols {
			y, e := float64(want.Data[i*cols+j]), float64(pred.Data[i*cols+j])-float64(want.Data[i*cols+j])
			m.sum[j] += float64(weight * y)
			m.squares[j] += float64(weight * y * y)
			m.residuals[j] += float64(weight * e * e)
		}
	}
}

// Result returns the score.
func (m *R2ScoreMetric) Result() float64 {
	scores := make([]float64, len(m.sum))
	for j := range scores {
		total := m.squares[j] - float64(m.sum[j]*m.sum[j]/m.n)
		scores[j] = 1 - m.residuals[j]/total
	}
	return exact.Mean64(scores)
}
