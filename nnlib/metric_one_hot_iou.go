package nnlib

var _ Metric = (*OneHotIoUMetric)(nil)

// OneHotIoUMetric is IoUMetric for predictions and targets with one element for each class.
type OneHotIoUMetric struct {
	NumClasses     int
	TargetClassIDs []int

	classes crosstab
}

// Name is "one_hot_io_u".
func (*OneHotIoUMetric) Name() string { return "one_hot_io_u" }

// Reset forgets all batches.
func (m *OneHotIoUMetric) Reset() { clear(m.classes.cells) }

// Update adds a batch.
func (m *OneHotIoUMetric) Update(pred, want *Tensor, weights []float64) {
	m.classes.resize("OneHotIoUMetric", m.NumClasses)
	m.classes.addOneHot(pred, want, weights)
}

// Result returns the mean.
func (m *OneHotIoUMetric) Result() float64 { return m.classes.meanIoU(m.TargetClassIDs) }
