package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Metric = (*FBetaScoreMetric)(nil)

// FBetaScoreMetric is (1+Beta²)·precision·recall / (Beta²·precision + recall) of each
// class, and then their mean: recall counts Beta times as much as precision.
type FBetaScoreMetric struct {
	Beta      float64 // 1 by default
	Average   string  // "macro" by default: the classes count alike; "weighted": by their samples; "micro": all answers together
	Threshold float64 // an answer above it is yes; 0: the largest of a row is yes, the others no

	classes []counts
}

// Name is "fbeta_score".
func (*FBetaScoreMetric) Name() string { return "fbeta_score" }

// Reset forgets all batches.
func (m *FBetaScoreMetric) Reset() { clear(m.classes) }

// Update adds a batch.
func (m *FBetaScoreMetric) Update(pred, want *Tensor, weights []float64) {
	rows, classes := lastAxis(pred)
	if len(m.classes) != classes {
		m.classes = make([]counts, classes)
	}
	for r := range rows {
		p, w := pred.Data[r*classes:(r+1)*classes], want.Data[r*classes:(r+1)*classes]
		best, weight := exact.ArgMax32(p), weightOf(weights, r*pred.Shape[0]/rows)
		for k := range p {
			says := k == best
			if m.Threshold != 0 {
				says = p[k] > float32(m.Threshold)
			}
			m.classes[k].add(says, w[k] > 0.5, weight)
		}
	}
}

// Result returns the score.
func (m *FBetaScoreMetric) Result() float64 {
	var all counts
	scores, total, weight := 0.0, 0.0, 0.0
	for _, c := range m.classes {
		all.truePositive += c.truePositive
		all.falsePositive += c.falsePositive
		all.falseNegative += c.falseNegative
		n := c.truePositive + c.falseNegative
		scores += m.score(c)
		total += float64(n * m.score(c))
		weight += n
	}
	switch m.Average {
	case "micro":
		return m.score(all)
	case "weighted":
		return total / max(weight, 1e-7)
	case "", "macro":
		return scores / max(float64(len(m.classes)), 1)
	}
	panic(fmt.Errorf(`nnlib: FBetaScoreMetric has an Average of "macro", "micro" or "weighted", got %q`, m.Average))
}

func (m *FBetaScoreMetric) score(c counts) float64 {
	squared := float64(orNumber(m.Beta, 1) * orNumber(m.Beta, 1))
	both := float64((1 + squared) * c.truePositive)
	return share(both, float64(squared*c.falseNegative)+c.falsePositive)
}
