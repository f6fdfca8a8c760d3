package nnlib

import (
	"slices"

	"reprise/nnlib/exact"
)

var (
	_ Metric = (*AccuracyMetric)(nil)
	_ Metric = (*BinaryAccuracyMetric)(nil)
	_ Metric = (*CategoricalAccuracyMetric)(nil)
	_ Metric = (*SparseCategoricalAccuracyMetric)(nil)
	_ Metric = (*TopKCategoricalAccuracyMetric)(nil)
)

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

// eachClass adds 1 or 0 for each row of the last axis.
func eachClass(pred, want *Tensor, weights []float64, m *mean, hit func(p, w []float32) bool) {
	rows, classes := lastAxis(pred)
	wide, per := len(want.Data)/rows, rows/pred.Shape[0]
	for r := range rows {
		right := hit(pred.Data[r*classes:(r+1)*classes], want.Data[r*wide:(r+1)*wide])
		m.add(float64(keep(1, right)), weightOf(weights, r/per))
	}
}

func oneHotHit(p, w []float32) bool { return exact.ArgMax32(p) == exact.ArgMax32(w) }

func sparseHit(p, w []float32) bool { return exact.ArgMax32(p) == label(w[0], len(p)) }

func binaryHits(pred, want *Tensor, weights []float64, m *mean, threshold float32) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		m.add(float64(keep(1, (p > threshold) == (want.Data[k] > 0.5))), weightOf(weights, k/n))
	}
}

// BinaryAccuracyMetric is the share of elements on the right side of Threshold.
type BinaryAccuracyMetric struct {
	Threshold float64 // 0.5 by default

	mean mean
}

// Name is "binary_accuracy".
func (*BinaryAccuracyMetric) Name() string { return "binary_accuracy" }

// Reset forgets all batches.
func (m *BinaryAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *BinaryAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	binaryHits(pred, want, weights, &m.mean, float32(orNumber(m.Threshold, 0.5)))
}

// Result returns the share.
func (m *BinaryAccuracyMetric) Result() float64 { return m.mean.result() }

// CategoricalAccuracyMetric is the share of rows whose largest element is where the one-hot row has it.
type CategoricalAccuracyMetric struct{ mean mean }

// Name is "categorical_accuracy".
func (*CategoricalAccuracyMetric) Name() string { return "categorical_accuracy" }

// Reset forgets all batches.
func (m *CategoricalAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *CategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	eachClass(pred, want, weights, &m.mean, oneHotHit)
}

// Result returns the share.
func (m *CategoricalAccuracyMetric) Result() float64 { return m.mean.result() }

// SparseCategoricalAccuracyMetric is the share of rows whose largest element has the wanted number.
type SparseCategoricalAccuracyMetric struct{ mean mean }

// Name is "sparse_categorical_accuracy".
func (*SparseCategoricalAccuracyMetric) Name() string { return "sparse_categorical_accuracy" }

// Reset forgets all batches.
func (m *SparseCategoricalAccuracyMetric) Reset() { m.mean = mean{} }

// Update adds a batch.
func (m *SparseCategoricalAccuracyMetric) Update(pred, want *Tensor, weights []float64) {
	eachClass(pred, want, weights, &m.mean, sparseHit)
}

// Result returns the share.
func (m *SparseCategoricalAccuracyMetric) Result() float64 { return m.mean.result() }

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

// AUCMetric is the area under the receiver operating characteristic: the
// probability that a positive sample scores above a negative one. It is computed
// exactly from all scores, as in scikit-learn; Keras approximates it by 200 thresholds.
type AUCMetric struct{ scores []scored }

type scored struct {
	score    float32
	positive bool
	weight   float64
}

var _ Metric = (*AUCMetric)(nil)

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
		area += float64(up * (negatives + down/2))
		positives, negatives = positives+up, negatives+down
	}
	if positives == 0 || negatives == 0 {
		return 0
	}
	return area / (positives * negatives)
}
