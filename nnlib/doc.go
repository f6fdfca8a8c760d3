// Package nnlib builds, trains and saves neural networks as Keras does, bit for
// bit the same on every run and every machine.
//
//	nnlib.Seed(1)
//	model := nnlib.NewSequential()
//	model.Add(&nnlib.Dense{Units: 10, InputDim: 1})
//	model.Add(&nnlib.Dense{Units: 1})
//	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
//	history := model.Fit(X, y, nnlib.Fit{Epochs: 100, BatchSize: len(X)})
//	yhat := model.Predict(X)
//	mse := nnlib.MeanSquaredError(y, yhat.Column(0))
//
// # How it is made
//
// A Model is a graph of nodes in the order in which they are computed
// (graph.go). A node calls a Layer: Build says shapes and asks for weights, once;
// Forward and Backward work on a Pass, which holds the tensors of this one call,
// so that one layer may stand in several places. Tensors are flat float32 with a
// shape; they are allocated when a batch is larger than any before, so a step of
// training allocates nothing.
//
// All arithmetic goes through nnlib/exact, all randomness through nnlib/rng:
// every weight, mask and shuffle has a name ("model/3/dense_1/kernel") and
// depends on the seed and that name only.
//
// A part of one's own, in a program or in a cell, has the methods of its interface
// (Layer, Loss, Metric, Optimizer, Initializer, Callback, ...) and stands wherever a
// name could. Package grad makes one of its forward pass alone.
//
// A layer, a loss, an optimizer, an initializer, an activation, a metric, a
// callback is one file with that prefix and one line in tables.go.
//
// Fit follows itself (tracer.go): nnlib/trace keeps losses, draws and weights as
// hashes, so that History.Diff and `reprise diff` tell where two trainings part.
//
// # Files
//
// Save and LoadModel, SaveWeights and LoadWeights know these formats; the path's ending
// chooses when writing, the file itself when reading:
//
//	.keras        a whole model, for and from keras.models.load_model (Keras 3)
//	.h5           weights, for and from Keras's model.load_weights and save_weights
//	.npz          weights, for and from NumPy, in the order of Keras's get_weights
//	safetensors   a whole model or its weights; the format of all other endings
//
// ToJSON and ModelFromJSON are Keras's to_json and model_from_json. A layer, a field or
// an argument that only one side has is an error that names it, never left out.
//
// # Other worlds
//
// Use(Theano{...}), Use(TensorFlow{...}) and Use(Keras3{...}) draw initial weights as
// Keras 2.0 and Keras 3 did after their seeds; nnlib/rng has NumPy's RandomState and
// Generator, Python's random, PyTorch's and JAX's streams for data made elsewhere.
// MLPRegressor, MLPClassifier, TrainTestSplit, KFold and StratifiedKFold with Random
// set do what scikit-learn does with that random_state.
//
// # Mistakes
//
// What the caller did wrong with shapes, names or data panics with an error that
// names them and the cure, as in gonum; input and output return errors.
package nnlib
