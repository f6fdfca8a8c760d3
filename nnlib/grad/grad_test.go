package grad_test

import (
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/grad"
	"reprise/nnlib/layertest"
	"reprise/nnlib/rng"
)

// Each gradient is the limit of differences, which are summed in float64.
func TestGradientsAreDifferences(t *testing.T) {
	for _, c := range readTorch(t) {
		value := func(x [][]float64) float64 {
			tape := grad.NewTape()
			y := computations[c.Name](torchCase{Shapes: c.Shapes, X: x, Grads: c.Grads}.load(tape))
			sum := 0.0
			for i, v := range y.Value.Data {
				sum += float64(float64(v) * c.DY[i])
			}
			return sum
		}
		tape := grad.NewTape()
		x := c.load(tape)
		computations[c.Name](x).Mul(tensor(c.Shape, c.DY)).Sum().Backward()
		for k := range x {
			for i := range c.X[k] {
				if c.Grads[k] == nil {
					continue
				}
				difference := func(h float64) float64 {
					was := c.X[k][i]
					c.X[k][i] = was + h
					up := value(c.X)
					c.X[k][i] = was - h
					down := value(c.X)
					c.X[k][i] = was
					return (up - down) / (2 * h)
				}
				const h = 1. / 64
				want, got := (float64(4*difference(h/2))-difference(h))/3, float64(x[k].Grad().Data[i])
				if d := got - want; c.Name != "stop gradient" && !(d*d < 1e-3*1e-3*(1+want*want)) {
					t.Errorf("%s: element %d of input %d has the gradient %g, differences say %g", c.Name, i, k, got, want)
				}
			}
		}
	}
}

// dense is nnlib.Dense by its forward pass alone.
type dense struct {
	units        int
	kernel, bias *nnlib.Param
}

func (d *dense) Build(b *nnlib.Builder) (err error) {
	if d.kernel, err = b.Weight("kernel", "glorot_uniform", b.In[0][0], d.units); err != nil {
		return err
	}
	d.bias, err = b.Weight("bias", "zeros", d.units)
	return err
}

func (d *dense) Call(t *grad.Tape, x []*grad.Var) *grad.Var {
	return x[0].MatMul(t.Weight(d.kernel)).Add(t.Weight(d.bias)).Tanh()
}

// block is made of other layers, one of which it uses twice.
type block struct {
	norm, wide, narrow *nnlib.Inner
}

func (m *block) Build(b *nnlib.Builder) (err error) {
	if m.norm, err = b.Inner(&nnlib.LayerNormalization{}, "norm", b.In[0]); err != nil {
		return err
	}
	if m.wide, err = b.Inner(&nnlib.Dense{Units: 4, Activation: "gelu"}, "wide", m.norm.Out); err != nil {
		return err
	}
	m.narrow, err = b.Inner(&nnlib.Dense{Units: b.In[0][0]}, "narrow", m.wide.Out)
	return err
}

func (m *block) Call(t *grad.Tape, x []*grad.Var) *grad.Var {
	y := t.Apply(m.narrow, t.Apply(m.wide, t.Apply(m.norm, x[0])).Dropout(0.3))
	return x[0].Add(t.Apply(m.norm, y))
}

// Layers of a forward pass alone keep all promises that layers make.
func TestLayers(t *testing.T) {
	for _, c := range []layertest.Case{
		{Name: "dense", New: func() nnlib.Layer { return grad.Layer(&dense{units: 3}) }, In: []nnlib.Shape{{4}}, Out: nnlib.Shape{3}},
		{Name: "block", New: func() nnlib.Layer { return grad.Layer(&block{}) }, In: []nnlib.Shape{{5}}, Out: nnlib.Shape{5}},
		{Name: "lambda", New: func() nnlib.Layer {
			return grad.Lambda(func(x *grad.Var) *grad.Var { return grad.Concat(-1, x.Sin(), x.Square()).Mean(1) })
		}, In: []nnlib.Shape{{3, 2}}, Out: nnlib.Shape{4}},
		{Name: "transpose", New: func() nnlib.Layer {
			return grad.Lambda(func(x *grad.Var) *grad.Var {
				return x.Transpose().Slice(2, 0, 2).Where(x.Slice(1, 0, 2), 2).LogSumExp().ExpandDims(1).Squeeze(1).Softmax()
			})
		}, In: []nnlib.Shape{{3, 2}}, Out: nnlib.Shape{2}},
	} {
		t.Run(c.Name, func(t *testing.T) { layertest.Run(t, c) })
	}
}

