package nnlib

import (
	"errors"
	"strings"
	"testing"
)

// LossNamed and OptimizerNamed give tests what a name stands for.
func LossNamed(t *testing.T, name string) Loss {
	t.Helper()
	l, err := losses.named("loss", name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// OptimizerNamed is LossNamed for optimizers.
func OptimizerNamed(t *testing.T, name string) Optimizer {
	t.Helper()
	o, err := optimizers.named("optimizer", name)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// OptimizerNames returns the first name of each optimizer.
func OptimizerNames() (names []string) {
	for _, row := range optimizers {
		names = append(names, strings.Fields(row.names)[0])
	}
	return names
}

// PackFloat and UnpackFloats keep the bits of numbers.
func PackFloat(v float32) []byte { return packAll([][]float32{{v}})[0] }

// UnpackFloats is PackFloat's way back, for several.
func UnpackFloats(packed []byte) []float32 { return unpackAll([][]byte{packed})[0] }

var errInterrupted = errors.New("interrupted")

// Interrupted fits until something, between two layers, stops it in that epoch, as an interrupt does.
func (m *Model) Interrupted(X, y any, f Fit, epoch int) (interrupted bool) {
	defer func() {
		m.poll = func() {}
		interrupted = recover() == errInterrupted
	}()
	m.poll = func() {
		if m.last != nil && m.last.ended == epoch && len(m.last.history.BatchLoss) > len(m.last.history.Loss)*2 {
			panic(errInterrupted)
		}
	}
	m.Fit(X, y, f)
	return false
}

// BatchLossOf is the loss of a batch and its gradient, as a step of Fit computes them.
func BatchLossOf(l Loss, grad, pred, want *Tensor, weights []float64) float64 {
	return (&work{}).loss(l, &node{bound: &bound{shape: pred.Shape[1:]}, out: *pred}, want, weights, grad)
}

// SwapSamples changes the order of the samples of the training at hand.
func SwapSamples(m *Model, i, j int) {
	m.work.index[i], m.work.index[j] = m.work.index[j], m.work.index[i]
}

// Untraced says whether s trains without traces.
func Untraced(s *Session, on bool) { s.untraced = on }

// Part returns samples low to high-1.
func (t *Tensor) Part(low, high int) *Tensor { return t.from(low, high) }

// RegularizerNamed, ConstraintNamed and MetricNamed give tests what a name stands for.
func RegularizerNamed(t *testing.T, name string) Regularizer { return byName(t, regularizers, name) }

// ConstraintNamed is RegularizerNamed for constraints.
func ConstraintNamed(t *testing.T, name string) Constraint { return byName(t, constraints, name) }

// MetricNamed is RegularizerNamed for metrics.
func MetricNamed(t *testing.T, name string) Metric { return byName(t, metrics, name) }

func byName[T any](t *testing.T, in table[T], name string) T {
	t.Helper()
	v, err := in.named("part", name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
