package nnlib

import "reprise/nnlib/exact"

const (
	seluAlpha float32 = 1.67326324
	seluScale float32 = 1.05070098
)

func elu(y, x *Tensor, alpha, scale float32) {
	for i, v := range x.Data {
		if v < 0 {
			v = alpha * exact.Expm132(v)
		}
		y.Data[i] = scale * v
	}
}

// eluGrad uses that the derivative below 0 is y + scale·alpha.
func eluGrad(dx, dy, x, y *Tensor, alpha, scale float32) {
	for i, v := range x.Data {
		d := scale
		if v < 0 {
			d = y.Data[i] + float32(scale*alpha)
		}
		dx.Data[i] = dy.Data[i] * d
	}
}
