package exact

// The float64 forms of elementwise32.go.

// Add64 does dst = x + y.
func Add64(dst, x, y []float64) {
	checkLengths("Add64", len(dst), len(x), len(y))
	for i := add64(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] + y[i]
	}
}

// Sub64 does dst = x - y.
func Sub64(dst, x, y []float64) {
	checkLengths("Sub64", len(dst), len(x), len(y))
	for i := sub64(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] - y[i]
	}
}

// Mul64 does dst = x * y.
func Mul64(dst, x, y []float64) {
	checkLengths("Mul64", len(dst), len(x), len(y))
	for i := mul64(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] * y[i]
	}
}

// Div64 does dst = x / y.
func Div64(dst, x, y []float64) {
	checkLengths("Div64", len(dst), len(x), len(y))
	for i := div64(dst, x, y); i < len(dst); i++ {
		dst[i] = x[i] / y[i]
	}
}

// Scale64 does dst = alpha * x.
func Scale64(dst []float64, alpha float64, x []float64) {
	checkLengths("Scale64", len(dst), len(x))
	for i := scale64(dst, alpha, x); i < len(dst); i++ {
		dst[i] = alpha * x[i]
	}
}

// Axpy64 does y = y + alpha*x, the product rounded first.
func Axpy64(alpha float64, x, y []float64) {
	checkLengths("Axpy64", len(y), len(x))
	for i := axpy64(alpha, x, y); i < len(y); i++ {
		y[i] += float64(alpha * x[i])
	}
}

// AddRow64 adds row to each of the rows of the rows x len(row) matrix x with leading dimension ld: a bias.
func AddRow64(x []float64, rows, ld int, row []float64) {
	checkMatrix("x", rows, len(row), false, len(x), ld)
	for i := range rows {
		xi := x[i*ld:][:len(row)]
		Add64(xi, xi, row)
	}
}

// Relu64 does dst = x where x > 0, else +0; NaN stays.
func Relu64(dst, x []float64) {
	checkLengths("Relu64", len(dst), len(x))
	for i := relu64(dst, x); i < len(x); i++ {
		v := x[i]
		if v <= 0 {
			v = 0
		}
		dst[i] = v
	}
}

// ReluGrad64 does dst = dy where x > 0, else +0.
func ReluGrad64(dst, x, dy []float64) {
	checkLengths("ReluGrad64", len(dst), len(x), len(dy))
	for i := reluGrad64(dst, x, dy); i < len(x); i++ {
		d := dy[i]
		if !(x[i] > 0) {
			d = 0
		}
		dst[i] = d
	}
}
