package nnlib

// mean is a weighted mean over batches.
type mean struct{ sum, weight float64 }

func (m *mean) add(value, weight float64) {
	m.sum += float64(value * weight)
	m.weight += weight
}

func (m *mean) result() float64 {
	if m.weight == 0 {
		return 0
	}
	return m.sum / m.weight
}

// weightOf returns sample i's weight.
func weightOf(weights []float64, i int) float64 {
	if len(weights) == 0 {
		return 1
	}
	return weights[i]
}
