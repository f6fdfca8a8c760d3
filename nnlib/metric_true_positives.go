package nnlib

var _ Metric = (*TruePositivesMetric)(nil)

// TruePositivesMetric is how many positive answers are right, by their weights.
type TruePositivesMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "true_positives".
func (*TruePositivesMetric) Name() string { return "true_positives" }

// Reset forgets all batches.
func (m *TruePositivesMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *TruePositivesMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the count.
func (m *TruePositivesMetric) Result() float64 { return m.counts.truePositive }
