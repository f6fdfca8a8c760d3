package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

func ExampleFlatten() {
	x := nnlib.NewTensor(1, 2, 3)
	m := nnlib.NewSequential(&nnlib.Flatten{})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 6]
}

func ExampleReshape() {
	x := nnlib.NewTensor(1, 2, 6)
	m := nnlib.NewSequential(&nnlib.Reshape{TargetShape: nnlib.Shape{3, -1}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 3 4]
}

// Rows become columns.
func ExamplePermute() {
	x := [][][]float64{{{1, 2, 3}, {4, 5, 6}}}
	m := nnlib.NewSequential(&nnlib.Permute{Dims: []int{2, 1}})
	fmt.Println(m.Predict(x).Data)
	// Output: [1 4 2 5 3 6]
}

func ExampleRepeatVector() {
	x := [][]float64{{1, 2}}
	m := nnlib.NewSequential(&nnlib.RepeatVector{N: 2})
	fmt.Println(m.Predict(x).Data)
	// Output: [1 2 1 2]
}

func ExampleZeroPadding1D() {
	x := [][][]float64{{{5}, {6}}}
	m := nnlib.NewSequential(&nnlib.ZeroPadding1D{Padding: [2]int{1, 2}})
	fmt.Println(m.Predict(x).Data)
	// Output: [0 5 6 0 0]
}

func ExampleZeroPadding2D() {
	x := nnlib.NewTensor(1, 4, 4, 3)
	m := nnlib.NewSequential(&nnlib.ZeroPadding2D{Padding: [2][2]int{{1, 1}, {2, 2}}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 6 8 3]
}

func ExampleCropping1D() {
	x := [][][]float64{{{1}, {2}, {3}, {4}, {5}}}
	m := nnlib.NewSequential(&nnlib.Cropping1D{Cropping: [2]int{1, 2}})
	fmt.Println(m.Predict(x).Data)
	// Output: [2 3]
}

func ExampleCropping2D() {
	x := nnlib.NewTensor(1, 4, 4, 3)
	m := nnlib.NewSequential(&nnlib.Cropping2D{Cropping: [2][2]int{{1, 1}, {0, 2}}})
	fmt.Println(m.Predict(x).Shape)
	// Output: [1 2 2 3]
}

func ExampleUpSampling1D() {
	x := [][][]float64{{{1}, {2}}}
	m := nnlib.NewSequential(&nnlib.UpSampling1D{})
	fmt.Println(m.Predict(x).Data)
	// Output: [1 1 2 2]
}

func ExampleUpSampling2D() {
	x := [][][][]float64{{{{1}, {2}}, {{3}, {4}}}}
	m := nnlib.NewSequential(&nnlib.UpSampling2D{Size: [2]int{1, 2}})
	fmt.Println(m.Predict(x).Data)
	// Output: [1 1 2 2 3 3 4 4]
}

func ExampleAdd() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Add{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [4 7]
}

func ExampleSubtract() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Subtract{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [-2 3]
}

func ExampleMultiply() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Multiply{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [3 10]
}

func ExampleAverage() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Average{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [2 3.5]
}

func ExampleMaximum() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Maximum{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [3 5]
}

func ExampleMinimum() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Minimum{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [1 2]
}

func ExampleConcatenate() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Concatenate{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [1 5 3 2]
}

func ExampleDot() {
	a, b := nnlib.Input(2), nnlib.Input(2)
	m := nnlib.NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{nnlib.Apply(&nnlib.Dot{}, a, b)})
	fmt.Println(m.Predict([]any{[][]float64{{1, 5}}, [][]float64{{3, 2}}}).Data)
	// Output: [13]
}
