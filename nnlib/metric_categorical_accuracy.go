package nnlib

var _ Metric = (*CategoricalAccuracyMetric)(nil)

// CategoricalAccuracyMetric is the share of rows whose largest element is where the one-hot row has it.
type CategoricalAccuracyMetric struct{ mean mean }

// Name is "categorical_accuracy".
func (*CategoricalAccuracyMetric) Name() string { return "categorical_accuracy" }

// Reset forgets all batches.
func (m *CategoricalAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *CategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	eachClass(pred, want, weights, &m.mean, oneHotHit)
}

// Result returns the share.
func (m *CategoricalAccuracyMetric) Result() float64 { return m.mean.result() }
