package exact

import (
	"math"
	"testing"
)

// laneSum is the definition of a reduction: 16 lanes and the tree.
func laneSum(x []float32) float32 {
	var l [16]float32
	for i, v := range x {
		l[i%16] += v
	}
	for w := 8; w > 0; w /= 2 {
		for i := range w {
			l[i] += l[i+w]
		}
	}
	return l[0]
}

func laneSum64(n int, term func(i int) float64) float64 {
	var l [16]float64
	for i := range n {
		l[i%16] += term(i)
	}
	for w := 8; w > 0; w /= 2 {
		for i := range w {
			l[i] += l[i+w]
		}
	}
	return l[0]
}

func TestReductionsAgainstLanes(t *testing.T) {
	r := random(t)
	for n := range 400 {
		x, y := normal32(r, n), normal32(r, n)
		x8, y8 := widen(x), widen(y)
		if got, want := Sum32(x), laneSum(x); math.Float32bits(got) != math.Float32bits(want) {
			t.Fatalf("Sum32 of %d: %v, want %v", n, got, want)
		}
		for name, v := range map[string][2]float64{
			"Sum32To64": {Sum32To64(x), laneSum64(n, func(i int) float64 { return float64(x[i]) })},
			"Dot32To64": {Dot32To64(x, y), laneSum64(n, func(i int) float64 { return float64(x[i]) * float64(y[i]) })},
			"Sum64":     {Sum64(x8), laneSum64(n, func(i int) float64 { return x8[i] })},
			"Dot64":     {Dot64(x8, y8), laneSum64(n, func(i int) float64 { return float64(x8[i] * y8[i]) })},
		} {
			if math.Float64bits(v[0]) != math.Float64bits(v[1]) {
				t.Fatalf("%s of %d: %v, want %v", name, n, v[0], v[1])
			}
		}
	}
}

func TestMaxAndArgMaxRules(t *testing.T) {
	nan, negZero := float32(math.NaN()), float32(math.Copysign(0, -1))
	for _, c := range []struct {
		x   []float32
		max float32
		arg int
	}{
		{[]float32{1, 3, 3, 2}, 3, 1}, {[]float32{1, nan, 9, nan}, nan, 1}, {[]float32{negZero, 0, negZero}, 0, 0},
		{[]float32{-5, float32(math.Inf(-1))}, -5, 0}, {nil, float32(math.Inf(-1)), -1},
	} {
		got := Max32(c.x)
		if math.Float32bits(got) != math.Float32bits(canonical32(c.max)) || ArgMax32(c.x) != c.arg {
			t.Errorf("%v: max %v at %d, want %v at %d", c.x, got, ArgMax32(c.x), c.max, c.arg)
		}
	}
}

func TestSoftmaxRows(t *testing.T) {
	r := random(t)
	const rows, cols = 5, 37
	x := normal32(r, rows*cols)
	all, one := make([]float32, rows*cols), make([]float32, cols)
	Softmax32(all, x, rows, cols, cols)
	for i := range rows {
		Softmax32(one, x[i*cols:], 1, cols, cols)
		sameBits(t, "a row alone", one, all[i*cols:][:cols])
		if s := Sum32To64(one); math.Abs(s-1) > 1e-6 {
			t.Errorf("row %d sums to %v", i, s)
		}
	}
}
