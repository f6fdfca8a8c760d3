package nnlib

import (
	"slices"
)

var _ Metric = (*AUCMetric)(nil)

// AUCMetric is the area under the receiver operating characteristic: the
// probability that a positive sample scores above a negative one. It is computed
// exactly from all scores, as in scikit-learn; Keras approximates it by 200 thresholds.
type AUCMetric struct{ scores []scored }

// Name is "auc".
func (*AUCMetric) Name() string { return "auc" }

// Reset forgets all batches.
func (m *AUCMetric) Reset() { m.scores = m.scores[:0] }

// Update adds a batch.
func (m *AUCMetric) Update(pred, want *Tensor, weights []float64) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		m.scores = append(m.scores, scored{p, want.Data[k] > 0.5, weightOf(weights, k/n)})
	}
}

// Result returns the area; 0 where one of the two classes is missing.
func (m *AUCMetric) Result() float64 {
	slices.SortStableFunc(m.scores, func(a, b scored) int {
		switch {
		case a.score < b.score:
			return -1
		case a.score > b.score:
			return 1
		}
		return 0
	})
	var area, positives, negatives float64
	for i := 0; i < len(m.scores); {
		var up, down float64 // of one score
		for first := i; i < len(m.scores) && m.scores[i].score == m.scores[first].score; i++ {
			if m.scores[i].positive {
				up += m.scores[i].weight
			} else {
				down += m.scores[i].weight
			}
		}
		area += float64(up * (negatives + float64(down/2)))
		positives, negatives = positives+up, negatives+down
	}
	if positives == 0 || negatives == 0 {
		return 0
	}
	return area / (positives * negatives)
}
