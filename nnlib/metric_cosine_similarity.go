package nnlib

var _ Metric = (*CosineSimilarityMetric)(nil)

// CosineSimilarityMetric is the mean cosine of the angle between prediction and target, along the last axis. (The
// loss of that name is its negative.)
type CosineSimilarityMetric struct{ mean mean }

// Name is "cosine_similarity".
func (*CosineSimilarityMetric) Name() string { return "cosine_similarity" }

// Reset forgets all batches.
func (m *CosineSimilarityMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *CosineSimilarityMetric) Update(pred, want *Tensor, weights []float64) {
	eachRow(pred, want, weights, &m.mean, cosine)
}

// Result returns the mean.
func (m *CosineSimilarityMetric) Result() float64 { return m.mean.result() }
