package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib/exact"
)

// matmul is a product of matrices, the last two axes, or of one matrix with each of many.
type matmul struct{}

// MatMul returns the product of v [..., m, k] and x [..., k, n]. The axes before
// are the same in both, or x is one matrix.
func (v *Var) MatMul(x any) *Var {
	b := v.on(x)
	sa, sb := v.Shape(), b.Shape()
	if len(sa) < 2 || len(sb) < 2 || sa[len(sa)-1] != sb[len(sb)-2] || len(sb) > 2 && !slices.Equal(sa[:len(sa)-2], sb[:len(sb)-2]) {
		panic(fmt.Errorf("nnlib/grad: MatMul wants [... m k] and [k n] or [... k n], got %v and %v; transpose or reshape one of them", sa, sb))
	}
	out := v.tape.next(matmul{}, v, b)
	out.ints = append(append(out.ints[:0], sa[:len(sa)-1]...), sb[len(sb)-1])
	return out.shaped(out.ints...).run()
}

// sizes returns how many products there are, and how large: one with more rows where b is one matrix.
func (matmul) sizes(v *Var) (batch, m, n, k int) {
	sa, sb := v.in[0].Shape(), v.in[1].Shape()
	m, k, n = sa[len(sa)-2], sa[len(sa)-1], sb[len(sb)-1]
	batch = sa[:len(sa)-2].Size()
	if len(sb) == 2 {
		return 1, m * batch, n, k
	}
	return batch, m, n, k
}

func (o matmul) forward(v *Var) {
	batch, m, n, k := o.sizes(v)
	a, b := v.in[0].Value.Data, v.in[1].Value.Data
	exact.GemmBatch32(batch, false, false, m, n, k, a, k, m*k, b, n, k*n, v.own.Data, n, m*n, false)
}

func (o matmul) backward(v *Var) {
	batch, m, n, k := o.sizes(v)
	a, b, dy := v.in[0], v.in[1], v.grad.Data
	if a.needs {
		exact.GemmBatch32(batch, false, true, m, k, n, dy, n, m*n, b.Value.Data, n, k*n, a.grad.Data, k, m*k, true)
	}
	if b.needs {
		exact.GemmBatch32(batch, true, false, k, n, m, a.Value.Data, k, m*k, dy, n, m*n, b.grad.Data, n, k*n, true)
	}
}
