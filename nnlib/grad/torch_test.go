package grad_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/grad"
)

// testdata/torch.json holds values of PyTorch in float64; generate.py beside it made
// them, and held each gradient to finite differences.
type torchCase struct {
	Name   string
	Shapes [][]int
	X      [][]float64
	Shape  []int
	Y, DY  []float64
	Grads  [][]float64
}

func readTorch(t *testing.T) []torchCase {
	t.Helper()
	var file struct{ Cases []torchCase }
	text, err := os.ReadFile("testdata/torch.json")
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil || len(file.Cases) != len(computations) || len(file.Cases) < 70 {
		t.Fatalf("testdata/torch.json: %v; %d cases for %d computations", err, len(file.Cases), len(computations))
	}
	return file.Cases
}

type vars = []*grad.Var

// computations are those of generate.py.
var computations = map[string]func(x vars) *grad.Var{
	"add": add, "add row": add, "add column": add, "add outer": add, "add number": add,
	"sub": sub, "sub row": sub, "sub column": sub, "sub outer": sub, "sub number": sub,
	"mul": mul, "mul row": mul, "mul column": mul, "mul outer": mul, "mul number": mul,
	"div":        func(x vars) *grad.Var { return x[0].Div(x[1]) },
	"maximum":    func(x vars) *grad.Var { return x[0].Maximum(x[1]) },
	"minimum":    func(x vars) *grad.Var { return x[0].Minimum(x[1]) },
	"rsub":       func(x vars) *grad.Var { return x[0].Neg().Add(1) },
	"relu":       func(x vars) *grad.Var { return x[0].Relu() },
	"abs":        func(x vars) *grad.Var { return x[0].Abs() },
	"neg":        func(x vars) *grad.Var { return x[0].Neg() },
	"exp":        func(x vars) *grad.Var { return x[0].Exp() },
	"expm1":      func(x vars) *grad.Var { return x[0].Expm1() },
	"square":     func(x vars) *grad.Var { return x[0].Square() },
	"sin":        func(x vars) *grad.Var { return x[0].Sin() },
	"cos":        func(x vars) *grad.Var { return x[0].Cos() },
	"tanh":       func(x vars) *grad.Var { return x[0].Tanh() },
	"sigmoid":    func(x vars) *grad.Var { return x[0].Sigmoid() },
	"softplus":   func(x vars) *grad.Var { return x[0].Softplus() },
	"erf":        func(x vars) *grad.Var { return x[0].Erf() },
	"gelu":       func(x vars) *grad.Var { return x[0].Gelu() },
	"log":        func(x vars) *grad.Var { return x[0].Log() },
	"log1p":      func(x vars) *grad.Var { return x[0].Log1p() },
	"sqrt":       func(x vars) *grad.Var { return x[0].Sqrt() },
	"reciprocal": func(x vars) *grad.Var { return x[0].Reciprocal() },
	"pow 1.7":    func(x vars) *grad.Var { return x[0].Pow(1.7) },
	"pow -2":     func(x vars) *grad.Var { return x[0].Pow(-2) },
	"clip":       func(x vars) *grad.Var { return x[0].Clip(-0.3, 0.4) },
	"matmul":     matmul, "matmul batch": matmul, "matmul one": matmul,
	"sum":          func(x vars) *grad.Var { return x[0].Sum() },
	"sum 0":        func(x vars) *grad.Var { return x[0].Sum(0) },
	"sum 1 -1":     func(x vars) *grad.Var { return x[0].Sum(1, -1) },
	"mean":         func(x vars) *grad.Var { return x[0].Mean() },
	"mean 1":       func(x vars) *grad.Var { return x[0].Mean(1) },
	"max":          func(x vars) *grad.Var { return x[0].Max() },
	"max 1":        func(x vars) *grad.Var { return x[0].Max(1) },
	"min -1":       func(x vars) *grad.Var { return x[0].Min(-1) },
	"variance":     func(x vars) *grad.Var { return x[0].Variance() },
	"variance 0":   func(x vars) *grad.Var { return x[0].Variance(0) },
	"softmax":      func(x vars) *grad.Var { return x[0].Softmax() },
	"log softmax":  func(x vars) *grad.Var { return x[0].LogSoftmax() },
	"logsumexp":    func(x vars) *grad.Var { return x[0].LogSumExp() },
	"reshape":      func(x vars) *grad.Var { return x[0].Reshape(4, -1) },
	"flatten":      func(x vars) *grad.Var { return x[0].Flatten() },
	"expand dims":  func(x vars) *grad.Var { return x[0].ExpandDims(1).Mul([][][]float64{{{1}, {2}, {3}}}) },
	"squeeze":      func(x vars) *grad.Var { return x[0].Squeeze(1) },
	"broadcast to": func(x vars) *grad.Var { return x[0].BroadcastTo(2, 3, 4) },
	"transpose":    func(x vars) *grad.Var { return x[0].Transpose() }, "transpose 2 0 1": func(x vars) *grad.Var { return x[0].Transpose(2, 0, 1) },
	"slice":            func(x vars) *grad.Var { return x[0].Slice(1, 1, 3) },
	"slice end":        func(x vars) *grad.Var { return x[0].Slice(0, -2, -1) },
	"concat 0":         func(x vars) *grad.Var { return grad.Concat(0, x...) },
	"concat -1":        func(x vars) *grad.Var { return grad.Concat(-1, x...) },
	"stack 1":          func(x vars) *grad.Var { return grad.Stack(1, x...) },
	"where":            func(x vars) *grad.Var { return x[0].Greater(0.1).Where(x[0].Mul(2), x[1].Mul(3)) },
	"gather":           func(x vars) *grad.Var { return x[0].Gather(x[1]) },
	"gather of gather": func(x vars) *grad.Var { return x[0].Gather(x[1]).Square().Sum(-1) },
	"shared":           func(x vars) *grad.Var { return x[0].Mul(x[0]).Add(x[0].Exp().Mul(x[0])) },
	"stop gradient": func(x vars) *grad.Var {
		s := x[0].Tanh().Sum(-1).ExpandDims(-1)
		return x[0].Mul(s.Mul(s)).Add(s.StopGradient().Mul(0))
	},
	"attention": func(x vars) *grad.Var { return x[0].MatMul(x[1].Transpose()).Div(2).Softmax().MatMul(x[2]) },
	"network": func(x vars) *grad.Var {
		return x[0].MatMul(x[1]).Add(x[2]).Tanh().MatMul(x[3]).Add(x[4]).LogSoftmax()
	},
	"layer norm": func(x vars) *grad.Var {
		centred := x[0].Sub(x[0].Mean(-1).ExpandDims(-1))
		return centred.Div(x[0].Variance(-1).ExpandDims(-1).Add(1e-3).Sqrt()).Mul(x[1])
	},
	"gaussian nll": func(x vars) *grad.Var {
		return x[1].Add(x[2].Sub(x[0]).Square().Div(x[1].Exp())).Mean(-1)
	},
}

