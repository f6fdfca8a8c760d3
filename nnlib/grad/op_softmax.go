package grad

import (
	"reprise/nnlib/exact"
)

// softmax works along the last axis.
type softmax struct{ log bool }

var opSoftmax, opLogSoftmax = &softmax{}, &softmax{log: true}

// Softmax returns e^v, divided by its sum along the last axis.
func (v *Var) Softmax() *Var { return v.lastAxis("Softmax", opSoftmax) }

// LogSoftmax is the logarithm of Softmax, without its loss of digits.
func (v *Var) LogSoftmax() *Var { return v.lastAxis("LogSoftmax", opLogSoftmax) }

// LogSumExp returns ln Σe^v along the last axis.
func (v *Var) LogSumExp() *Var {
	largest := v.Max(-1).StopGradient()
	return v.Sub(largest.ExpandDims(-1)).Exp().Sum(-1).Log().Add(largest)
}

func (v *Var) lastAxis(who string, op operation) *Var {
	axisOf(who, -1, v.Shape())
	return v.tape.next(op, v).shaped(v.Shape()...).run()
}

func (s *softmax) forward(v *Var) {
	rows, cols := rowsOf(v)
	if s.log {
		exact.LogSoftmax32(v.own.Data, v.in[0].Value.Data, rows, cols, cols)
	} else {
		exact.Softmax32(v.own.Data, v.in[0].Value.Data, rows, cols, cols)
	}
}

// backward adds y·(dy - Σ dy·y), or dy - e^y·Σ dy for the logarithm.
func (s *softmax) backward(v *Var) {
	rows, cols := rowsOf(v)
	for r := range rows {
		y, dy, d := v.own.Data[r*cols:(r+1)*cols], v.grad.Data[r*cols:(r+1)*cols], v.in[0].grad.Data[r*cols:(r+1)*cols]
		if s.log {
			sum := exact.Sum32(dy)
			for i, g := range dy {
				d[i] += g - float32(exact.Exp32(y[i])*sum)
			}
			continue
		}
		sum := float32(exact.Dot32To64(dy, y))
		for i, g := range dy {
			d[i] += float32(y[i] * (g - sum))
		}
	}
}

func rowsOf(v *Var) (rows, cols int) {
	cols = v.own.Shape[len(v.own.Shape)-1]
	return len(v.own.Data) / max(cols, 1), cols
}
