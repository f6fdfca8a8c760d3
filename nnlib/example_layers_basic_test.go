package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

func ExampleDense() {
	x := [][]float64{{1, 2}, {3, 4}}
	m := nnlib.NewSequential(&nnlib.Dense{Units: 2, KernelInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [3 3 7 7]
}

func ExampleActivationLayer() {
	x := [][]float64{{-3, 2, 9}}
	m := nnlib.NewSequential(&nnlib.ActivationLayer{Activation: "relu6"})
	fmt.Println(m.Predict(x).Data)
	// Output: [0 2 6]
}

func ExampleReLU() {
	x := [][]float64{{-3, 2, 9}}
	m := nnlib.NewSequential(&nnlib.ReLU{MaxValue: 6})
	fmt.Println(m.Predict(x).Data)
	// Output: [0 2 6]
}

func ExampleLeakyReLU() {
	x := [][]float64{{-3, 2}}
	m := nnlib.NewSequential(&nnlib.LeakyReLU{NegativeSlope: 0.5})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1.5 2]
}

func ExampleELU() {
	x := [][]float64{{-100, 2}}
	m := nnlib.NewSequential(&nnlib.ELU{})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1 2]
}

// The slope below 0 is learnt.
func ExamplePReLU() {
	x := [][]float64{{-4, 2}}
	m := nnlib.NewSequential(&nnlib.PReLU{AlphaInitializer: &nnlib.Constant{Value: 0.25}})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1 2]
}

func ExampleSoftmax() {
	x := [][]float64{{0, 0, 0, 0}}
	m := nnlib.NewSequential(&nnlib.Softmax{})
	fmt.Println(m.Predict(x).Data)
	// Output: [0.25 0.25 0.25 0.25]
}

// Each number stands for a vector.
func ExampleEmbedding() {
	m := nnlib.NewSequential(&nnlib.Embedding{InputDim: 10, OutputDim: 3, InputLength: 4})
	fmt.Println(m.Predict([][]int{{7, 7, 1, 0}}).Shape)
	// Output: [1 4 3]
}

// Padding is 99 here; it becomes 0, and layers over time pass over it.
func ExampleMasking() {
	x := [][][]float64{{{5}, {99}}}
	m := nnlib.NewSequential(&nnlib.Masking{MaskValue: 99})
	fmt.Println(m.Predict(x).Data)
	// Output: [5 0]
}

// It says what one sample looks like, so that the weights are there at once.
func ExampleInputLayer() {
	m := nnlib.NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{3}}, &nnlib.Dense{Units: 2})
	fmt.Println(m.Params()[0].Value.Shape)
	// Output: [3 2]
}

func ExampleRescaling() {
	x := [][]float64{{0, 255, 510}}
	m := nnlib.NewSequential(&nnlib.Rescaling{Scale: 1.0 / 255, Offset: -1})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1 0 1]
}

// Large outputs cost something: here 0.1·(1² + 2²), where the loss itself is 0.
func ExampleActivityRegularization() {
	x := [][]float64{{1, 2}}
	m := nnlib.NewSequential(&nnlib.ActivityRegularization{L2: 0.1})
	m.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
	fmt.Printf("%.3f\n", m.Evaluate(x, x))
	// Output: 0.500
}