func problem() (X *nnlib.Tensor, y *nnlib.Tensor) {
	s := rng.Root(3).Stream("problem")
	X, y = nnlib.NewTensor(37, 4), nnlib.NewTensor(37, 3)
	for i := range X.Data {
		X.Data[i] = float32(s.NormFloat64())
	}
	for i := range y.Data {
		y.Data[i] = X.Data[i/3*4+i%3] * X.Data[i/3*4+3]
	}
	return X, y
}

func train(t *testing.T, layer nnlib.Layer, c nnlib.Compile) *nnlib.History {
	t.Helper()
	X, y := problem()
	m := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{4}}, layer, &nnlib.Dense{Units: 3, Name: "end"})
	if c.Optimizer == nil {
		c.Optimizer = "adam"
	}
	m.Compile(c)
	return m.Fit(X, y, nnlib.Fit{Epochs: 5, BatchSize: 8})
}

// near trainings: the same computation, with other roundings.
func alike(t *testing.T, what string, a, b *nnlib.History) {
	t.Helper()
	for i := range a.BatchLoss {
		if d := (a.BatchLoss[i] - b.BatchLoss[i]) / b.BatchLoss[i]; !(d*d < 1e-5*1e-5) {
			t.Errorf("%s: batch %d has the loss %v, want %v", what, i, a.BatchLoss[i], b.BatchLoss[i])
			return
		}
	}
}

func TestPartsTrainAsTheirTwins(t *testing.T) {
	twin := func() nnlib.Layer { return &nnlib.Dense{Units: 5, Activation: "tanh", Name: "dense_1"} }
	want := train(t, twin(), nnlib.Compile{Loss: "mse"})
	alike(t, "Layer", train(t, grad.Layer(&dense{units: 5}), nnlib.Compile{Loss: "mse"}), want)
	squares := func(want, pred *grad.Var) *grad.Var { return pred.Sub(want).Square() }
	alike(t, "Loss", train(t, twin(), nnlib.Compile{Loss: grad.Loss(squares)}), want)
	alike(t, "MeanLoss", train(t, twin(), nnlib.Compile{Loss: grad.MeanLoss(func(want, pred *grad.Var) *grad.Var { return squares(want, pred).Mean() })}), want)
	tanh := grad.Activation(func(x *grad.Var) *grad.Var { return x.Tanh() })
	alike(t, "Activation", train(t, &nnlib.Dense{Units: 5, Activation: tanh, Name: "dense_1"}, nnlib.Compile{Loss: "mse"}), want)

	l2 := grad.Regularizer(func(w *grad.Var) *grad.Var { return w.Square().Sum().Mul(0.01) })
	alike(t, "Regularizer", train(t, &nnlib.Dense{Units: 5, KernelRegularizer: l2}, nnlib.Compile{Loss: "mse"}),
		train(t, &nnlib.Dense{Units: 5, KernelRegularizer: "l2"}, nnlib.Compile{Loss: "mse"}))
}

// priced adds a price for its output to the loss.
type priced struct{ dense }

func (p *priced) Call(t *grad.Tape, x []*grad.Var) *grad.Var {
	y := p.dense.Call(t, x)
	t.AddLoss(y.Square().Sum(1).Mul(0.1))
	return y
}

// The price by AddLoss is the one that a loss on the layer's output would be.
func TestAddLoss(t *testing.T) {
	X, y := problem()
	in := nnlib.Input(4)
	hidden := nnlib.Apply(&nnlib.Dense{Units: 5, Activation: "tanh", Name: "dense_1"}, in)
	m := nnlib.Within(rng.Root(1)).NewModel([]*nnlib.Node{in}, []*nnlib.Node{nnlib.Apply(&nnlib.Dense{Units: 3, Name: "end"}, hidden), hidden})
	m.Compile(nnlib.Compile{Loss: []any{"mse", grad.Loss(func(_, h *grad.Var) *grad.Var { return h.Square().Sum(1).Mul(0.1) })}, Optimizer: "adam"})
	want := m.Fit(X, []*nnlib.Tensor{y, nnlib.NewTensor(37, 5)}, nnlib.Fit{Epochs: 5, BatchSize: 8})

	p := &priced{dense{units: 5}}
	s := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{4}}, grad.Layer(&named{p, "dense_1"}), &nnlib.Dense{Units: 3, Name: "end"})
	s.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	alike(t, "AddLoss", s.Fit(X, y, nnlib.Fit{Epochs: 5, BatchSize: 8}), want)
	if got, want := s.Evaluate(X, y), m.Evaluate(X, []*nnlib.Tensor{y, nnlib.NewTensor(37, 5)}); (got-want)*(got-want) > 1e-10*want*want {
		t.Errorf("Evaluate gives %v, want %v", got, want)
	}
}

