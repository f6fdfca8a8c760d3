package nnlib

import (
	"reprise/nnlib/exact"
)

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

type scored struct {
	score    float32
	positive bool
	weight   float64
}
