package nnlib

import (
	"reprise/nnlib/rng"
)

// A Backend says whose initial weights and shuffles a model gets: our own
// (Native), or exactly those that Keras had on another library.
type Backend interface {
	seed() uint64               // of all the randomness that is not the backend's own
	world(root *rng.Tree) world // in its first state
}

// A world is a backend in use, with the state of its generators.
type world interface {
	// The three fill an initial weight, whose place in the model is the path.
	uniform(w *Tensor, low, high float64, path []any) error
	normal(w *Tensor, mean, deviation float64, path []any) error
	truncatedNormal(w *Tensor, mean, deviation float64, path []any) error
	// shuffle brings the samples' index into the next epoch's order; s is the model's stream for it.
	shuffle(s *rng.Stream, index []int)
	// taken returns how many random words were taken where shuffle takes them.
	taken(s *rng.Stream) uint64
	// epsilon is what an optimizer adds to a denominator unless told otherwise.
	epsilon() float64
	// late says whether Adam's step k takes k+1 for its step count.
	late() bool
	// state returns what resume takes, in a checkpoint.
	state() ([]byte, error)
	resume(state []byte) error
}

type worldKey struct{}

// worldOf returns the world in use at root, which is Native until Use says otherwise.
func worldOf(root *rng.Tree) world {
	if w, ok := root.Local(worldKey{}).(world); ok {
		return w
	}
	return nativeWorld{root}
}
