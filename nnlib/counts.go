package nnlib

// counts are the weights of right and wrong answers to yes-or-no questions.
type counts struct{ truePositive, falsePositive, falseNegative, trueNegative float64 }

func (c *counts) update(pred, want *Tensor, weights []float64, threshold float64) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		says, is, weight := p > float32(orNumber(threshold, 0.5)), want.Data[k] > 0.5, weightOf(weights, k/n)
		c.add(says, is, weight)
	}
}

// add counts one answer.
func (c *counts) add(says, is bool, weight float64) {
	switch {
	case says && is:
		c.truePositive += weight
	case says:
		c.falsePositive += weight
	case is:
		c.falseNegative += weight
	default:
		c.trueNegative += weight
	}
}

func share(part, rest float64) float64 {
	part, rest = float64(part), float64(rest) // rounded, though this is inlined where they are products
	if part+rest == 0 {
		return 0
	}
	return part / (part + rest)
}
