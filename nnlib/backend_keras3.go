package nnlib

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"
)

var _ Backend = Keras3{}

// Keras3 draws initial weights as Keras 3 does after keras.utils.set_random_seed(Seed),
// on JAX or TensorFlow, on a CPU. Uniform initializers, which are the defaults, come
// out bit for bit; normal, truncated and orthogonal ones up to rounding, since the
// libraries' logarithms differ from machine to machine. As in Keras, a layer's seed
// depends on how many were asked for before, so layers must be made in the same order.
// Masks, noise and shuffles are nnlib's own.
//
// Source: keras/src/random/seed_generator.py, keras/src/initializers,
// keras/src/backend/jax/random.py and tensorflow/random.py of Keras 3.15.
type Keras3 struct {
	Seed    uint32
	Backend string // "jax" by default, "tensorflow"
}

func (k Keras3) seed() uint64 { return uint64(k.Seed) }

func (k Keras3) world(root *rng.Tree) world {
	kind, err := choice("Keras3's Backend", k.Backend, []string{"jax", "tensorflow"}, []bool{false, true})
	if err != nil {
		panic(fmt.Errorf("nnlib: %w", err))
	}
	return &keras3World{nativeWorld: nativeWorld{root}, python: rng.NewPython(int64(k.Seed)), tensorFlow: kind}
}

type keras3World struct {
	nativeWorld
	python     *rng.Python
	tensorFlow bool
	dropping   bool // an attention with dropout is being built
}

// next is make_default_seed: what an initializer or a SeedGenerator without a seed takes.
func (k *keras3World) next() int64 { return k.python.Randint(1, 1e9) }

// weightSeed is next for a weight. Attention makes its dropout before its last layer.
func (k *keras3World) weightSeed(path []any) int64 {
	k.skip(k.dropping && path[len(path)-1] == "attention_output/kernel")
	return k.next()
}

// constructing is a world that draws for layers whether or not they draw for weights.
type constructing interface {
	before(l Layer)
	after(l Layer)
}

// before draws what Keras's constructor of a layer draws before its weights' seeds.
func (k *keras3World) before(l Layer) {
	switch l := l.(type) {
	case *SimpleRNN: // its cell makes its SeedGenerator first
		k.skip(true)
	case *Bidirectional: // the layer is made three times: as given, forward and backward
		k.cell(l.Layer)
	case *MultiHeadAttention:
		k.skip(drawsSeed(or(l.KernelInitializer, "glorot_uniform")))
		k.dropping = l.Dropout > 0
	}
}

// cell draws all that a recurrent layer draws.
func (k *keras3World) cell(l Layer) {
	kernel, recurrent := any(nil), any(nil)
	switch l := l.(type) {
	case *SimpleRNN:
		kernel, recurrent = l.KernelInitializer, l.RecurrentInitializer
	case *LSTM:
		kernel, recurrent = l.KernelInitializer, l.RecurrentInitializer
	case *GRU:
		kernel, recurrent = l.KernelInitializer, l.RecurrentInitializer
	}
	k.skip(drawsSeed(or(kernel, "glorot_uniform")))
	k.skip(drawsSeed(or(recurrent, "orthogonal")))
	k.skip(true) // the SeedGenerator of its dropout
}

// after draws what follows a layer's weights' seeds: its SeedGenerator.
func (k *keras3World) after(l Layer) {
	switch l := l.(type) {
	case *LSTM, *GRU:
		k.skip(true)
	case *Dropout:
		k.skip(l.Rate > 0)
	case *SpatialDropout1D:
		k.skip(l.Rate > 0)
	case *SpatialDropout2D:
		k.skip(l.Rate > 0)
	case *AlphaDropout:
		k.skip(l.Rate > 0)
	case *GaussianDropout:
		k.skip(l.Rate > 0)
	case *GaussianNoise:
		k.skip(l.StdDev > 0)
	}
}

func (k *keras3World) skip(draws bool) {
	if draws {
		k.next()
	}
}

// drawsSeed says whether Keras's initializer takes a seed: zeros, ones, constants and identity do not.
func drawsSeed(v any) bool {
	i, err := initializers.named("initializer", v)
	if err != nil {
		return false // Build says so
	}
	switch i.(type) {
	case *Zeros, *Ones, *Constant, *Identity:
		return false
	}
	return true
}

func (k *keras3World) uniform(w *Tensor, low, high float64, path []any) error {
	seed := k.weightSeed(path)
	if k.tensorFlow {
		rng.NewTensorFlowStateless([2]int64{seed, 0}).Uniform(w.Data, float32(low), float32(high))
	} else {
		rng.JAXKey{uint32(seed), 0}.UniformRange(w.Data, float32(low), float32(high))
	}
	k.count(w, path)
	return nil
}

func (k *keras3World) normal(w *Tensor, mean, deviation float64, path []any) error {
	seed := k.weightSeed(path)
	if k.tensorFlow {
		rng.NewTensorFlowStateless([2]int64{seed, 0}).Normal(w.Data, float32(mean), float32(deviation))
	} else {
		below := math.Nextafter32(-1, 0)
		k.jaxNormal(w, seed, below, 1, mean, deviation)
	}
	k.count(w, path)
	return nil
}

func (k *keras3World) truncatedNormal(w *Tensor, mean, deviation float64, path []any) error {
	seed := k.weightSeed(path)
	if k.tensorFlow {
		rng.NewTensorFlowStateless([2]int64{seed, 0}).TruncatedNormal(w.Data, float32(mean), float32(deviation))
	} else {
		edge := float32(exact.Erf(math.Sqrt2))
		k.jaxNormal(w, seed, -edge, edge, mean, deviation)
	}
	k.count(w, path)
	return nil
}

// jaxNormal is jax.random.normal and truncated_normal: the inverse of the error function at uniform numbers.
func (k *keras3World) jaxNormal(w *Tensor, seed int64, low, high float32, mean, deviation float64) {
	rng.JAXKey{uint32(seed), 0}.UniformRange(w.Data, low, high)
	for i, u := range w.Data {
		z := float32(math.Sqrt2) * float32(exact.Erfinv(float64(u)))
		w.Data[i] = float32(z*float32(deviation)) + float32(mean)
	}
}

func (k *keras3World) count(w *Tensor, path []any) {
	k.root.Counter(path...)(uint64(len(w.Data)))
}

// state is how many words of Python's generator were taken; the seed is the root's.
func (k *keras3World) state() ([]byte, error) { return json.Marshal(k.python.Words()) }

func (k *keras3World) resume(state []byte) error {
	var words uint64
	if err := json.Unmarshal(state, &words); err != nil {
		return err
	}
	if words < k.python.Words() {
		return errors.New("more was drawn than the checkpoint says; call Use again before the model is made")
	}
	k.python.Skip(words - k.python.Words())
	return nil
}

// asMatrix is an initializer for a kernel whose first axes, rows elements, are its
// inputs. Keras 3.15 counts attention's inputs and outputs so; the
// other backends go by the axes, as it did before.
func (b *Builder) asMatrix(start any, rows int) any {
	if _, ok := b.world.(*keras3World); !ok {
		return start
	}
	inner, err := initializers.named("initializer", start)
	if err != nil {
		return start // Weight says so
	}
	return &matrixInitializer{inner, rows}
}

type matrixInitializer struct {
	Initializer
	rows int
}

// Init fills w, seen as a matrix.
func (m *matrixInitializer) Init(w *Tensor, d *Draw) error {
	return m.Initializer.Init(w.Reshape(m.rows, -1), d)
}
