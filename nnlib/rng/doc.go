// Package rng gives a program all of its random numbers, by name.
//
// A program has one Tree, grown from one seed. Whoever needs randomness opens a
// Stream by name; its numbers depend on the seed and on the name, never on
// which streams were opened before it or how much they drew. Adding a layer, a
// cell or a shuffle therefore changes nothing else:
//
//	root := rng.Root(1)
//	kernel := root.Stream("model", 3, "dense_1", "kernel")
//	kernel.UniformAt(7, 2) // element (7, 2), whatever the shape is
//	noise := root.Stream("noise")
//	noise.NormFloat64()    // the next number in order
//
// Every draw is counted; Tree.Ledger says who drew how much.
//
// The package also holds the generators of other worlds, so that their
// published results can be had again: NumPy's RandomState and Generator,
// Theano's MRG31k3p, TensorFlow's Philox, PyTorch's mt19937 and JAX's threefry.
//
// All numbers are the same on every machine: integer arithmetic, IEEE basic
// operations with explicit rounding, and this package's own logarithm, sine and
// cosine. The values are part of the contract; regress_test.go holds them fast.
package rng
