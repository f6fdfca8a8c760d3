package grad

import (
	"fmt"
	"slices"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// A Tape is the operations of one computation, in their order. It is for one goroutine at a time.
type Tape struct {
	// Training says whether the computation is part of a training, as Dropout asks.
	Training bool
	// Rand is where Dropout draws from; nil outside of training.
	Rand *rng.Stream
	// Mask has one element for each sample and time step, 0 where there is padding; nil where there is none.
	Mask *nnlib.Tensor

	vars []*Var // used again after Reset
	n    int    // of them in use
	loss float64
	rows []*Var // what AddLoss was given
}

// NewTape returns an empty tape.
func NewTape() *Tape { return &Tape{} }

// Reset forgets all operations, and keeps their memory for the next ones.
func (t *Tape) Reset() { t.n, t.loss, t.rows = 0, 0, t.rows[:0] }

// A Var is a tensor on a tape: data, a variable, or what an operation computed.
type Var struct {
	// Value is what was computed. It must not be changed.
	Value *nnlib.Tensor

	tape  *Tape
	op    operation // nil for data and variables
	in    []*Var
	needs bool          // a gradient
	grad  *nnlib.Tensor // nil until Backward where it is not needed

	own, ownGrad nnlib.Tensor // memory
	room         [2][]float32
	ownSlopes    []float32
	sums         []float64
	index        [2]mapping
	ints         []int
	kept         nnlib.Shape
	from         []int
	factor       float64
	pass         nnlib.Pass // of an inner layer
	inner        *nnlib.Inner
	room2        []nnlib.Tensor // gradients by its inputs
}

// An operation computes v.Value from v.in, and adds to the gradients of those of
// v.in that need one. It keeps nothing itself: all is in v.
type operation interface {
	forward(v *Var)
	backward(v *Var)
}

// next returns a fresh Var.
func (t *Tape) next(op operation, in ...*Var) *Var {
	if t.n == len(t.vars) {
		t.vars = append(t.vars, &Var{tape: t})
	}
	v := t.vars[t.n]
	t.n++
	v.op, v.needs, v.Value, v.in = op, false, &v.own, v.in[:0]
	for _, x := range in {
		if x.tape != t {
			panic(fmt.Errorf("nnlib/grad: the operands are of two tapes; a variable can be used on its own tape only"))
		}
		v.in, v.needs = append(v.in, x), v.needs || x.needs
	}
	return v
}

// shaped gives v room for a value of that shape.
func (v *Var) shaped(shape ...int) *Var {
	resize(&v.own, shape)
	return v
}

// run computes v.
func (v *Var) run() *Var {
	v.op.forward(v)
	return v
}

// resize makes t a tensor of that shape, and allocates only when it must grow.
func resize(t *nnlib.Tensor, shape []int) {
	size := nnlib.Shape(shape).Size()
	t.Data = slices.Grow(t.Data[:0], size)[:size]
	t.Shape = append(t.Shape[:0], shape...)
}

// Constant puts data on the tape: a number, a slice or matrix of numbers, a tensor.
func (t *Tape) Constant(x any) *Var {
	v := t.next(nil)
	if number, ok := toNumber(x); ok {
		v.shaped()
		v.own.Data[0] = float32(number)
		return v
	}
	v.Value = nnlib.Array(x)
	return v
}

// Variable is Constant with a gradient.
func (t *Tape) Variable(x any) *Var {
	v := t.Constant(x)
	v.needs, v.grad = true, nil
	return v
}

// Weight puts a model's weight on the tape. Backward adds to the weight's Grad.
func (t *Tape) Weight(p *nnlib.Param) *Var {
	v := t.Variable(p.Value)
	v.needs, v.grad = p.Trainable, p.Grad
	return v
}

// AddLoss adds a number, or the mean of several, to the loss of the model in which
// a Layer stands: a price for what it computes, such as a variational autoencoder's divergence.
func (t *Tape) AddLoss(v *Var) {
	v = v.Mean()
	t.loss += float64(v.Value.Data[0])
	t.rows = append(t.rows, v)
}

// Shape returns the length of each axis.
func (v *Var) Shape() nnlib.Shape { return v.Value.Shape }

// Grad returns the gradient that Backward has found; nil where there is none.
func (v *Var) Grad() *nnlib.Tensor { return v.grad }

// Item returns the value of a Var with one element.
func (v *Var) Item() float64 {
	if len(v.Value.Data) != 1 {
		panic(fmt.Errorf("nnlib/grad: Item wants one element, the shape is %v", v.Shape()))
	}
	return float64(v.Value.Data[0])
}

// String shows the value.
func (v *Var) String() string { return v.Value.String() }

// on returns x as a Var of v's tape.
func (v *Var) on(x any) *Var {
	if y, ok := x.(*Var); ok {
		return y
	}
	return v.tape.Constant(x)
}

func toNumber(x any) (float64, bool) {
	switch n := x.(type) {
	case float64:
		return n, true
	case float32:
		return float64(n), true
	case int:
		return float64(n), true
	}
	return 0, false
}
