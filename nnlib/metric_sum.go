package nnlib

import "reprise/nnlib/exact"

var _ Metric = (*SumMetric)(nil)

// SumMetric is the sum of the predictions themselves, each sample's by its weight. In a
// loop of one's own it adds up any values: m.Update(nnlib.Array(values), nil, nil).
type SumMetric struct{ sum float64 }

// Name returns "sum".
func (*SumMetric) Name() string { return "sum" }

// Reset forgets all batches.
func (m *SumMetric) Reset() { m.sum = 0 }

// Update adds a batch; want does not matter.
func (m *SumMetric) Update(pred, _ *Tensor, weights []float64) {
	n := pred.Shape[0]
	size := len(pred.Data) / max(n, 1)
	for i := range n {
		m.sum += float64(exact.Sum32To64(pred.Data[i*size:(i+1)*size]) * weightOf(weights, i))
	}
}

// Result returns the sum.
func (m *SumMetric) Result() float64 { return m.sum }
