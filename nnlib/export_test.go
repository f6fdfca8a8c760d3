package nnlib

import "testing"

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