func add(x vars) *grad.Var    { return x[0].Add(x[1]) }
func sub(x vars) *grad.Var    { return x[0].Sub(x[1]) }
func mul(x vars) *grad.Var    { return x[0].Mul(x[1]) }
func matmul(x vars) *grad.Var { return x[0].MatMul(x[1]) }

// load puts the case's data on the tape.
func (c torchCase) load(t *grad.Tape) vars {
	var x vars
	for k, shape := range c.Shapes {
		data := tensor(shape, c.X[k])
		if c.Grads[k] == nil {
			x = append(x, t.Constant(data))
		} else {
			x = append(x, t.Variable(data))
		}
	}
	return x
}

func tensor(shape []int, values []float64) *nnlib.Tensor {
	x := nnlib.NewTensor(shape...)
	for i, v := range values {
		x.Data[i] = float32(v)
	}
	return x
}

func TestAgreesWithTorch(t *testing.T) {
	tape := grad.NewTape() // one for all: what is used again must not show
	for round := range 2 {
		for _, c := range readTorch(t) {
			f := computations[c.Name]
			if f == nil {
				t.Errorf("%s is not among the computations", c.Name)
				continue
			}
			tape.Reset()
			x := c.load(tape)
			y := f(x)
			if !slices.Equal([]int(y.Shape()), c.Shape) {
				t.Errorf("%s: the shape is %v, want %v", c.Name, y.Shape(), c.Shape)
				continue
			}
			near(t, c.Name+" value", y.Value.Data, c.Y)
			y.Mul(tensor(c.Shape, c.DY)).Sum().Backward()
			for k, want := range c.Grads {
				if want == nil {
					if x[k].Grad() != nil {
						t.Errorf("%s: data number %d has a gradient", c.Name, k)
					}
					continue
				}
				near(t, c.Name+" gradient", x[k].Grad().Data, want)
			}
		}
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
}

// near allows a few roundings of float32, relative to the largest value.
func near(t *testing.T, what string, got []float32, want []float64) {
	t.Helper()
	largest := 1e-3
	for _, w := range want {
		largest = math.Max(largest, math.Abs(w))
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", what, len(got), len(want))
		return
	}
	for i, w := range want {
		if !(math.Abs(float64(got[i])-w) <= 2e-6*largest) {
			t.Errorf("%s: element %d is %g, want %g", what, i, got[i], w)
			return
		}
	}
}
