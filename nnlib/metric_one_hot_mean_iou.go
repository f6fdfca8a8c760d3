package nnlib

var _ Metric = (*OneHotMeanIoUMetric)(nil)

// OneHotMeanIoUMetric is MeanIoUMetric for predictions and targets with one element for each class.
type OneHotMeanIoUMetric struct {
	NumClasses int

	classes crosstab
}

// Name is "one_hot_mean_io_u".
func (*OneHotMeanIoUMetric) Name() string { return "one_hot_mean_io_u" }

// Reset forgets all batches.
func (m *OneHotMeanIoUMetric) Reset() { clear(m.classes.cells) }

// Update adds a batch.
func (m *OneHotMeanIoUMetric) Update(pred, want *Tensor, weights []float64) {
	m.classes.resize("OneHotMeanIoUMetric", m.NumClasses)
	m.classes.addOneHot(pred, want, weights)
}

// Result returns the mean.
func (m *OneHotMeanIoUMetric) Result() float64 { return m.classes.meanIoU(m.classes.all()) }
