package nnlib

var _ Metric = (*ConcordanceCorrelationMetric)(nil)

// ConcordanceCorrelationMetric is the mean of Lin's concordance between prediction and target, along the
// last axis: a correlation that is 1 only where they are equal. Lin, 1989.
type ConcordanceCorrelationMetric struct{ mean mean }

// Name is "concordance_correlation".
func (*ConcordanceCorrelationMetric) Name() string { return "concordance_correlation" }

// Reset forgets all batches.
func (m *ConcordanceCorrelationMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *ConcordanceCorrelationMetric) Update(pred, want *Tensor, weights []float64) {
	eachRow(pred, want, weights, &m.mean, concordance)
}

// Result returns the mean.
func (m *ConcordanceCorrelationMetric) Result() float64 { return m.mean.result() }
