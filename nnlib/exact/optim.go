package exact

import (
	"math"
	"runtime"
	"sync"
)

// AdamParams holds the numbers of one Adam step. The caller computes Alpha = lr·sqrt(1-β2^t)/(1-β1^t), as Keras does.
type AdamParams struct {
	Alpha   float32 // bias-corrected learning rate of this step
	Beta1   float32 // share of the first moment that stays
	Beta2   float32 // share of the second moment that stays
	Epsilon float32 // added outside the square root
}

// Adam32 updates the weights w, the moments m and v by the gradient g, in Keras's form (keras/src/optimizers/adam.py):
// m += (g-m)(1-β1); v += (g²-v)(1-β2); w -= m·α/(sqrt(v)+ε). Every operation is rounded to float32 in that order.
func Adam32(w, m, v, g []float32, p AdamParams) {
	checkLengths("Adam32", len(w), len(m), len(v), len(g))
	if len(w) < parallelWeights || runtime.GOMAXPROCS(0) == 1 {
		adamRun(w, m, v, g, p)
		return
	}
	u := adamUpdates.Get().(*adamUpdate)
	*u = adamUpdate{w, m, v, g, p, min(runtime.GOMAXPROCS(0), len(w)/(parallelWeights/2))}
	workers.run(u, u.pieces)
	*u = adamUpdate{}
	adamUpdates.Put(u)
}

// parallelWeights is the number of weights from which a second worker pays: it has half of their gradients in its caches already.
const parallelWeights = 1 << 15

// An adamUpdate is one for several workers.
type adamUpdate struct {
	w, m, v, g []float32
	params     AdamParams
	pieces     int
}

var adamUpdates = sync.Pool{New: func() any { return &adamUpdate{} }}

func (u *adamUpdate) Piece(i int) {
	lo, hi := len(u.w)*i/u.pieces, len(u.w)*(i+1)/u.pieces
	adamRun(u.w[lo:hi], u.m[lo:hi], u.v[lo:hi], u.g[lo:hi], u.params)
}

func adamRun(w, m, v, g []float32, p AdamParams) {
	n := adam32(w, m, v, g, p)
	adam32Go(w[n:], m[n:], v[n:], g[n:], p)
}

func adam32Go(w, m, v, g []float32, p AdamParams) {
	c1, c2 := 1-p.Beta1, 1-p.Beta2
	for i, gi := range g {
		mi := m[i] + float32((gi-m[i])*c1)
		vi := v[i] + float32((float32(gi*gi)-v[i])*c2)
		m[i], v[i] = mi, vi
		w[i] -= float32(mi*p.Alpha) / (sqrt32(vi) + p.Epsilon)
	}
}

// SGD32 does w -= lr*g.
func SGD32(w, g []float32, lr float32) { Axpy32(-lr, g, w) }

// Momentum32 does velocity = momentum*velocity - lr*g, then w += velocity, or with nesterov w += momentum*velocity - lr*g
// (keras/src/optimizers/sgd.py).
func Momentum32(w, velocity, g []float32, lr, momentum float32, nesterov bool) {
	checkLengths("Momentum32", len(w), len(velocity), len(g))
	for i, gi := range g {
		step := float32(lr * gi)
		u := float32(momentum*velocity[i]) - step
		velocity[i] = u
		if nesterov {
			u = float32(momentum*u) - step
		}
		w[i] += u
	}
}

// RMSprop32 does v = rho*v + (1-rho)*g², w -= lr*g / sqrt(v+epsilon) (keras/src/optimizers/rmsprop.py).
func RMSprop32(w, v, g []float32, lr, rho, epsilon float32) {
	checkLengths("RMSprop32", len(w), len(v), len(g))
	c := 1 - rho
	for i, gi := range g {
		vi := float32(rho*v[i]) + float32(c*float32(gi*gi))
		v[i] = vi
		w[i] -= float32(lr*gi) / sqrt32(vi+epsilon)
	}
}

// Adagrad32 does v += g², w -= lr*g / sqrt(v+epsilon) (keras/src/optimizers/adagrad.py).
func Adagrad32(w, v, g []float32, lr, epsilon float32) {
	checkLengths("Adagrad32", len(w), len(v), len(g))
	for i, gi := range g {
		vi := v[i] + float32(gi*gi)
		v[i] = vi
		w[i] -= float32(lr*gi) / sqrt32(vi+epsilon)
	}
}

// sqrt32 is correctly rounded: float64 has more than twice the bits of float32 plus two.
func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }
