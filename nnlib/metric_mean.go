package nnlib

import "reprise/nnlib/exact"

var _ Metric = (*MeanMetric)(nil)

// MeanMetric is the mean of the predictions themselves; where there are weights, each
// sample's mean has its weight. In a loop of one's own it averages any values:
// m.Update(nnlib.Array(values), nil, nil).
type MeanMetric struct{ mean mean }

// Name returns "mean".
func (*MeanMetric) Name() string { return "mean" }

// Reset forgets all batches.
func (m *MeanMetric) Reset() { m.mean = mean{} }

// Update adds a batch; want does not matter.
func (m *MeanMetric) Update(pred, _ *Tensor, weights []float64) {
	n := pred.Shape[0]
	size := len(pred.Data) / max(n, 1)
	for i := range n {
		m.mean.add(exact.Sum32To64(pred.Data[i*size:(i+1)*size])/float64(size), weightOf(weights, i))
	}
}

// Result returns the mean.
func (m *MeanMetric) Result() float64 { return m.mean.result() }
