package exact

// Elementwise loops: each operation is rounded by itself, products are never fused with sums. dst may be one of the inputs.

// Add32 does dst = x + y.
func Add32(dst, x, y []float32) {
	checkLengths("Add32", len(dst), len(x), len(y))
	for i := add32(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] + y[i]
	}
}

// Sub32 does dst = x - y.
func Sub32(dst, x, y []float32) {
	checkLengths("Sub32", len(dst), len(x), len(y))
	for i := sub32(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] - y[i]
	}
}

// Mul32 does dst = x * y.
func Mul32(dst, x, y []float32) {
	checkLengths("Mul32", len(dst), len(x), len(y))
	for i := mul32(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] * y[i]
	}
}

// Div32 does dst = x / y.
func Div32(dst, x, y []float32) {
	checkLengths("Div32", len(dst), len(x), len(y))
	for i := div32(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] / y[i]
	}
}

// Scale32 does dst = alpha * x.
func Scale32(dst []float32, alpha float32, x []float32) {
	checkLengths("Scale32", len(dst), len(x))
	for i := scale32(dst, alpha, x); i < len(dst); i++ {
		dst[i] = alpha * x[i]
	}
}

// Axpy32 does y = y + alpha*x, the product rounded first.
func Axpy32(alpha float32, x, y []float32) {
	checkLengths("Axpy32", len(y), len(x))
	for i := axpy32(alpha, x, y); i < len(y); i++ {
		y[i] += float32(alpha * x[i])
	}
}

// AddRow32 adds row to each of the rows of the rows x len(row) matrix x with leading dimension ld: a bias.
func AddRow32(x []float32, rows, ld int, row []float32) {
	checkMatrix("x", rows, len(row), false, len(x), ld)
	for i := range rows {
		xi := x[i*ld:][:len(row)]
		Add32(xi, xi, row)
	}
}

// Relu32 does dst = x where x > 0, else +0; NaN stays.
func Relu32(dst, x []float32) {
	checkLengths("Relu32", len(dst), len(x))
	for i := relu32(dst, x); i < len(x); i++ {
		v := x[i]
		if v <= 0 {
			v = 0
		}
		dst[i] = v
	}
}

// ReluGrad32 does dst = dy where x > 0, else +0.
func ReluGrad32(dst, x, dy []float32) {
	checkLengths("ReluGrad32", len(dst), len(x), len(dy))
	for i := reluGrad32(dst, x, dy); i < len(x); i++ {
		d := dy[i]
		if !(x[i] > 0) {
			d = 0
		}
		dst[i] = d
	}
}

// SigmoidGrad32 does dst = dy·(y·(1-y)), y a sigmoid's value.
func SigmoidGrad32(dst, y, dy []float32) {
	checkLengths("SigmoidGrad32", len(dst), len(y), len(dy))
	for i := sigmoidGrad32(dst, y, dy); i < len(dst); i++ {
		dst[i] = dy[i] * (y[i] * (1 - y[i]))
	}
}

// TanhGrad32 does dst = dy·(1-y²), y a hyperbolic tangent's value.
func TanhGrad32(dst, y, dy []float32) {
	checkLengths("TanhGrad32", len(dst), len(y), len(dy))
	for i := tanhGrad32(dst, y, dy); i < len(dst); i++ {
		dst[i] = dy[i] * (1 - float32(y[i]*y[i]))
	}
}

// AddProducts32 does dst = a·b + c·d, each product rounded first.
func AddProducts32(dst, a, b, c, d []float32) {
	checkLengths("AddProducts32", len(dst), len(a), len(b), len(c), len(d))
	for i := addProducts32(dst, a, b, c, d); i < len(dst); i++ {
		dst[i] = float32(a[i]*b[i]) + float32(c[i]*d[i])
	}
}
