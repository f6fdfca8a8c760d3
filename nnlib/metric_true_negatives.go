package nnlib

var _ Metric = (*TrueNegativesMetric)(nil)

// TrueNegativesMetric is how many negative answers are right, by their weights.
type TrueNegativesMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "true_negatives".
func (*TrueNegativesMetric) Name() string { return "true_negatives" }

// Reset forgets all batches.
func (m *TrueNegativesMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *TrueNegativesMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the count.
func (m *TrueNegativesMetric) Result() float64 { return m.counts.trueNegative }
