package nnlib

import "reprise/nnlib/exact"

// tapWork is how many multiply-adds it costs to find and copy a tap of one channel of a window.
const tapWork = 16

// shared is a layer's work on a batch that workers share out by samples, which never meet in it.
type shared struct {
	p         *Pass
	n, pieces int
}

// cut chooses the pieces for a pass that takes so many multiply-adds.
func (s *shared) cut(p *Pass, work int) {
	s.p, s.n = p, p.Batch()
	s.pieces = exact.Pieces(s.n, work)
}

// samples returns those of piece i.
func (s *shared) samples(i int) (from, to int) { return s.n * i / s.pieces, s.n * (i + 1) / s.pieces }
