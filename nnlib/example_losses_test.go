package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

// A model that reads 6 steps learns to spell: its outputs are logits of the blank, 0,
// and of two letters; the second word is shorter, and filled up with zeros.
func ExampleCTCLoss() {
	nnlib.Seed(1)
	m := nnlib.NewSequential(&nnlib.GRU{Units: 8, InputShape: nnlib.Shape{6, 1}, ReturnSequences: true}, &nnlib.Dense{Units: 3})
	m.Compile(nnlib.Compile{Loss: "ctc", Optimizer: &nnlib.Adam{LearningRate: 0.05}})
	X := [][]float64{{0, 1, 1, 0, 1, 0}, {1, 0, 0, 1, 0, 0}}
	m.Fit(X, [][]int{{1, 2, 2}, {2, 0, 0}}, nnlib.Fit{Epochs: 100})
	fmt.Printf("%.3f\n", m.Evaluate(X, [][]int{{1, 2, 2}, {2, 0, 0}}))
	// Output: 0.003
}

// A model learns directions by which classes can be told apart.
func ExampleCircleLoss() {
	nnlib.Seed(1)
	m := nnlib.NewSequential(&nnlib.Dense{Units: 2, InputDim: 3}, &nnlib.UnitNormalization{})
	m.Compile(nnlib.Compile{Loss: &nnlib.CircleLoss{Gamma: 8}, Optimizer: &nnlib.Adam{LearningRate: 0.05}})
	X, classes := [][]float64{{1, 0, 1}, {0, 1, 1}, {1, 0, 0}, {0, 1, 0}}, []int{0, 1, 0, 1}
	before := m.Evaluate(X, classes)
	m.Fit(X, classes, nnlib.Fit{Epochs: 100})
	fmt.Printf("%.2f, then %.2f\n", before, m.Evaluate(X, classes))
	// Output: 2.19, then 0.15
}
