package nnlib

var _ Metric = (*MeanIoUMetric)(nil)

// MeanIoUMetric is the mean intersection over union of all classes that occur; predictions and
// targets are numbers of classes.
type MeanIoUMetric struct {
	NumClasses int

	classes crosstab
}

// Name is "mean_io_u".
func (*MeanIoUMetric) Name() string { return "mean_io_u" }

// Reset forgets all batches.
func (m *MeanIoUMetric) Reset() { clear(m.classes.cells) }

// Update adds a batch.
func (m *MeanIoUMetric) Update(pred, want *Tensor, weights []float64) {
	m.classes.resize("MeanIoUMetric", m.NumClasses)
	m.classes.add(pred, want, weights)
}

// Result returns the mean.
func (m *MeanIoUMetric) Result() float64 { return m.classes.meanIoU(m.classes.all()) }
