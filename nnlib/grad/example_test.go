package grad_test

import (
	"fmt"

	"reprise/nnlib"
	"reprise/nnlib/grad"
)

func ExampleTape() {
	t := grad.NewTape()
	x := t.Variable([]float64{1, 2, 3})
	y := x.Square().Sum()
	y.Backward()
	fmt.Println(y.Item(), x.Grad().Data)
	// Output: 14 [2 4 6]
}

func ExampleLoss() {
	nnlib.Seed(1)
	model := nnlib.NewSequential(&nnlib.Dense{Units: 1, InputDim: 1, KernelInitializer: "zeros"})
	model.Compile(nnlib.Compile{
		Optimizer: &nnlib.SGD{LearningRate: 0.1},
		Loss: grad.Loss(func(want, pred *grad.Var) *grad.Var {
			return pred.Sub(want).Abs().Mean(1) // one number for each sample
		}),
	})
	fmt.Printf("%.2f\n", model.Fit([]float64{0, 1}, []float64{1, 2}, nnlib.Fit{Epochs: 3}).Loss)
	// Output: [1.50 1.38 1.25]
}

func ExampleLambda() {
	model := nnlib.NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{2}}, grad.Lambda(func(x *grad.Var) *grad.Var { return x.Square().Sum(1).ExpandDims(1) }))
	fmt.Println(model.Predict([][]float64{{3, 4}}).Data)
	// Output: [25]
}

// Scale multiplies each feature by a weight of its own.
type Scale struct{ factor *nnlib.Param }

func (s *Scale) Build(b *nnlib.Builder) (err error) {
	s.factor, err = b.Weight("factor", "ones", b.In[0]...)
	return err
}

func (s *Scale) Call(t *grad.Tape, x []*grad.Var) *grad.Var {
	return x[0].Mul(t.Weight(s.factor))
}

func ExampleLayer() {
	nnlib.Seed(1)
	model := nnlib.NewSequential(&nnlib.InputLayer{Shape: nnlib.Shape{2}}, grad.Layer(&Scale{}))
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.SGD{LearningRate: 0.5}})
	model.Fit([][]float64{{1, 1}}, [][]float64{{2, 3}}, nnlib.Fit{Epochs: 30})
	fmt.Println(model.Params()[0].Name)
	fmt.Printf("%.2f\n", model.Params()[0].Value.Data)
	// Output:
	// scale_1/factor
	// [2.00 3.00]
}
