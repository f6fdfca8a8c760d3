package nnlib

import "reprise/nnlib/exact"

var _ Loss = (*BinaryFocalCrossentropyLoss)(nil)

// BinaryFocalCrossentropyLoss is the binary crossentropy times (1-p)^Gamma, p being
// the probability of what is wanted: what is right already counts less. Lin and others, 2017.
type BinaryFocalCrossentropyLoss struct {
	FromLogits          bool
	LabelSmoothing      float64
	Gamma               float64 // 2 by default
	ApplyClassBalancing bool    // weigh the class 1 by Alpha, the class 0 by 1-Alpha
	Alpha               float64 // 0.25 by default
}

// Loss computes losses and gradient.
func (l *BinaryFocalCrossentropyLoss) Loss(losses []float64, grad, pred, want *Tensor) {
	meanOfElements(losses, grad, pred, want, l.element)
}

// element works in float64: the loss is -weight·f^γ·(w·ln q + (1-w)·ln(1-q)), f being 1-p.
func (l *BinaryFocalCrossentropyLoss) element(pred, want float32) (loss float64, slope float32) {
	x, inner := float64(pred), 1.0
	if l.FromLogits {
		x = float64(exact.Sigmoid32(pred))
		inner = x * (1 - x)
	}
	w := float64(float64(want)*(1-l.LabelSmoothing)) + float64(0.5*l.LabelSmoothing)
	clipped, inside := clipped(float32(x))
	q := float64(clipped)
	bce := -float64(w*exact.Log(q)) - float64((1-w)*exact.Log(1-q))
	f := 1 - float64(w*x) - float64((1-w)*(1-x))
	gamma, weight := orNumber(l.Gamma, 2), 1.0
	if l.ApplyClassBalancing {
		alpha := orNumber(l.Alpha, 0.25)
		weight = float64(w*alpha) + float64((1-w)*(1-alpha))
	}
	factor := exact.Pow(f, gamma)
	d := float64(float64(gamma*exact.Pow(f, gamma-1)) * (1 - float64(2*w)) * bce)
	if inside {
		d += float64(factor * ((1-w)/(1-q) - w/q))
	}
	return float64(weight * factor * bce), float32(weight * d * inner)
}

// CheckTargets wants shares.
func (*BinaryFocalCrossentropyLoss) CheckTargets(want *Tensor) error {
	return shares("binary_focal_crossentropy", want)
}
