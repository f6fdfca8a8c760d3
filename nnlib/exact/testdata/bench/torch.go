package main

import (
	"math"
	"math/rand"

	"reprise/nnlib/exact"
)

func torchTable(torch *peer) {
	const n = 1 << 16
	x, pos, y := make([]float32, n), make([]float32, n), make([]float32, n)
	for i := range x {
		x[i] = float32(rand.NormFloat64())
		pos[i] = float32(math.Abs(float64(x[i]))) + 0.1
	}
	line("%-12s %12s %12s %6s %6s", "ns/element", "exact", "PyTorch", "ratio", "best")
	row := func(name string, elements float64, f func()) {
		if !wanted(name) {
			return
		}
		c := compare(f, func(calls int) float64 { return torch.ask("%s %d %d", name, *threads, calls) })
		line("%-12s %12.3f %12.3f %6.2f %6.2f", name, c.mine/elements, c.peer/elements, c.ratio, c.best)
	}
	for _, f := range []struct {
		name string
		f    func(dst, x []float32)
		x    []float32
	}{{"exp", exact.ExpTo, x}, {"log", exact.LogTo, pos}, {"tanh", exact.TanhTo, x}, {"sigmoid", exact.SigmoidTo, x}, {"expm1", exact.Expm1To, x},
		{"log1p", exact.Log1pTo, pos}, {"softplus", exact.SoftplusTo, x}, {"erf", exact.ErfTo, x}, {"gelu", exact.GeluTo, x}, {"sin", exact.SinTo, x},
		{"cos", exact.CosTo, x}, {"sqrt", exact.SqrtTo, pos}} {
		row(f.name, n, func() { f.f(y, f.x) })
	}
	row("sum", n, func() { exact.Sum32(x) })
	const weights = 100352
	w, m, v, g := make([]float32, weights), make([]float32, weights), make([]float32, weights), make([]float32, weights)
	for i := range g {
		g[i] = float32(rand.NormFloat64()) * 0.01
	}
	row("adam", weights, func() {
		exact.Adam32(w, m, v, g, exact.AdamParams{Alpha: 1e-3, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7})
	})
	net := newNetwork()
	row("train", 1, net.step)
}

// A network is 784-128(relu)-10(softmax, cross entropy) with Adam at batch 32.
type network struct {
	x, w1, b1, h, w2, b2, p, d1, gw1, gb1, gw2, gb2 []float32
	labels                                          []int
	moments                                         map[*float32][2][]float32
	decay1, decay2                                  float64 // powers of Adam's betas
}

const batch, in, hidden, out = 32, 784, 128, 10

func newNetwork() *network {
	r := rand.New(rand.NewSource(1))
	vec := func(n int, scale float64) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64() * scale)
		}
		return v
	}
	n := &network{decay1: 1, decay2: 1, x: vec(batch*in, 1), w1: vec(in*hidden, 0.05), b1: vec(hidden, 0), h: vec(batch*hidden, 0), w2: vec(hidden*out, 0.1), b2: vec(out, 0),
		p: vec(batch*out, 0), d1: vec(batch*hidden, 0), gw1: vec(in*hidden, 0), gb1: vec(hidden, 0), gw2: vec(hidden*out, 0), gb2: vec(out, 0), labels: make([]int, batch)}
	n.moments = map[*float32][2][]float32{}
	for _, w := range [][]float32{n.w1, n.b1, n.w2, n.b2} {
		n.moments[&w[0]] = [2][]float32{make([]float32, len(w)), make([]float32, len(w))}
	}
	for i := range n.labels {
		n.labels[i] = r.Intn(out)
	}
	return n
}

func (n *network) step() {
	exact.Gemm32(false, false, batch, hidden, in, n.x, in, n.w1, hidden, n.h, hidden, false)
	exact.AddRow32(n.h, batch, hidden, n.b1)
	exact.Relu32(n.h, n.h)
	exact.Gemm32(false, false, batch, out, hidden, n.h, hidden, n.w2, out, n.p, out, false)
	exact.AddRow32(n.p, batch, out, n.b2)
	exact.Softmax32(n.p, n.p, batch, out, out)
	for i, l := range n.labels {
		n.p[i*out+l]--
	}
	exact.Scale32(n.p, 1.0/batch, n.p)
	exact.Gemm32(true, false, hidden, out, batch, n.h, hidden, n.p, out, n.gw2, out, false)
	exact.ColSum32(n.gb2, batch, out, n.p, out, false)
	exact.Gemm32(false, true, batch, hidden, out, n.p, out, n.w2, out, n.d1, hidden, false)
	exact.ReluGrad32(n.d1, n.h, n.d1)
	exact.Gemm32(true, false, in, hidden, batch, n.x, in, n.d1, hidden, n.gw1, hidden, false)
	exact.ColSum32(n.gb1, batch, hidden, n.d1, hidden, false)
	n.decay1, n.decay2 = n.decay1*0.9, n.decay2*0.999
	alpha := float32(1e-3 * math.Sqrt(1-n.decay2) / (1 - n.decay1))
	for _, u := range [][2][]float32{{n.w1, n.gw1}, {n.b1, n.gb1}, {n.w2, n.gw2}, {n.b2, n.gb2}} {
		mv := n.moments[&u[0][0]]
		exact.Adam32(u[0], mv[0], mv[1], u[1], exact.AdamParams{Alpha: alpha, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-7})
	}
}