type named struct {
	grad.Module
	Name string
}

func TestMistakesSayTheCure(t *testing.T) {
	tape := grad.NewTape()
	a, b := tape.Variable([][]float64{{1, 2, 3}}), tape.Variable([]float64{1, 2})
	for _, c := range []struct {
		want string
		do   func()
	}{
		{"nnlib/grad: Add wants shapes that are alike or 1 in each axis from the last, got [1 3] and [2]", func() { a.Add(b) }},
		{"nnlib/grad: MatMul wants [... m k] and [k n] or [... k n], got [1 3] and [2]", func() { a.MatMul(b) }},
		{"nnlib/grad: Backward wants one number, the shape is [1 3]; take its Sum or Mean first", func() { a.Backward() }},
		{"nnlib/grad: Sum has no axis 2 in the shape [1 3]", func() { a.Sum(2) }},
		{"nnlib/grad: Reshape cannot make [4 -1] of the shape [1 3]", func() { a.Reshape(4, -1) }},
		{"nnlib/grad: Transpose wants each axis of the shape [1 3] once, got [0 0]", func() { a.Transpose(0, 0) }},
		{"nnlib/grad: Slice wants bounds within the 3 elements of axis 1 of [1 3], got 2 to 4", func() { a.Slice(1, 2, 4) }},
		{"nnlib/grad: Concat wants shapes that differ in axis 0 only, got [1 3] and [2]", func() { grad.Concat(0, a, b) }},
		{"nnlib/grad: Squeeze wants an axis of length 1, axis 1 of [1 3] is longer", func() { a.Squeeze(1) }},
		{"nnlib/grad: Gather wants whole numbers from 0 to 0, got 1", func() { a.Gather([]int{0, 1}) }},
		{"nnlib/grad: OneHot wants whole numbers from 0 to 1, got 2", func() { b.OneHot(2) }},
		{"nnlib/grad: Item wants one element, the shape is [2]", func() { b.Item() }},
		{"nnlib/grad: the operands are of two tapes", func() { b.Add(grad.NewTape().Constant(1)) }},
		{"nnlib: cannot make an array of a string", func() { b.Add("1") }},
		{"nnlib/grad: a Loss returns one number for each of the 8 samples, got the shape []", func() {
			train(t, &nnlib.Dense{Units: 1}, nnlib.Compile{Loss: grad.Loss(func(want, pred *grad.Var) *grad.Var { return pred.Sum() })})
		}},
		{"nnlib/grad: MeanLoss wants one number for the batch, got the shape [8 3]", func() {
			train(t, &nnlib.Dense{Units: 1}, nnlib.Compile{Loss: grad.MeanLoss(func(want, pred *grad.Var) *grad.Var { return pred })})
		}},
		{"nnlib: layer lambda_1: Call should return one row for each sample: it made [] of a batch of 2 samples [[4]]", func() {
			train(t, grad.Lambda(func(x *grad.Var) *grad.Var { return x.Mean() }), nnlib.Compile{Loss: "mse"})
		}},
	} {
		func() {
			defer func() {
				if err, _ := recover().(error); err == nil || !strings.HasPrefix(err.Error(), c.want) {
					t.Errorf("got  %v\nwant %s", err, c.want)
				}
			}()
			c.do()
		}()
	}
}

// From the second time on, a computation needs no memory.
func TestTapeIsUsedAgain(t *testing.T) {
	X, y := problem()
	p := &nnlib.Param{Name: "w", Value: nnlib.NewTensor(4, 3), Grad: nnlib.NewTensor(4, 3), Trainable: true}
	tape := grad.NewTape()
	step := func() {
		tape.Reset()
		tape.Constant(X).MatMul(tape.Weight(p)).Sub(tape.Constant(y)).Square().Mean().Backward()
	}
	if n := testing.AllocsPerRun(10, step); n != 0 && !raceDetector {
		t.Errorf("%v allocations", n)
	}
}
