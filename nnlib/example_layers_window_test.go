package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

// Each output is the sum of two steps, as all weights are 1.
func ExampleConv1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}}}
	m := nnlib.NewSequential(&nnlib.Conv1D{Filters: 1, KernelSize: 2, KernelInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [3 5 7]
}

func ExampleConv2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.Conv2D{Filters: 1, KernelSize: [2]int{2, 2}, KernelInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [10]
}

// Each channel by itself.
func ExampleDepthwiseConv1D() {
	x := [][][]float64{{{1, 10}, {2, 20}, {3, 30}}}
	m := nnlib.NewSequential(&nnlib.DepthwiseConv1D{KernelSize: 2, DepthwiseInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [3 30 5 50]
}

// Each channel by itself.
func ExampleDepthwiseConv2D() {
	x := [][][][]float64{{{{1, 10}, {2, 20}}, {{3, 30}, {4, 40}}}}
	m := nnlib.NewSequential(&nnlib.DepthwiseConv2D{KernelSize: [2]int{2, 2}, DepthwiseInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [10 100]
}

// Each channel by itself, then all together.
func ExampleSeparableConv1D() {
	x := [][][]float64{{{1, 10}, {2, 20}, {3, 30}}}
	m := nnlib.NewSequential(&nnlib.SeparableConv1D{Filters: 1, KernelSize: 2, DepthwiseInitializer: "ones", PointwiseInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [33 55]
}

func ExampleSeparableConv2D() {
	x := nnlib.NewTensor(1, 6, 6, 3)
	m := nnlib.NewSequential(&nnlib.SeparableConv2D{Filters: 8, KernelSize: [2]int{3, 3}, Padding: "same"})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 6 6 8]
}

// Each step becomes two.
func ExampleConv1DTranspose() {
	x := [][][]float64{{{1}, {2}}}
	m := nnlib.NewSequential(&nnlib.Conv1DTranspose{Filters: 1, KernelSize: 2, Strides: 2, KernelInitializer: "ones"})
	fmt.Println(m.Predict(x).Data)
	// Output: [1 1 2 2]
}

// Pictures become twice as large.
func ExampleConv2DTranspose() {
	x := nnlib.NewTensor(1, 7, 7, 3)
	m := nnlib.NewSequential(&nnlib.Conv2DTranspose{Filters: 8, KernelSize: [2]int{2, 2}, Strides: [2]int{2, 2}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 14 14 8]
}

func ExampleMaxPooling1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}}}
	m := nnlib.NewSequential(&nnlib.MaxPooling1D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [2 4]
}

func ExampleAveragePooling1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}}}
	m := nnlib.NewSequential(&nnlib.AveragePooling1D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [1.5 3.5]
}

func ExampleMaxPooling2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.MaxPooling2D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [4]
}

func ExampleAveragePooling2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.AveragePooling2D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [2.5]
}

func ExampleGlobalMaxPooling1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}}}
	m := nnlib.NewSequential(&nnlib.GlobalMaxPooling1D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [4]
}

func ExampleGlobalAveragePooling1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}}}
	m := nnlib.NewSequential(&nnlib.GlobalAveragePooling1D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [2.5]
}

func ExampleGlobalMaxPooling2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.GlobalMaxPooling2D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [4]
}

func ExampleGlobalAveragePooling2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.GlobalAveragePooling2D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [2.5]
}
