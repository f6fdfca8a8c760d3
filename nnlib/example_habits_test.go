package nnlib_test

import (
	"fmt"
	"os"
	"path/filepath"

	"reprise/nnlib"
	"reprise/nnlib/datasets"
	"reprise/nnlib/rng"
)

// A model goes to Keras and comes back: keras.models.load_model reads model.keras.
func ExampleModel_Save() {
	nnlib.Seed(1)
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	m := nnlib.NewSequential(&nnlib.Dense{Units: 4, InputDim: 2, Activation: "relu"}, &nnlib.Dense{Units: 1})
	path := filepath.Join(dir, "model.keras")
	if err := m.Save(path); err != nil {
		panic(err)
	}
	back, err := nnlib.LoadModel(path)
	if err != nil {
		panic(err)
	}
	x := [][]float64{{1, 2}}
	fmt.Println(m.Predict(x).At(0, 0) == back.Predict(x).At(0, 0))
	// Output: true
}

// The weights for a model that Keras built in code:
//
//	z = numpy.load("w.npz")
//	model.set_weights([z[k] for k in z.files])
func ExampleModel_SaveWeights() {
	path := filepath.Join(os.TempDir(), "example-weights.npz")
	defer os.Remove(path)
	m := nnlib.NewSequential(&nnlib.GRU{Units: 2, InputShape: nnlib.Shape{5, 3}, Name: "gru"})
	if err := m.SaveWeights(path); err != nil {
		panic(err)
	}
	weights, err := datasets.NPZ(path)
	fmt.Println(weights["gru/kernel"].Shape, weights["gru/bias"].Shape, err)
	// Output: [3 6] [2 6] <nil>
}

func ExampleModelFromJSON() {
	text, err := nnlib.NewSequential(&nnlib.Dense{Units: 4, InputDim: 2, Name: "first"}).ToJSON()
	if err != nil {
		panic(err)
	}
	m, err := nnlib.ModelFromJSON(text) // or the text of Keras's model.to_json()
	fmt.Println(m.Params()[0].Name, err)
	// Output: first/kernel <nil>
}

// The same numbers as scikit-learn's MLPRegressor(hidden_layer_sizes=(8,), max_iter=50, random_state=1), up to float32.
func ExampleMLPRegressor() {
	var X, y []float64
	for i := range 100 {
		X, y = append(X, float64(i)/50-1), append(y, float64(i%50)/50)
	}
	m := &nnlib.MLPRegressor{MLP: nnlib.MLP{HiddenLayerSizes: []int{8}, MaxIter: 50, Random: rng.NewRandomState(1)}}
	m.Fit(X, y)
	fmt.Printf("%d epochs, loss %.3f\n", m.NIter, m.LossCurve[m.NIter-1])
	// Output:
	// 50 epochs, loss 0.081
}

func ExampleMLPClassifier() {
	nnlib.Seed(1)
	d := datasets.Moons(datasets.Made{Samples: 200, Noise: 0.1, Seed: 1})
	m := &nnlib.MLPClassifier{MLP: nnlib.MLP{HiddenLayerSizes: []int{16}, LearningRateInit: 0.02, EarlyStopping: true}}
	m.Fit(d.X, d.Y)
	fmt.Printf("%.2f\n", m.Score(d.X, d.Y))
	// Output:
	// 0.88
}

func ExampleStratifiedKFold() {
	y := []string{"a", "a", "a", "a", "b", "b"}
	for _, fold := range (nnlib.StratifiedKFold{NSplits: 2}).Split(y) {
		fmt.Println(fold.Train, fold.Test)
	}
	// Output:
	// [2 3 5] [0 1 4]
	// [0 1 4] [2 3 5]
}

func ExampleConfusionMatrix() {
	fmt.Println(nnlib.ConfusionMatrix([]string{"cat", "cat", "dog"}, []string{"cat", "dog", "dog"}))
	// Output:
	// true \ predicted   cat   dog
	// cat                  1     1
	// dog                  0     1
}

func ExampleClassificationReport() {
	fmt.Println(nnlib.ClassificationReport([]int{0, 0, 1, 1, 1}, []int{0, 1, 1, 1, 0}))
	// Output:
	// precision    recall  f1-score   support
	//
	//            0       0.50      0.50      0.50         2
	//            1       0.67      0.67      0.67         3
	//
	//     accuracy                           0.60         5
	//    macro avg       0.58      0.58      0.58         5
	// weighted avg       0.60      0.60      0.60         5
}

func ExamplePlotModel() {
	in := nnlib.Input(3)
	h := in.Apply(&nnlib.Dense{Units: 3})
	m := nnlib.NewModel([]*nnlib.Node{in}, []*nnlib.Node{nnlib.Apply(&nnlib.Add{}, in, h)})
	fmt.Println(nnlib.PlotModel(m)) // a notebook shows the picture
	// Output:
	// 0 input (Input) [3]
	// 1 dense_1 (Dense) [3] from [0]
	// 2 add_1 (Add) [3] from [0 1]
}

func ExampleToCategorical() {
	fmt.Println(nnlib.ToCategorical([]int{0, 2}, 3).Data)
	// Output: [1 0 0 0 0 1]
}

func ExampleROCAUCScore() {
	fmt.Println(nnlib.ROCAUCScore([]int{0, 0, 1, 1}, []float64{0.1, 0.4, 0.35, 0.8}))
	// Output: 0.75
}
