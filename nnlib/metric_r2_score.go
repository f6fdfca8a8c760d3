package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Metric = (*R2ScoreMetric)(nil)

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
