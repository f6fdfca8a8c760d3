package nnlib

import (
	"reprise/nnlib/exact"
)

var _ Metric = (*TopKCategoricalAccuracyMetric)(nil)

// TopKCategoricalAccuracyMetric is the share of rows whose wanted class is among the K largest.
type TopKCategoricalAccuracyMetric struct {
	K int // 5 by default

	mean mean
}

// Name is "top_k_categorical_accuracy".
func (*TopKCategoricalAccuracyMetric) Name() string { return "top_k_categorical_accuracy" }

// Reset forgets all batches.
func (m *TopKCategoricalAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *TopKCategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	eachClass(pred, want, weights, &m.mean, func(p, w []float32) bool {
		class := exact.ArgMax32(w)
		if len(w) == 1 {
			class = label(w[0], len(p))
		}
		larger := 0
		for _, v := range p {
			if v > p[class] {
				larger++
			}
		}
		return larger < orInt(m.K, 5)
	})
}

// Result returns the share.
func (m *TopKCategoricalAccuracyMetric) Result() float64 { return m.mean.result() }
