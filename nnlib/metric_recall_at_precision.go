package nnlib

var _ Metric = (*RecallAtPrecisionMetric)(nil)

// RecallAtPrecisionMetric is the best recall of the thresholds at which the precision is at least Precision.
type RecallAtPrecisionMetric struct {
	Precision     float64 // 0.5 by default
	NumThresholds int     // 200 by default

	thresholds thresholds
}

// Name is "recall_at_precision".
func (*RecallAtPrecisionMetric) Name() string { return "recall_at_precision" }

// Reset forgets all batches.
func (m *RecallAtPrecisionMetric) Reset() { m.thresholds.reset() }

// Update adds a batch.
func (m *RecallAtPrecisionMetric) Update(pred, want *Tensor, weights []float64) {
	m.thresholds.update(pred, want, weights, m.NumThresholds)
}

// Result returns the best.
func (m *RecallAtPrecisionMetric) Result() float64 {
	return m.thresholds.best(orNumber(m.Precision, 0.5), precisionAt, recallAt)
}
