package nnlib

var _ Metric = (*PearsonCorrelationMetric)(nil)

// PearsonCorrelationMetric is the mean of Pearson's correlation between prediction and target, along the last axis.
type PearsonCorrelationMetric struct{ mean mean }

// Name is "pearson_correlation".
func (*PearsonCorrelationMetric) Name() string { return "pearson_correlation" }

// Reset forgets all batches.
func (m *PearsonCorrelationMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *PearsonCorrelationMetric) Update(pred, want *Tensor, weights []float64) {
	eachRow(pred, want, weights, &m.mean, pearson)
}

// Result returns the mean.
func (m *PearsonCorrelationMetric) Result() float64 { return m.mean.result() }
