package nnlib

var _ Metric = (*RecallMetric)(nil)

// RecallMetric is the share of the positive samples that were found.
type RecallMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "recall".
func (*RecallMetric) Name() string { return "recall" }

// Reset forgets all batches.
func (m *RecallMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *RecallMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the share.
func (m *RecallMetric) Result() float64 {
	return share(m.counts.truePositive, m.counts.falseNegative)
}
