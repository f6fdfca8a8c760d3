package grad

import (
	"fmt"

	"reprise/nnlib"
)

// A function of one or two variables, with its tape.
type function struct {
	tape *Tape
	f    func(a, b *Var) *Var
}

// Loss returns a loss made of its forward pass alone. f gets, as in Keras, what is
// wanted and what was predicted, the first axis of both being the samples, and
// returns one number for each sample; of more numbers for each, their mean counts.
func Loss(f func(want, pred *Var) *Var) nnlib.Loss {
	return &loss{function{NewTape(), f}}
}

// MeanLoss is Loss for a function that returns one number for the whole batch,
// such as a correlation. The samples' weights then have no meaning but their sum's.
func MeanLoss(f func(want, pred *Var) *Var) nnlib.Loss {
	return Loss(func(want, pred *Var) *Var {
		v := f(want, pred)
		if len(v.Value.Data) != 1 {
			panic(fmt.Errorf("nnlib/grad: MeanLoss wants one number for the batch, got the shape %v; take its Mean", v.Shape()))
		}
		return v.Reshape(1).BroadcastTo(pred.Shape()[0])
	})
}

type loss struct{ function }

// Loss computes losses and gradient.
func (l *loss) Loss(losses []float64, grad, pred, want *nnlib.Tensor) {
	t := l.tape
	t.Reset()
	t.Training = grad != nil
	p := t.Variable(pred)
	each := l.f(t.Constant(want), p)
	shape := each.Shape()
	if len(shape) == 0 || shape[0] != len(losses) {
		panic(fmt.Errorf("nnlib/grad: a Loss returns one number for each of the %d samples, got the shape %v; take the Mean over the other axes, or use MeanLoss", len(losses), shape))
	}
	for len(each.Shape()) > 1 {
		each = each.Mean(-1)
	}
	for i, v := range each.Value.Data {
		losses[i] = float64(v)
	}
	if grad != nil {
		each.needs = true
		t.clear()
		each.seed(1)
		t.backward()
		copy(grad.Data, p.grad.Data)
	}
}

// Activation returns an activation made of its forward pass alone.
func Activation(f func(x *Var) *Var) nnlib.Activation {
	return &activation{function{NewTape(), func(x, _ *Var) *Var { return f(x) }}}
}

type activation struct{ function }

// Apply computes y from x.
func (a *activation) Apply(y, x *nnlib.Tensor) { copy(y.Data, a.run(x, len(y.Data)).Value.Data) }

func (a *activation) run(x *nnlib.Tensor, n int) *Var {
	a.tape.Reset()
	out := a.f(a.tape.Variable(x), nil)
	if len(out.Value.Data) != n {
		panic(fmt.Errorf("nnlib/grad: an Activation keeps the shape %v, got %v", x.Shape, out.Shape()))
	}
	return out
}

// Grad computes dx from dy, going forward once more: one activation may serve several layers.
func (a *activation) Grad(dx, dy, x, _ *nnlib.Tensor) {
	out := a.run(x, len(dy.Data))
	in := a.tape.vars[0]
	out.needs = true
	a.tape.clear()
	copy(out.grad.Data, dy.Data)
	a.tape.backward()
	copy(dx.Data, in.grad.Data)
}

// Regularizer returns a regularizer made of its forward pass alone: f returns one number.
func Regularizer(f func(w *Var) *Var) nnlib.Regularizer {
	return &regularizer{function{NewTape(), func(w, _ *Var) *Var { return f(w) }}}
}

type regularizer struct{ function }

// Penalty returns the price.
func (r *regularizer) Penalty(w *nnlib.Tensor) float64 {
	r.tape.Reset()
	return r.f(r.tape.Variable(w), nil).Item()
}

// AddGrad adds the price's gradient.
func (r *regularizer) AddGrad(grad, w *nnlib.Tensor) {
	r.tape.Reset()
	in := r.tape.Variable(w)
	r.f(in, nil).Backward()
	for i, g := range in.grad.Data {
		grad.Data[i] += g
	}
}
