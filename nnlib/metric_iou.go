package nnlib

var _ Metric = (*IoUMetric)(nil)

// IoUMetric is the mean intersection over union of some classes; predictions and targets are
// numbers of classes. Weights count as they are; Keras rounds them down to whole numbers.
type IoUMetric struct {
	NumClasses     int
	TargetClassIDs []int

	classes crosstab
}

// Name is "io_u".
func (*IoUMetric) Name() string { return "io_u" }

// Reset forgets all batches.
func (m *IoUMetric) Reset() { clear(m.classes.cells) }

// Update adds a batch.
func (m *IoUMetric) Update(pred, want *Tensor, weights []float64) {
	m.classes.resize("IoUMetric", m.NumClasses)
	m.classes.add(pred, want, weights)
}

// Result returns the mean.
func (m *IoUMetric) Result() float64 { return m.classes.meanIoU(m.TargetClassIDs) }
