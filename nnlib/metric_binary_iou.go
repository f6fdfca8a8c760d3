package nnlib

var _ Metric = (*BinaryIoUMetric)(nil)

// BinaryIoUMetric is the mean intersection over union of yes-or-no answers.
type BinaryIoUMetric struct {
	TargetClassIDs []int   // both by default: 0 no, 1 yes
	Threshold      float64 // 0.5 by default

	counts counts
}

// Name is "binary_io_u".
func (*BinaryIoUMetric) Name() string { return "binary_io_u" }

// Reset forgets all batches.
func (m *BinaryIoUMetric) Reset() { m.counts = counts{} }

// Update adds a batch.
func (m *BinaryIoUMetric) Update(pred, want *Tensor, weights []float64) {
	m.counts.update(pred, want, weights, m.Threshold)
}

// Result returns the mean.
func (m *BinaryIoUMetric) Result() float64 {
	c := crosstab{2, []float64{m.counts.trueNegative, m.counts.falsePositive, m.counts.falseNegative, m.counts.truePositive}}
	if m.TargetClassIDs == nil {
		return c.meanIoU(c.all())
	}
	return c.meanIoU(m.TargetClassIDs)
}
