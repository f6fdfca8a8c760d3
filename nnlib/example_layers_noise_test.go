package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// In training each number becomes 0 or, so that the mean stays, twice as large.
func ExampleDropout() {
	p, err := nnlib.NewProbe(&nnlib.Dropout{Rate: 0.5}, "dropout", rng.Root(1), nnlib.Shape{8})
	x := nnlib.Array([][]float64{{1, 1, 1, 1, 1, 1, 1, 1}})
	fmt.Println(p.Forward(true, x).Data, err)
	fmt.Println(p.Forward(false, x).Data)
	// Output:
	// [0 2 0 0 0 0 2 0] <nil>
	// [1 1 1 1 1 1 1 1]
}

// A channel is dropped at all steps or at none.
func ExampleSpatialDropout1D() {
	p, err := nnlib.NewProbe(&nnlib.SpatialDropout1D{Rate: 0.5}, "dropout", rng.Root(1), nnlib.Shape{2, 4})
	x := nnlib.Array([][][]float64{{{1, 1, 1, 1}, {1, 1, 1, 1}}})
	fmt.Println(p.Forward(true, x).Data, err)
	// Output: [0 2 0 0 0 2 0 0] <nil>
}

// A channel is dropped everywhere or nowhere.
func ExampleSpatialDropout2D() {
	p, err := nnlib.NewProbe(&nnlib.SpatialDropout2D{Rate: 0.5}, "dropout", rng.Root(1), nnlib.Shape{1, 2, 4})
	x := nnlib.Array([][][][]float64{{{{1, 1, 1, 1}, {1, 1, 1, 1}}}})
	fmt.Println(p.Forward(true, x).Data, err)
	// Output: [0 2 0 0 0 2 0 0] <nil>
}

// Dropped values become what keeps mean and variance, for SELU.
func ExampleAlphaDropout() {
	p, err := nnlib.NewProbe(&nnlib.AlphaDropout{Rate: 0.25}, "dropout", rng.Root(1), nnlib.Shape{6})
	x := nnlib.Array([][]float64{{0, 0, 0, 0, 0, 0}})
	fmt.Printf("%.3f %v\n", p.Forward(true, x).Data, err)
	// Output: [0.381 0.381 0.381 -1.144 0.381 0.381] <nil>
}

// Values are multiplied by noise around 1, in training only.
func ExampleGaussianDropout() {
	p, err := nnlib.NewProbe(&nnlib.GaussianDropout{Rate: 0.2}, "dropout", rng.Root(1), nnlib.Shape{3})
	x := nnlib.Array([][]float64{{0, 1, 10}})
	fmt.Printf("%.3f %v\n", p.Forward(true, x).Data, err)
	fmt.Println(p.Forward(false, x).Data)
	// Output:
	// [0.000 2.232 11.821] <nil>
	// [0 1 10]
}

// Noise is added, in training only.
func ExampleGaussianNoise() {
	p, err := nnlib.NewProbe(&nnlib.GaussianNoise{StdDev: 0.1}, "noise", rng.Root(1), nnlib.Shape{3})
	x := nnlib.Array([][]float64{{0, 1, 10}})
	fmt.Printf("%.3f %v\n", p.Forward(true, x).Data, err)
	fmt.Println(p.Forward(false, x).Data)
	// Output:
	// [-0.049 0.934 10.074] <nil>
	// [0 1 10]
}

// In training each feature of a batch gets mean 0 and variance 1.
func ExampleBatchNormalization() {
	p, err := nnlib.NewProbe(&nnlib.BatchNormalization{}, "norm", rng.Root(1), nnlib.Shape{2})
	x := nnlib.Array([][]float64{{1, 10}, {3, 30}})
	fmt.Printf("%.2f %v\n", p.Forward(true, x).Data, err)
	// Output: [-1.00 -1.00 1.00 1.00] <nil>
}

// Each sample gets mean 0 and variance 1.
func ExampleLayerNormalization() {
	x := [][]float64{{1, 3}, {10, 30}}
	m := nnlib.NewSequential(&nnlib.LayerNormalization{Epsilon: 1e-9})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1 1 -1 1]
}

// Each group of features gets mean 0 and variance 1.
func ExampleGroupNormalization() {
	x := [][]float64{{1, 3, 10, 30}}
	m := nnlib.NewSequential(&nnlib.GroupNormalization{Groups: 2, Epsilon: 1e-9})
	fmt.Println(m.Predict(x).Data)
	// Output: [-1 1 -1 1]
}

// Each sample gets the length 1.
func ExampleUnitNormalization() {
	x := [][]float64{{3, 4}}
	m := nnlib.NewSequential(&nnlib.UnitNormalization{})
	fmt.Printf("%.1f\n", m.Predict(x).Data)
	// Output: [0.6 0.8]
}

// Each sample gets a mean square of 1.
func ExampleRMSNormalization() {
	x := [][]float64{{3, -3}}
	m := nnlib.NewSequential(&nnlib.RMSNormalization{Epsilon: 1e-9})
	fmt.Printf("%.1f\n", m.Predict(x).Data)
	// Output: [1.0 -1.0]
}
