package nnlib

var _ Metric = (*SpecificityAtSensitivityMetric)(nil)

// SpecificityAtSensitivityMetric is the best specificity, the recall of the negative class, of the thresholds
// at which the recall is at least Sensitivity.
type SpecificityAtSensitivityMetric struct {
	Sensitivity   float64 // 0.5 by default
	NumThresholds int     // 200 by default

	thresholds thresholds
}

// Name is "specificity_at_sensitivity".
func (*SpecificityAtSensitivityMetric) Name() string { return "specificity_at_sensitivity" }

// Reset forgets all batches.
func (m *SpecificityAtSensitivityMetric) Reset() { m.thresholds.reset() }

// Update adds a batch.
func (m *SpecificityAtSensitivityMetric) Update(pred, want *Tensor, weights []float64) {
	m.thresholds.update(pred, want, weights, m.NumThresholds)
}

// Result returns the best.
func (m *SpecificityAtSensitivityMetric) Result() float64 {
	return m.thresholds.best(orNumber(m.Sensitivity, 0.5), recallAt, specificityAt)
}
