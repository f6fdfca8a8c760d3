package nnlib

var _ Metric = (*PrecisionMetric)(nil)

// PrecisionMetric is the share of right ones among the positive answers.
type PrecisionMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "precision".
func (*PrecisionMetric) Name() string { return "precision" }

// Reset forgets all batches.
func (m *PrecisionMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *PrecisionMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the share.
func (m *PrecisionMetric) Result() float64 {
	return share(m.counts.truePositive, m.counts.falsePositive)
}
