package nnlib

var (
	_ Metric = (*PrecisionMetric)(nil)
	_ Metric = (*RecallMetric)(nil)
	_ Metric = (*F1ScoreMetric)(nil)
)

// counts are the weights of right and wrong answers to yes-or-no questions.
type counts struct{ truePositive, falsePositive, falseNegative float64 }

func (c *counts) update(pred, want *Tensor, weights []float64, threshold float64) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		says, is, weight := p > float32(orNumber(threshold, 0.5)), want.Data[k] > 0.5, weightOf(weights, k/n)
		switch {
		case says && is:
			c.truePositive += weight
		case says:
			c.falsePositive += weight
		case is:
			c.falseNegative += weight
		}
	}
}

func share(part, rest float64) float64 {
	if part+rest == 0 {
		return 0
	}
	return part / (part + rest)
}

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
