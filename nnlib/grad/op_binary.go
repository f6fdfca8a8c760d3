package grad

import "reprise/nnlib/exact"

// A binary operation works element by element on two operands that broadcast.
type binary struct {
	who   string
	apply func(y, a, b []float32)
	// slopes sets da and db to dy times the derivative by a and by b.
	slopes func(da, db, dy, a, b, y []float32)
}

var (
	opAdd = &binary{"Add", exact.Add32, func(da, db, dy, _, _, _ []float32) {
		copy(da, dy)
		copy(db, dy)
	}}
	opSub = &binary{"Sub", exact.Sub32, func(da, db, dy, _, _, _ []float32) {
		copy(da, dy)
		exact.Scale32(db, -1, dy)
	}}
	opMul = &binary{"Mul", exact.Mul32, func(da, db, dy, a, b, _ []float32) {
		exact.Mul32(da, dy, b)
		exact.Mul32(db, dy, a)
	}}
	opDiv = &binary{"Div", exact.Div32, func(da, db, dy, _, b, y []float32) {
		exact.Div32(da, dy, b)
		for i, d := range da {
			db[i] = -float32(d * y[i])
		}
	}}
	opMaximum = &binary{"Maximum", func(y, a, b []float32) { pick(y, a, b, larger) }, func(da, db, dy, a, b, _ []float32) { divide(da, db, dy, a, b, larger) }}
	opMinimum = &binary{"Minimum", func(y, a, b []float32) { pick(y, a, b, smaller) }, func(da, db, dy, a, b, _ []float32) { divide(da, db, dy, a, b, smaller) }}
	opGreater = &binary{"Greater", func(y, a, b []float32) { compare(y, a, b, func(a, b float32) bool { return a > b }) }, nil}
	opLess    = &binary{"Less", func(y, a, b []float32) { compare(y, a, b, func(a, b float32) bool { return a < b }) }, nil}
	opEqual   = &binary{"Equal", func(y, a, b []float32) { compare(y, a, b, func(a, b float32) bool { return a == b }) }, nil}
)

func larger(a, b float32) bool  { return a >= b }
func smaller(a, b float32) bool { return a <= b }

// pick takes a where first says so, and b elsewhere.
func pick(y, a, b []float32, first func(a, b float32) bool) {
	for i := range y {
		y[i] = b[i]
		if a[i] != a[i] || first(a[i], b[i]) {
			y[i] = a[i]
		}
	}
}

// divide gives dy to the operand that was taken; to a where they are equal.
func divide(da, db, dy, a, b []float32, first func(a, b float32) bool) {
	for i, g := range dy {
		da[i], db[i] = 0, g
		if first(a[i], b[i]) {
			da[i], db[i] = g, 0
		}
	}
}

func compare(y, a, b []float32, holds func(a, b float32) bool) {
	for i := range y {
		y[i] = 0
		if holds(a[i], b[i]) {
			y[i] = 1
		}
	}
}

func (v *Var) binary(op *binary, x any) *Var {
	y := v.on(x)
	out := v.tape.next(op, v, y)
	out.ints = broadcastShape(out.ints, op.who, v.Shape(), y.Shape())
	out.shaped(out.ints...)
	out.needs = out.needs && op.slopes != nil
	return out.run()
}

func (b *binary) forward(v *Var) { b.apply(v.own.Data, v.spread(0), v.spread(1)) }

func (b *binary) backward(v *Var) {
	n := len(v.own.Data)
	if cap(v.ownSlopes) < 2*n {
		v.ownSlopes = make([]float32, 2*n)
	}
	da, db := v.ownSlopes[:n], v.ownSlopes[n:2*n]
	b.slopes(da, db, v.grad.Data, v.spread(0), v.spread(1), v.own.Data)
	v.gather(0, da)
	v.gather(1, db)
}

// Add returns v + x.
func (v *Var) Add(x any) *Var { return v.binary(opAdd, x) }

// Sub returns v - x.
func (v *Var) Sub(x any) *Var { return v.binary(opSub, x) }

// Mul returns v·x, element by element.
func (v *Var) Mul(x any) *Var { return v.binary(opMul, x) }

// Div returns v / x, element by element.
func (v *Var) Div(x any) *Var { return v.binary(opDiv, x) }

// Maximum returns the larger of v and x in each element; where they are equal, the gradient is v's.
func (v *Var) Maximum(x any) *Var { return v.binary(opMaximum, x) }

// Minimum returns the smaller of v and x in each element; where they are equal, the gradient is v's.
func (v *Var) Minimum(x any) *Var { return v.binary(opMinimum, x) }

// Greater returns 1 where v > x and 0 elsewhere. It has no gradient.
func (v *Var) Greater(x any) *Var { return v.binary(opGreater, x) }

// Less returns 1 where v < x and 0 elsewhere. It has no gradient.
func (v *Var) Less(x any) *Var { return v.binary(opLess, x) }

// Equal returns 1 where v = x and 0 elsewhere. It has no gradient.
func (v *Var) Equal(x any) *Var { return v.binary(opEqual, x) }
