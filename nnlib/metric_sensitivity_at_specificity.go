package nnlib

var _ Metric = (*SensitivityAtSpecificityMetric)(nil)

// SensitivityAtSpecificityMetric is the best recall of the thresholds at which the specificity, the recall
// of the negative class, is at least Specificity.
type SensitivityAtSpecificityMetric struct {
	Specificity   float64 // 0.5 by default
	NumThresholds int     // 200 by default

	thresholds thresholds
}

// Name is "sensitivity_at_specificity".
func (*SensitivityAtSpecificityMetric) Name() string { return "sensitivity_at_specificity" }

// Reset forgets all batches.
func (m *SensitivityAtSpecificityMetric) Reset() { m.thresholds.reset() }

// Update adds a batch.
func (m *SensitivityAtSpecificityMetric) Update(pred, want *Tensor, weights []float64) {
	m.thresholds.update(pred, want, weights, m.NumThresholds)
}

// Result returns the best.
func (m *SensitivityAtSpecificityMetric) Result() float64 {
	return m.thresholds.best(orNumber(m.Specificity, 0.5), specificityAt, recallAt)
}
