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
	prob  float64 // ln, of all ways
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
		for s := range now {
			now[s] = none
			if t == 0 && s < 2 {
				now[s] = 0
			} else if t > 0 {
				now[s] = a.arrive(a.alpha[t-1], s)
			}
			now[s] += float64(logs[t*classes+a.said[s]])
		}
	}
	last := a.alpha[len(a.alpha)-1]
	a.prob = last[len(last)-1]
	if len(last) > 1 {
		a.prob = logAdd(a.prob, last[len(last)-2], none)
	}
	return a.prob
}

func (a *alignment) arrive(before []float64, s int) float64 {
	x, y, z := before[s], none, none
	if s > 0 {
		y = before[s-1]
	}
	if a.skips(s) {
		z = before[s-2]
	}
	return logAdd(x, y, z)
}

// backward subtracts from grad the probability that a path through all labels says
// each class at each step.
func (a *alignment) backward(grad, logs []float32, classes int) {
	places := len(a.said)
	for s := range a.beta {
		a.beta[s] = none
		if s >= places-2 {
			a.beta[s] = 0
		}
	}
	for t := len(a.alpha) - 1; t >= 0; t-- {
		for s, b := range a.beta {
			grad[t*classes+a.said[s]] -= float32(exact.Exp(a.alpha[t][s] + b - a.prob))
			a.next[s] = b + float64(logs[t*classes+a.said[s]])
		}
		for s := range a.beta {
			a.beta[s] = a.leave(s)
		}
	}
}

func (a *alignment) leave(s int) float64 {
	x, y, z := a.next[s], none, none
	if s+1 < len(a.next) {
		y = a.next[s+1]
	}
	if s+2 < len(a.next) && a.skips(s+2) {
		z = a.next[s+2]
	}
	return logAdd(x, y, z)
}

// logAdd returns ln(e^x + e^y + e^z).
func logAdd(x, y, z float64) float64 {
	m := max(x, y, z)
	if m == none {
		return none
	}
	return m + exact.Log(exact.Exp(x-m)+exact.Exp(y-m)+exact.Exp(z-m))
}
