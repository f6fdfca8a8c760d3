// Package grad differentiates: a computation on its variables is written down
// forwards only, and Backward gives the gradient of the result by each of them.
//
//	t := grad.NewTape()
//	x := t.Variable([]float64{1, 2, 3})
//	y := x.Square().Sum()
//	y.Backward()
//	x.Grad() // 2 4 6
//
// So a layer, a loss, an activation or a regularizer of one's own needs its
// forward pass alone: Layer, Lambda, Loss, Activation and Regularizer make of it
// what nnlib takes.
//
//	model.Compile(nnlib.Compile{Optimizer: "adam", Loss: grad.Loss(func(want, pred *grad.Var) *grad.Var {
//		return pred.Sub(want).Abs().Mean(1) // one number for each sample
//	})})
//
// # How it works
//
// This is reverse-mode differentiation on a tape (Griewank and Walther,
// Evaluating Derivatives, 2008): a Tape writes down each operation as it is
// computed, and Backward goes through it from the end. Values are float32 and all
// arithmetic is nnlib/exact's, so that a gradient has the same bits everywhere.
// A gradient is a number, not a computation: there are no second derivatives.
//
// Shapes follow NumPy: operations of two variables broadcast, an axis below 0
// counts from the end. Where a Var is wanted, a number, a slice or a tensor will do.
//
// A tape that is used again after Reset computes in the memory of the last time,
// so that a layer or a loss allocates nothing from its second batch on. What was
// computed before is then gone: Clone what is to stay.
package grad
