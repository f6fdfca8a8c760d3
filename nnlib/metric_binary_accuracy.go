package nnlib

var _ Metric = (*BinaryAccuracyMetric)(nil)

// BinaryAccuracyMetric is the share of elements on the right side of Threshold.
type BinaryAccuracyMetric struct {
	Threshold float64 // 0.5 by default

	mean mean
}

// Name is "binary_accuracy".
func (*BinaryAccuracyMetric) Name() string { return "binary_accuracy" }

// Reset forgets all batches.
func (m *BinaryAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *BinaryAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	binaryHits(pred, want, weights, &m.mean, float32(orNumber(m.Threshold, 0.5)))
}

// Result returns the share.
func (m *BinaryAccuracyMetric) Result() float64 { return m.mean.result() }
