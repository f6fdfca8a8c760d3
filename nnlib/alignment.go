package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// alignment is all ways to say labels within some steps: a path goes over the labels
// with a blank before, between and behind them, at each step staying, going on to the
// next, or passing over a blank between two labels that differ.
type alignment struct {
	said  []int       // blank, label, blank, ..., label, blank
	alpha [][]float64 // [step][place] ln of the probability of all ways there
	beta  []float64   // [place] and of all ways from there, at one step
	next  []float64
	terms []float32 // three for each place
	prob  float64   // ln, of all ways
}

// none is the logarithm of no way.
var none = -inf

// spell takes a sample's labels up to the first 0, and checks that they can be said.
func (a *alignment) spell(labels []float32, steps, classes int) {
	a.said = append(a.said[:0], 0)
	least := 0 // a blank has to stand between two labels alike
	for k, w := range labels {
		if w == 0 {
			break
		}
		if k > 0 && w == labels[k-1] {
			least++
		}
		least++
		a.said = append(a.said, label(w, classes), 0)
	}
	if least > steps {
		panic(fmt.Errorf("nnlib: ctc: the labels %v take %d time steps at least (labels alike need a blank between them), the predictions have %d; give the model more time steps or take fewer labels",
			labels[:len(a.said)/2], least, steps))
	}
	a.resize(steps, len(a.said))
}

func (a *alignment) resize(steps, places int) {
	for len(a.alpha) < steps {
		a.alpha = append(a.alpha, nil)
	}
	a.alpha = a.alpha[:steps]
	for t := range a.alpha {
		a.alpha[t] = sized(a.alpha[t], places)
	}
	if cap(a.terms) < 3*places {
		a.terms = make([]float32, 3*places)
	}
	a.terms = a.terms[:3*places]
	a.beta, a.next = sized(a.beta, places), sized(a.next, places)
}

func sized(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	return x[:n]
}

// skips says whether a path may come to place s from s-2.
func (a *alignment) skips(s int) bool { return s > 1 && a.said[s] != 0 && a.said[s] != a.said[s-2] }

// forward returns ln of the probability that the labels are said.
func (a *alignment) forward(logs []float32, classes int) float64 {
	for t, now := range a.alpha {
		if t == 0 {
			ends(now, 0, 2)
		} else {
			a.merge(now, a.alpha[t-1], -1)
		}
		for s := range now {
			now[s] += float64(logs[t*classes+a.said[s]])
		}
	}
	a.merge(a.next, a.alpha[len(a.alpha)-1], -1) // the last step says the last label or the blank behind it
	a.prob = a.next[len(a.next)-1]
	return a.prob
}

// ends makes places low to high-1 ln 1, and all others ln 0.
func ends(x []float64, low, high int) {
	for s := range x {
		x[s] = none
		if s >= low && s < high {
			x[s] = 0
		}
	}
}

// backward subtracts from grad the probability that a path through all labels says
// each class at each step.
func (a *alignment) backward(grad, logs []float32, classes int) {
	places := len(a.said)
	ends(a.beta, places-2, places)
	for t := len(a.alpha) - 1; t >= 0; t-- {
		through := a.terms[:places]
		for s, b := range a.beta {
			through[s] = float32(a.alpha[t][s] + b - a.prob)
			a.next[s] = b + float64(logs[t*classes+a.said[s]])
		}
		exact.ExpTo(through, through)
		for s, p := range through {
			grad[t*classes+a.said[s]] -= p
		}
		a.merge(a.beta, a.next, 1)
	}
}

// merge sets to to ln of the sum of the ways that come together in each place, from
// itself, from the place d further (1 or -1), and from the one behind that where a path
// may pass over a blank. The largest is kept in float64, so that float32 does for the rest.
func (a *alignment) merge(to, from []float64, d int) {
	n := len(from)
	one, two, three := a.terms[:n], a.terms[n:2*n], a.terms[2*n:]
	for s, x := range from {
		y, z := none, none
		if k := s + d; k >= 0 && k < n {
			y = from[k]
		}
		if k := s + 2*d; k >= 0 && k < n && a.skips(max(s, k)) {
			z = from[k]
		}
		to[s] = max(x, y, z)
		top := to[s]
		if top == none {
			top = 0 // no way at all: none - none would be NaN
		}
		one[s], two[s], three[s] = float32(x-top), float32(y-top), float32(z-top)
	}
	exact.ExpTo(a.terms, a.terms)
	for s := range one {
		one[s] += two[s] + three[s]
	}
	exact.LogTo(one, one)
	for s, v := range one {
		to[s] += float64(v)
	}
}
