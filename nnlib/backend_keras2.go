package nnlib

import (
	"encoding/binary"
	"errors"
	"fmt"

	"reprise/nnlib/rng"
)

var (
	_ Backend = Theano{}
	_ Backend = TensorFlow{}
)

// Theano draws initial weights and shuffles as Keras 2.0 did on Theano after
// numpy.random.seed(NumpySeed). Only what NumPy and Theano drew is reproduced:
// initial weights with uniform initializers, and the shuffles of Fit.
type Theano struct {
	NumpySeed uint32
}

// TensorFlow draws initial weights and shuffles as Keras 2.0 did on TensorFlow
// 1.x after numpy.random.seed(NumpySeed) and tf.set_random_seed(GraphSeed).
//
// On TensorFlow, Keras 2.0 let Adam's update read the step counter and raise it
// in no particular order, so that step k took k or k+1 for its number, as chance
// had it (keras/optimizers.py: update_add(iterations, 1) beside t = iterations + 1).
// Race simulates that.
type TensorFlow struct {
	NumpySeed uint32
	GraphSeed uint64

	Race    float64 // the probability that a step takes k+1; zero means that all take k
	RaceRun int     // names one course of the race: the stream "tensorflow", "race", RaceRun
}

func (t Theano) seed() uint64     { return uint64(t.NumpySeed) }
func (t TensorFlow) seed() uint64 { return uint64(t.NumpySeed) }

func (t Theano) world(root *rng.Tree) world {
	return &theanoWorld{newKeras2World(root, t.NumpySeed)}
}

func (t TensorFlow) world(root *rng.Tree) world {
	w := &tensorFlowWorld{keras2World: newKeras2World(root, t.NumpySeed), graphSeed: t.GraphSeed}
	if t.Race > 0 {
		w.raceName = []any{"tensorflow", "race", t.RaceRun}
		w.race, w.probability = root.Stream(w.raceName...), t.Race
	}
	return w
}

// keras2World is what both have in common: NumPy's global generator.
type keras2World struct {
	root  *rng.Tree
	numpy *rng.RandomState
	count func(words uint64) // of numpy
}

func newKeras2World(root *rng.Tree, numpySeed uint32) keras2World {
	return keras2World{root: root, numpy: rng.NewRandomState(numpySeed), count: root.Counter("numpy.random")}
}

// operationSeed is numpy.random.randint(low, 10e6), by which Keras seeded every random operation.
func (k *keras2World) operationSeed(low int64) int64 {
	before := k.numpy.Words()
	seed := k.numpy.RandInt(low, 10e6)
	k.count(k.numpy.Words() - before)
	return seed
}

func (k *keras2World) shuffle(_ *rng.Stream, index []int) {
	before := k.numpy.Words()
	k.numpy.ShuffleInts(index)
	k.count(k.numpy.Words() - before)
}

func (k *keras2World) taken(*rng.Stream) uint64 { return k.numpy.Words() }

func (k *keras2World) state() ([]byte, error)    { return k.numpy.MarshalBinary() }
func (k *keras2World) resume(state []byte) error { return k.numpy.UnmarshalBinary(state) }

func (k *keras2World) epsilon() float64 { return 1e-8 }
func (k *keras2World) late() bool       { return false }

func (k *keras2World) normal(*Tensor, float64, float64, []any) error {
	return fmt.Errorf("this backend reproduces uniform initializers only; use one of them, or the Native backend")
}

func (k *keras2World) truncatedNormal(w *Tensor, mean, deviation float64, path []any) error {
	return k.normal(w, mean, deviation, path)
}

type theanoWorld struct{ keras2World }

// uniform is K.random_uniform of keras/backend/theano_backend.py.
func (t *theanoWorld) uniform(w *Tensor, low, high float64, path []any) error {
	g := rng.NewMRG31k3p(int32(t.operationSeed(1)))
	g.Uniform(w.Data, float32(low), float32(high))
	t.root.Counter(path...)(g.Words())
	return nil
}

type tensorFlowWorld struct {
	keras2World
	graphSeed   uint64
	race        *rng.Stream // nil when there is none
	raceName    []any
	probability float64
}

// uniform is K.random_uniform of keras/backend/tensorflow_backend.py.
func (t *tensorFlowWorld) uniform(w *Tensor, low, high float64, path []any) error {
	op := rng.NewTensorFlowOp(t.graphSeed, uint64(t.operationSeed(0)))
	op.Uniform(w.Data, float32(low), float32(high))
	t.root.Counter(path...)(op.Words())
	return nil
}

// state adds the race's position.
func (t *tensorFlowWorld) state() ([]byte, error) {
	state, err := t.keras2World.state()
	if t.race != nil {
		state = binary.LittleEndian.AppendUint64(state, t.race.Position())
	}
	return state, err
}

func (t *tensorFlowWorld) resume(state []byte) error {
	if t.race != nil {
		n := len(state) - 8
		if n < 0 {
			return errors.New("it was made without a Race")
		}
		t.race = t.root.Resumed(t.root.Seed(), binary.LittleEndian.Uint64(state[n:]), t.raceName...)
		state = state[:n]
	}
	return t.keras2World.resume(state)
}

func (t *tensorFlowWorld) late() bool {
	return t.race != nil && t.race.Float64() < t.probability
}
