package nnlib

var _ Metric = (*PrecisionAtRecallMetric)(nil)

// PrecisionAtRecallMetric is the best precision of the thresholds at which the recall is at least Recall.
type PrecisionAtRecallMetric struct {
	Recall        float64 // 0.5 by default
	NumThresholds int     // 200 by default

	thresholds thresholds
}

// Name is "precision_at_recall".
func (*PrecisionAtRecallMetric) Name() string { return "precision_at_recall" }

// Reset forgets all batches.
func (m *PrecisionAtRecallMetric) Reset() { m.thresholds.reset() }

// Update adds a batch.
func (m *PrecisionAtRecallMetric) Update(pred, want *Tensor, weights []float64) {
	m.thresholds.update(pred, want, weights, m.NumThresholds)
}

// Result returns the best.
func (m *PrecisionAtRecallMetric) Result() float64 {
	return m.thresholds.best(orNumber(m.Recall, 0.5), recallAt, precisionAt)
}
