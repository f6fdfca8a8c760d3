package nnlib_test

import (
	"fmt"
	"os"

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

func ExampleBackupAndRestore() {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	train := func(more ...nnlib.Callback) *nnlib.History {
		nnlib.Seed(1)
		model := nnlib.NewSequential(&nnlib.Dense{Units: 4, InputDim: 1, Activation: "tanh"}, &nnlib.Dropout{Rate: 0.2}, &nnlib.Dense{Units: 1})
		model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
		return model.Fit([]float64{0, 1, 2, 3}, []float64{1, 2, 3, 4}, nnlib.Fit{Epochs: 10, BatchSize: 2, Callbacks: more})
	}
	whole := train(nnlib.Hooks{}, nnlib.Hooks{})

	backup := &nnlib.BackupAndRestore{Path: folder + "/backup"}
	func() {
		defer func() { fmt.Println("stopped:", recover()) }()
		train(backup, nnlib.Hooks{OnEpochBegin: func(epoch int) {
			if epoch == 4 {
				panic("a power cut")
			}
		}})
	}()
	fmt.Println("the same bits:", train(backup, nnlib.Hooks{}).Digest() == whole.Digest())
	// Output:
	// stopped: a power cut
	// the same bits: true
}

// Powers serves a batch of numbers and their squares.
type Powers struct{}

func (Powers) Len() int { return 3 }
func (Powers) Batch(i int) nnlib.Batch {
	a := float64(i) / 3
	return nnlib.Batch{X: []float64{a, -a}, Y: []float64{a * a, a * a}}
}

func ExampleDataset() {
	nnlib.Seed(1)
	model := nnlib.NewSequential(&nnlib.Dense{Units: 8, InputDim: 1, Activation: "tanh"}, &nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	history := model.Fit(Powers{}, nil, nnlib.Fit{Epochs: 2})
	fmt.Println(len(history.BatchLoss), model.Predict(Powers{}).Shape)
	// Output: 6 [6 1]
}

func ExampleApplyState() {
	source, target := nnlib.Input(7, 3), nnlib.Input(5, 2)
	encoded := nnlib.ApplyState(&nnlib.LSTM{Units: 4, ReturnState: true}, source)
	decoded := nnlib.Apply(&nnlib.LSTM{Units: 4, ReturnSequences: true}, target, encoded[1], encoded[2])
	model := nnlib.NewModel([]*nnlib.Node{source, target}, []*nnlib.Node{decoded})
	fmt.Println(model.Predict([]any{nnlib.NewTensor(1, 7, 3), nnlib.NewTensor(1, 5, 2)}).Shape)
	// Output: [1 5 4]
}

func ExampleNormalization() {
	X := [][]float64{{1, 10}, {3, 30}}
	model := nnlib.NewSequential((&nnlib.Normalization{InputShape: nnlib.Shape{2}}).Adapt(X))
	fmt.Println(model.Predict(X).Data)
	// Output: [-1 -1 1 1]
}
