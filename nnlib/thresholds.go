package nnlib

import "sort"

// thresholds counts right and wrong answers for many thresholds at once, as Keras does:
// they lie evenly between 0 and 1, with one on either side.
type thresholds struct {
	at       []float32
	up, down []float64 // weights of positive and negative samples above so many thresholds
}

func (t *thresholds) update(pred, want *Tensor, weights []float64, count int) {
	if count = orInt(count, 200); len(t.at) != count {
		t.at, t.up, t.down = make([]float32, count), make([]float64, count+1), make([]float64, count+1)
		for i := range t.at {
			t.at[i] = float32(float64(i) / float64(max(count-1, 1)))
		}
		t.at[0], t.at[count-1] = -tinyProbability, 1+tinyProbability
	}
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		above := sort.Search(len(t.at), func(i int) bool { return p <= t.at[i] })
		if weight := weightOf(weights, k/n); want.Data[k] > 0.5 {
			t.up[above] += weight
		} else {
			t.down[above] += weight
		}
	}
}

func (t *thresholds) reset() {
	clear(t.up)
	clear(t.down)
}

// best returns the largest value of one rate among the thresholds at which another is at
// least the bound; 0 where there is none.
func (t *thresholds) best(bound float64, constrained, dependent func(c counts) float64) float64 {
	var c counts
	for i := range t.up {
		c.falseNegative += t.up[i]
		c.trueNegative += t.down[i]
	}
	best := 0.0
	for i := len(t.at) - 1; i >= 0; i-- {
		c.truePositive, c.falseNegative = c.truePositive+t.up[i+1], c.falseNegative-t.up[i+1]
		c.falsePositive, c.trueNegative = c.falsePositive+t.down[i+1], c.trueNegative-t.down[i+1]
		if constrained(c) >= bound {
			best = max(best, dependent(c))
		}
	}
	return best
}

func precisionAt(c counts) float64   { return share(c.truePositive, c.falsePositive) }
func recallAt(c counts) float64      { return share(c.truePositive, c.falseNegative) }
func specificityAt(c counts) float64 { return share(c.trueNegative, c.falsePositive) }
