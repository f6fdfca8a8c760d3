package nnlib

var _ Metric = (*FalsePositivesMetric)(nil)

// FalsePositivesMetric is how many positive answers are wrong, by their weights.
type FalsePositivesMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "false_positives".
func (*FalsePositivesMetric) Name() string { return "false_positives" }

// Reset forgets all batches.
func (m *FalsePositivesMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *FalsePositivesMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the count.
func (m *FalsePositivesMetric) Result() float64 { return m.counts.falsePositive }
