package nnlib

var _ Metric = (*F1ScoreMetric)(nil)

// F1ScoreMetric is the harmonic mean of precision and recall of yes-or-no answers.
type F1ScoreMetric struct {
	Threshold float64 // 0.5 by default

	counts counts
}

// Name is "f1_score".
func (*F1ScoreMetric) Name() string { return "f1_score" }

// Reset forgets all batches.
func (m *F1ScoreMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *F1ScoreMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the score.
func (m *F1ScoreMetric) Result() float64 {
	return share(m.counts.truePositive, (m.counts.falsePositive+m.counts.falseNegative)/2)
}
