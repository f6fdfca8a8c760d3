package nnlib

var _ Metric = (*SparseCategoricalAccuracyMetric)(nil)

// SparseCategoricalAccuracyMetric is the share of rows whose largest element has the wanted number.
type SparseCategoricalAccuracyMetric struct{ mean mean }

// Name is "sparse_categorical_accuracy".
func (*SparseCategoricalAccuracyMetric) Name() string { return "sparse_categorical_accuracy" }

// Reset forgets all batches.
func (m *SparseCategoricalAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *SparseCategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	eachClass(pred, want, weights, &m.mean, sparseHit)
}

// Result returns the share.
func (m *SparseCategoricalAccuracyMetric) Result() float64 { return m.mean.result() }
