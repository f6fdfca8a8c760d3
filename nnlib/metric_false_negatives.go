package nnlib

var _ Metric = (*FalseNegativesMetric)(nil)

// FalseNegativesMetric is how many negative answers are wrong, by their weights.
type FalseNegativesMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "false_negatives".
func (*FalseNegativesMetric) Name() string { return "false_negatives" }

// Reset forgets all batches.
func (m *FalseNegativesMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *FalseNegativesMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the count.
func (m *FalseNegativesMetric) Result() float64 { return m.counts.falseNegative }
