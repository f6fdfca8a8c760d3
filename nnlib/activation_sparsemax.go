package nnlib

import "slices"

var _ Activation = (*Sparsemax)(nil)

// Sparsemax is the point nearest to x, along the last axis, whose elements are not
// negative and have the sum 1: a softmax with zeros. Martins and Astudillo, 2016. (Keras
// 3.15 takes more than it should off all elements, so that its sum is below 1.)
type Sparsemax struct{ sorted []float32 }

// Apply computes y from x.
func (s *Sparsemax) Apply(y, x *Tensor) {
	_, cols := lastAxis(x)
	for at := 0; at < len(x.Data); at += cols {
		tau := s.threshold(x.Data[at : at+cols])
		for i, v := range x.Data[at : at+cols] {
			y.Data[at+i] = max(0, v-tau)
		}
	}
}

// threshold returns what every element loses.
func (s *Sparsemax) threshold(x []float32) float32 {
	s.sorted = append(s.sorted[:0], x...)
	slices.Sort(s.sorted)
	slices.Reverse(s.sorted)
	sum, tau := float32(0), float32(0)
	for k, v := range s.sorted {
		if sum += v; 1+float32(float32(k+1)*v) > sum {
			tau = (sum - 1) / float32(k+1)
		}
	}
	return tau
}

// Grad computes dx: dy less its mean over the elements that are not 0, and 0 for the others.
func (*Sparsemax) Grad(dx, dy, _, y *Tensor) {
	_, cols := lastAxis(y)
	for at := 0; at < len(y.Data); at += cols {
		sum, n := float32(0), float32(0)
		for i, v := range y.Data[at : at+cols] {
			if v > 0 {
				sum, n = sum+dy.Data[at+i], n+1
			}
		}
		for i, v := range y.Data[at : at+cols] {
			dx.Data[at+i] = keep(dy.Data[at+i]-sum/max(n, 1), v > 0)
		}
	}
}
