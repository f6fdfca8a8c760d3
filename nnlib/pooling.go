package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// pool is the working part of the pooling layers.
type pool struct {
	window
	shared
	channels int
	left     *Tensor // gradients that no tap has got yet, for each piece
}

func (l *pool) share(p *Pass, t exact.Task) {
	l.cut(p, p.Batch()*len(l.taps)*l.channels*tapWork)
	exact.Share(t, l.pieces)
}

// maximum writes the largest tap of each position and channel, the first where several are.
func (l *pool) maximum(p *Pass) {
	p.OutMask = nil
	l.share(p, maximum{l})
}

type maximum struct{ *pool }

func (l maximum) Piece(i int) {
	l.each(i, func(x, y, at int, taps []int) {
		largest, first := l.p.Out.Data[y:y+l.channels], true
		for _, t := range taps {
			if t < 0 {
				continue
			}
			row := l.p.In[0].Data[x+t*l.channels : x+(t+1)*l.channels]
			if first {
				copy(largest, row)
				first = false
				continue
			}
			exact.Larger32(largest, row)
		}
	})
}

func (l *pool) toMaximum(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	l.left = p.Scratch(0, p.Batch(), l.channels)
	l.share(p, toMaximum{l})
}

type toMaximum struct{ *pool }

func (l toMaximum) Piece(i int) {
	from, to := l.samples(i)
	dx, in := l.p.InGrad[0].Data, l.in[0]*l.in[1]*l.channels
	clear(dx[from*in : to*in])
	left := line(l.left, i)
	l.each(i, func(x, y, at int, taps []int) {
		copy(left, l.p.OutGrad.Data[y:])
		for _, t := range taps {
			if t >= 0 {
				row := x + t*l.channels
				exact.LargerGrad32(dx[row:row+l.channels], left, l.p.In[0].Data[row:row+l.channels], l.p.Out.Data[y:y+l.channels])
			}
		}
	})
}

// average writes the mean of the taps that are neither padding nor masked.
func (l *pool) average(p *Pass) {
	p.OutMask = nil
	l.share(p, average{l})
}

type average struct{ *pool }

func (l average) Piece(i int) {
	p, mask := l.p, l.mask()
	l.each(i, func(x, y, at int, taps []int) {
		out := p.Out.Data[y : y+l.channels]
		clear(out)
		n := 0
		for _, t := range taps {
			if t >= 0 && (mask == nil || mask[at+t] != 0) {
				exact.Add32(out, out, p.In[0].Data[x+t*l.channels:x+(t+1)*l.channels])
				n++
			}
		}
		for c := range out {
			out[c] /= float32(max(n, 1))
		}
	})
}

func (l *pool) toAverage(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	l.share(p, toAverage{l})
}

type toAverage struct{ *pool }

func (l toAverage) Piece(i int) {
	p, mask := l.p, l.mask()
	from, to := l.samples(i)
	in := l.in[0] * l.in[1] * l.channels
	clear(p.InGrad[0].Data[from*in : to*in])
	l.each(i, func(x, y, at int, taps []int) {
		n := 0
		for _, t := range taps {
			if t >= 0 && (mask == nil || mask[at+t] != 0) {
				n++
			}
		}
		for _, t := range taps {
			if t >= 0 && (mask == nil || mask[at+t] != 0) {
				for c := range l.channels {
					p.InGrad[0].Data[x+t*l.channels+c] += p.OutGrad.Data[y+c] / float32(n)
				}
			}
		}
	})
}

// mask returns the mask over time, where the pool goes over all of the time.
func (l *pool) mask() []float32 {
	if l.p.Mask == nil || l.positions() != 1 {
		return nil
	}
	return l.p.Mask.Data
}

// each calls f for each position of each sample of piece i: x and y are the places of the
// sample's first input element and of the position's first output element, at the
// place of the sample's first position in a mask.
func (l *pool) each(i int, f func(x, y, at int, taps []int)) {
	n, area := l.in[0]*l.in[1], l.area()
	from, to := l.samples(i)
	for b := from; b < to; b++ {
		for k := range l.positions() {
			f(b*n*l.channels, (b*l.positions()+k)*l.channels, b*n, l.taps[k*area:(k+1)*area])
		}
	}
}

func newPool1D(who string, in Shape, size, strides int, padding string) (pool, Shape, error) {
	if len(in) != 2 {
		return pool{}, nil, fmt.Errorf("%s wants samples [time channels], got %v", who, in)
	}
	size = orInt(size, 2)
	w, err := newWindow(who, [2]int{1, in[0]}, [2]int{1, size}, [2]int{1, orInt(strides, size)}, [2]int{1, 1}, padding)
	return pool{window: w, channels: in[1]}, Shape{w.out[1], in[1]}, err
}

func newPool2D(who string, in Shape, size, strides [2]int, padding string) (pool, Shape, error) {
	if len(in) != 3 {
		return pool{}, nil, fmt.Errorf("%s wants samples [rows cols channels], got %v", who, in)
	}
	size = pair(size, 2)
	if strides == [2]int{} {
		strides = size
	}
	w, err := newWindow2D(who, in, size, strides, [2]int{1, 1}, padding)
	return pool{window: w, channels: in[2]}, Shape{w.out[0], w.out[1], in[2]}, err
}

func newGlobalPool(who string, in Shape, axes int) (pool, Shape, error) {
	if len(in) != axes {
		return pool{}, nil, fmt.Errorf("%s wants samples of %d axes, the last being channels, got %v", who, axes, in)
	}
	n := in[:axes-1].Size()
	w, err := newWindow(who, [2]int{1, n}, [2]int{1, n}, [2]int{1, 1}, [2]int{1, 1}, "valid")
	return pool{window: w, channels: in[axes-1]}, Shape{in[axes-1]}, err
}
