package nnlib

var _ Metric = (*AccuracyMetric)(nil)

// AccuracyMetric is the share of right answers; what that means follows from the
// shapes, as in Keras: one output is a probability, several are one for each class,
// wanted as one-hot rows or as class numbers.
type AccuracyMetric struct{ mean mean }

// Name is "accuracy".
func (*AccuracyMetric) Name() string { return "accuracy" }

// Reset forgets all batches.
func (m *AccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *AccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	_, classes := lastAxis(pred)
	switch {
	case len(pred.Data) != len(want.Data):
		eachClass(pred, want, weights, &m.mean, sparseHit)
	case classes > 1:
		eachClass(pred, want, weights, &m.mean, oneHotHit)
	default:
		binaryHits(pred, want, weights, &m.mean, 0.5)
	}
}

// Result returns the share.
func (m *AccuracyMetric) Result() float64 { return m.mean.result() }
