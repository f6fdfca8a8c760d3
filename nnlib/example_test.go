package nnlib_test

import (
	"fmt"

	"reprise/nnlib"
)

// The tutorial's network learns to say the next number of a sequence.
func Example() {
	nnlib.Seed(1)
	var X, y []float64
	for i := range 9 {
		X, y = append(X, float64(i)/10), append(y, float64(i+1)/10)
	}
	model := nnlib.NewSequential()
	model.Add(&nnlib.Dense{Units: 10, InputDim: 1})
	model.Add(&nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
	history := model.Fit(X, y, nnlib.Fit{Epochs: 100, BatchSize: len(X)})
	yhat := model.Predict(X)
	fmt.Println(nnlib.MeanSquaredError(y, yhat.Column(0)))
	fmt.Println(history)
	// Output:
	// 0.001355508014539137
	// History: 100 epochs, 100 batches, loss 0.0988241 to 0.00137151
}
