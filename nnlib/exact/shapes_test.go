package exact

import (
	"math"
	"math/rand"
	"testing"
)

// Batched and strided products, convolutions and axis reductions against loops over their definitions.
func TestGemmBatch(t *testing.T) {
	r := random(t)
	const batch, m, n, k = 37, 12, 33, 45
	a, b, c := normal32(r, batch*m*k), normal32(r, batch*k*n), make([]float32, batch*m*n)
	GemmBatch32(batch, false, false, m, n, k, a, k, m*k, b, n, k*n, c, n, m*n, false)
	for i := range batch {
		want := make([]float32, m*n)
		scalarChains(shape{m: m, n: n, k: k, la: k, lb: n, lc: n}, a[i*m*k:], b[i*k*n:], want)
		sameBits(t, "batch", c[i*m*n:][:m*n], want)
	}
}

// Matrices with any strides, transposed ones and those between other numbers, against the scalar chains.
func TestGemmStrided(t *testing.T) {
	r := random(t)
	strides := func(rows, cols int) (row, col int) {
		gap := 1 + r.Intn(3)
		if r.Intn(2) == 0 {
			return cols*gap + r.Intn(3), gap
		}
		return gap, rows*gap + r.Intn(3)
	}
	for range cases(200) {
		m, n, k, load := 1+r.Intn(40), 1+r.Intn(40), r.Intn(40), r.Intn(2) == 0
		rowA, colA := strides(m, k)
		rowB, colB := strides(k, n)
		rowC, colC := strides(m, n)
		a, b, c := normal32(r, m*rowA+k*colA), normal32(r, k*rowB+n*colB), normal32(r, m*rowC+n*colC)
		want := append([]float32(nil), c...)
		for i := range m {
			for j := range n {
				acc := float32(0)
				if load {
					acc = c[i*rowC+j*colC]
				}
				for p := range k {
					acc = FMA32(a[i*rowA+p*colA], b[p*rowB+j*colB], acc)
				}
				want[i*rowC+j*colC] = acc
			}
		}
		a8, b8, c8 := exactly64(a), exactly64(b), exactly64(c)
		GemmStrided32(m, n, k, a, rowA, colA, b, rowB, colB, c, rowC, colC, load)
		sameBits(t, "strided", c, want)
		GemmStrided64(m, n, k, a8, rowA, colA, b8, rowB, colB, c8, rowC, colC, load)
		for i, v := range c8 {
			if math.Abs(v-float64(want[i])) > 1e-4 {
				t.Fatalf("float64: element %d is %v, want about %v", i, v, want[i])
			}
		}
	}
}

func exactly64(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

func TestConv2D(t *testing.T) {
	r := random(t)
	for range cases(64) {
		s := ConvShape{Batch: 1 + r.Intn(3), Height: 1 + r.Intn(9), Width: 1 + r.Intn(9), Channels: 1 + r.Intn(4), KernelH: 1 + r.Intn(3), KernelW: 1 + r.Intn(3),
			StrideH: 1 + r.Intn(2), StrideW: 1 + r.Intn(2), DilationH: 1 + r.Intn(2), DilationW: 1 + r.Intn(2), PadTop: r.Intn(2), PadLeft: r.Intn(2), OutH: 1 + r.Intn(6), OutW: 1 + r.Intn(6)}
		const filters = 5
		x, kernel := normal32(r, s.Batch*s.Height*s.Width*s.Channels), normal32(r, s.Cols()*filters)
		got := make([]float32, s.Rows()*filters)
		Conv2D32(got, x, kernel, filters, s, make([]float32, s.Rows()*s.Cols()), false)
		sameBits(t, "conv", got, directConv(s, x, kernel, filters))
	}
}

// directConv is the definition: a chain over kernel row, kernel column and channel; what is outside counts as 0.
func directConv(s ConvShape, x, kernel []float32, filters int) []float32 {
	var out []float32
	for b := range s.Batch {
		for oy := range s.OutH {
			for ox := range s.OutW {
				for f := range filters {
					acc := float32(0)
					for i := range s.Cols() {
						c, kx, ky := i%s.Channels, i/s.Channels%s.KernelW, i/s.Channels/s.KernelW
						y, w := oy*s.StrideH-s.PadTop+ky*s.DilationH, ox*s.StrideW-s.PadLeft+kx*s.DilationW
						v := float32(0)
						if y >= 0 && y < s.Height && w >= 0 && w < s.Width {
							v = x[((b*s.Height+y)*s.Width+w)*s.Channels+c]
						}
						acc = FMA32(v, kernel[i*filters+f], acc)
					}
					out = append(out, acc)
				}
			}
		}
	}
	return out
}

// Col2Im32 is the transpose of Im2Col32: <im2col(x), c> = <x, col2im(c)>, exactly on small integers.
func TestCol2ImIsTheTranspose(t *testing.T) {
	r := random(t)
	s := ConvShape{Batch: 2, Height: 7, Width: 6, Channels: 3, KernelH: 3, KernelW: 2, StrideH: 2, PadTop: 1, PadLeft: 1, OutH: 4, OutW: 6}
	x, c := integers(r, 2*7*6*3), integers(r, s.Rows()*s.Cols())
	cols, back := make([]float32, len(c)), make([]float32, len(x))
	Im2Col32(cols, x, s)
	Col2Im32(back, c, s)
	if a, b := Dot32To64(cols, c), Dot32To64(x, back); a != b || a == 0 {
		t.Errorf("<im2col(x), c> = %v, <x, col2im(c)> = %v", a, b)
	}
}

func integers(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.Intn(9) - 4)
	}
	return x
}

func TestReduceAxis(t *testing.T) {
	r := random(t)
	const outer, n, inner = 3, 37, 21 // more than the lines that are copied at a time
	x := normal32(r, outer*n*inner)
	sums, top := make([]float32, outer*inner), make([]int, outer*inner)
	ReduceAxis32(sums, x, outer, n, inner, Sum32)
	ArgAxis32(top, x, outer, n, inner, ArgMax32)
	vars, low := make([]float64, outer*inner), make([]int, outer*inner)
	ReduceAxis64(vars, exactly64(x), outer, n, inner, Var64)
	ArgAxis64(low, exactly64(x), outer, n, inner, ArgMin64)
	for o := range outer {
		for j := range inner {
			var line []float32
			for p := range n {
				line = append(line, x[(o*n+p)*inner+j])
			}
			if got, want := sums[o*inner+j], laneSum(line); math.Float32bits(got) != math.Float32bits(want) {
				t.Errorf("sum of line %d, %d is %v, want %v", o, j, got, want)
			}
			if vars[o*inner+j] != Var64(exactly64(line)) || low[o*inner+j] != ArgMin64(exactly64(line)) {
				t.Errorf("variance of line %d, %d is %v, its least at %d", o, j, vars[o*inner+j], low[o*inner+j])
			}
			if line[top[o*inner+j]] != Max32(line) {
				t.Errorf("arg max of line %d, %d is %d", o, j, top[o*inner+j])
			}
		}
	}
}

func TestGatherAndScatterAdd(t *testing.T) {
	table := []float32{1, 2, 3, 4, 5, 6}
	got := make([]float32, 6)
	Gather32(got, table, 2, []int{2, 0, 2})
	sameBits(t, "gather", got, []float32{5, 6, 1, 2, 5, 6})
	big := []float32{0}
	ScatterAdd32(big, 1, []int{0, 0, 0}, []float32{1e8, 1, -1e8}) // in this order the 1 is lost
	sameBits(t, "scatter", big, []float32{0})
}
