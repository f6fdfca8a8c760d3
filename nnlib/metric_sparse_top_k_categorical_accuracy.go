package nnlib

var _ Metric = (*SparseTopKCategoricalAccuracyMetric)(nil)

// SparseTopKCategoricalAccuracyMetric is TopKCategoricalAccuracyMetric for targets that
// are numbers of classes.
type SparseTopKCategoricalAccuracyMetric struct {
	K int // 5 by default

	top TopKCategoricalAccuracyMetric
}

// Name is "sparse_top_k_categorical_accuracy".
func (*SparseTopKCategoricalAccuracyMetric) Name() string { return "sparse_top_k_categorical_accuracy" }

// Reset forgets all batches.
func (m *SparseTopKCategoricalAccuracyMetric) Reset() { m.top.Reset() }

// Update adds a batch.
func (m *SparseTopKCategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	m.top.K = m.K
	m.top.Update(pred, want, weights)
}

// Result returns the share.
func (m *SparseTopKCategoricalAccuracyMetric) Result() float64 { return m.top.Result() }
