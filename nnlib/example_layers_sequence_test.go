package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

// Samples of 5 steps with 3 features become 4 numbers.
func ExampleSimpleRNN() {
	x := nnlib.NewTensor(2, 5, 3)
	m := nnlib.NewSequential(&nnlib.SimpleRNN{Units: 4})
	fmt.Println(m.Predict(x).Shape)
	// Output: [2 4]
}

// With ReturnSequences there is an output for each step.
func ExampleLSTM() {
	x := nnlib.NewTensor(2, 5, 3)
	m := nnlib.NewSequential(&nnlib.LSTM{Units: 4, ReturnSequences: true})
	fmt.Println(m.Predict(x).Shape)
	// Output: [2 5 4]
}

func ExampleGRU() {
	x := nnlib.NewTensor(2, 5, 3)
	m := nnlib.NewSequential(&nnlib.GRU{Units: 4})
	fmt.Println(m.Predict(x).Shape)
	// Output: [2 4]
}

// ApplyState puts it behind a recurrent layer, once for the output and once for each state.
func ExampleRNNState() {
	in := nnlib.Input(5, 3)
	parts := nnlib.ApplyState(&nnlib.GRU{Units: 4, ReturnSequences: true, ReturnState: true}, in)
	m := nnlib.NewModel([]*nnlib.Node{in}, parts)
	for _, y := range m.PredictAll(nnlib.NewTensor(2, 5, 3)) {
		fmt.Println(y.Shape)
	}
	// Output:
	// [2 5 4]
	// [2 4]
}

// Once forwards and once backwards, joined.
func ExampleBidirectional() {
	x := nnlib.NewTensor(2, 5, 3)
	m := nnlib.NewSequential(&nnlib.Bidirectional{Layer: &nnlib.LSTM{Units: 4}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [2 8]
}

// The same convolution for each of 5 pictures.
func ExampleTimeDistributed() {
	x := nnlib.NewTensor(1, 5, 8, 8, 3)
	m := nnlib.NewSequential(&nnlib.TimeDistributed{Layer: &nnlib.Conv2D{Filters: 2, KernelSize: [2]int{3, 3}}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 5 6 6 2]
}

// A sequence attends to itself.
func ExampleMultiHeadAttention() {
	x := nnlib.Input(5, 8)
	m := nnlib.NewModel([]*nnlib.Node{x}, []*nnlib.Node{nnlib.Apply(&nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 4}, x, x)})
	fmt.Println(m.Predict(nnlib.NewTensor(1, 5, 8)).Shape)
	// Output: [1 5 8]
}

// The query finds the value that it is like.
func ExampleAttention() {
	query, value := nnlib.Input(1, 2), nnlib.Input(2, 2)
	m := nnlib.NewModel([]*nnlib.Node{query, value}, []*nnlib.Node{nnlib.Apply(&nnlib.Attention{}, query, value)})
	fmt.Printf("%.2f\n", m.Predict([]any{[][][]float64{{{9, 0}}}, [][][]float64{{{1, 0}, {0, 1}}}}).Data)
	// Output: [1.00 0.00]
}

// Both values are alike, so that their mean is too.
func ExampleAdditiveAttention() {
	a, b := nnlib.Input(1, 2), nnlib.Input(2, 2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.AdditiveAttention{}, a, b)})
	fmt.Println(m.Predict([]any{[][][]float64{{{1, 0}}}, [][][]float64{{{3, 4}, {3, 4}}}}).Data)
	// Output: [3 4]
}
