package nnlib

import (
	"math"

	"reprise/nnlib/exact"
)

// eachRow adds f of each row of the last axis to m.
func eachRow(pred, want *Tensor, weights []float64, m *mean, f func(p, w []float32) float64) {
	rows, cols := lastAxis(pred)
	for r := range rows {
		m.add(f(pred.Data[r*cols:(r+1)*cols], want.Data[r*cols:(r+1)*cols]), weightOf(weights, r*pred.Shape[0]/rows))
	}
}

// moments returns the means of two rows, their variances and their covariance.
func moments(p, w []float32) (meanP, meanW, varP, varW, both float64) {
	n := float64(len(p))
	meanP, meanW = exact.Sum32To64(p)/n, exact.Sum32To64(w)/n
	for i := range p {
		a, b := float64(p[i])-meanP, float64(w[i])-meanW
		varP += float64(a * a)
		varW += float64(b * b)
		both += float64(a * b)
	}
	return meanP, meanW, varP / n, varW / n, both / n
}

func cosine(p, w []float32) float64 {
	return exact.Dot32To64(p, w) / max(math.Sqrt(exact.SumSq32To64(p))*math.Sqrt(exact.SumSq32To64(w)), 1e-12)
}

func pearson(p, w []float32) float64 {
	_, _, varP, varW, both := moments(p, w)
	return both / (float64(math.Sqrt(varP)*math.Sqrt(varW)) + float64(tinyProbability))
}

func concordance(p, w []float32) float64 {
	meanP, meanW, varP, varW, both := moments(p, w)
	apart := meanP - meanW
	return 2 * both / (varP + varW + float64(apart*apart) + float64(tinyProbability))
}
