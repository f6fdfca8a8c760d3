package rng

import (
	"bufio"
	"math"
	"os"
	"strconv"
	"testing"
)

// Known answers of Random123's kat_vectors for philox4x32 10 and threefry2x32 20.
func TestCounterBased(t *testing.T) {
	const f = 0xffffffff
	check(t, "philox 0", philox([4]uint32{}, [2]uint32{}), [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8})
	check(t, "philox f", philox([4]uint32{f, f, f, f}, [2]uint32{f, f}), [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd})
	check(t, "threefry 0", JAXKey{}.cipher(0), JAXKey{0x6b200159, 0x99ba4efe})
	check(t, "threefry f", JAXKey{f, f}.cipher(math.MaxUint64), JAXKey{0x1cb996fc, 0xbb002be7})
}

// testdata/mrg31k3p.txt is Theano's theano/sandbox/samples_MRG31k3p_12_7_5.txt:
// 12 jumps of 2^134, in each 7 jumps of 2^72, in each 5 numbers.
func TestMRG31k3p(t *testing.T) {
	file, err := os.Open("testdata/mrg31k3p.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	g, n := NewMRG31k3p(12345), 0
	for range 12 {
		for _, s := range g.substreams(7 * 6) {
			for range 5 {
				lines.Scan()
				want, err := strconv.ParseFloat(lines.Text(), 64)
				if got := float64(s.next()) * 0x1p-31; err != nil || math.Abs(got-want) > 1e-9 {
					t.Fatalf("number %d: %v, want %v (%v)", n, got, want, err)
				}
				n++
			}
		}
	}
	check(t, "numbers", n, 420)
}

// The largest uniform of Theano is less than 1, since its factor is less than 2^-31.
func TestMRG31k3pIsBelowOne(t *testing.T) {
	check(t, "factor", math.Float32bits(mrgNorm), uint32(0x2fffffff))
	check(t, "largest", float32(float32(math.MaxInt32)*mrgNorm), float32(0.99999994))
}

// JAX 0.10.2:
//
//	k = jax.random.key(42); jax.random.bits(k, (5,)); jax.random.split(k, 3);
//	jax.random.fold_in(k, 7); jax.random.uniform(k, (4,)).view(np.uint32)
func TestJAX(t *testing.T) {
	k := NewJAXKey(42)
	words := make([]uint32, 5)
	k.Bits(words)
	check(t, "bits", words, []uint32{0x7d1c13a2, 0xae0730d9, 0x9dc3f9f9, 0x8f9ec1d7, 0x735d7315})
	check(t, "split", k.Split(3), []JAXKey{{0x6d3e048f, 0x1022172d}, {0x3d7b32d, 0xadd083f4}, {0x92fb20ea, 0xf38d913}})
	check(t, "fold_in", k.FoldIn(7), JAXKey{0x97d0552f, 0x51bf719f})
	u := make([]float32, 4)
	k.Uniform(u)
	for i, want := range []uint32{0x3efa3824, 0x3f2e0730, 0x3f1dc3f8, 0x3f0f9ec0} {
		check(t, "uniform", math.Float32bits(u[i]), want)
	}
}

// PyTorch 1.13 (ATEN_CPU_CAPABILITY=default), each after torch.manual_seed(...), floats as view(torch.int32):
//
//	42: torch.rand(3);  7: torch.empty(5).uniform_(-.3, .7);  2**40+5: torch.rand(2)
//	3: torch.randperm(10), torch.randint(0, 100, (5,)), torch.randint(-3, 4, (3,))
func TestTorch(t *testing.T) {
	draw := func(seed uint64, n int, fill func(*Torch, []float32)) []uint32 {
		dst, out := make([]float32, n), make([]uint32, n)
		fill(NewTorch(seed), dst)
		for i, v := range dst {
			out[i] = math.Float32bits(v)
		}
		return out
	}
	check(t, "rand", draw(42, 3, (*Torch).Rand), []uint32{0x3f61dc66, 0x3f6a3db3, 0x3ec406b8})
	check(t, "rand", draw(1<<40+5, 2, (*Torch).Rand), []uint32{0x3f548b63, 0x3e012338})
	uniform := func(g *Torch, dst []float32) { g.Uniform(dst, -.3, .7) }
	check(t, "uniform_", draw(7, 5, uniform), []uint32{0x3e708f88, 0xbdcf4048, 0x3eb7ea98, 0x3eb6ba52, 0xbd89b450})

	g := NewTorch(3)
	check(t, "randperm", g.Randperm(10), []int{6, 0, 3, 7, 8, 5, 1, 9, 2, 4})
	check(t, "randint", ints(5, func() int64 { return g.Randint(0, 100) }), []int64{39, 14, 91, 25, 89})
	check(t, "randint", ints(3, func() int64 { return g.Randint(-3, 4) }), []int64{3, -1, 3})

	// torch.manual_seed(0); torch.randn(5): exact, since it is computed in float64.
	check(t, "randn", draw(0, 5, (*Torch).Randn), []uint32{0x3fc53f5c, 0xbe963c50, 0xc00b7149, 0x3f1184b6, 0xbf8ad1a1})
	// torch.manual_seed(0); torch.randn(20) with AVX2: to one unit in the last place;
	// PyTorch without AVX2 is up to three units from PyTorch with it.
	want := []uint32{0xbf901b85, 0xbf93808a, 0xbe804bd6, 0xbede255d, 0x3f194d8b, 0xbfc70d5b, 0xbeaec6ca, 0x3fed2f4e, 0x3eefaa55, 0xbe217f5f,
		0x3fb8c9db, 0x3e8837a1, 0x3fb1d6c0, 0x3fcb0d00, 0x3f72409c, 0xbf57fb33, 0x3f6e8c30, 0x3fa12737, 0x4000519a, 0x3d5c1b3a}
	for i, got := range draw(0, 20, (*Torch).Randn) {
		if d := int32(got - want[i]); d > 1 || d < -1 {
			t.Errorf("randn: element %d is %08x, want %08x", i, got, want[i])
		}
	}
}

// Python 3.11: random.seed(s); [random.randint(1, 10**9) for _ in range(n)]
func TestPython(t *testing.T) {
	p := NewPython(7)
	check(t, "seed 7", [2]int64{p.Randint(1, 1e9), p.Randint(1, 1e9)}, [2]int64{347712783, 161973070})
	check(t, "seed -3", NewPython(-3).Randint(1, 1e9), int64(255512576))
	check(t, "seed 2**40+1", NewPython(1<<40+1).Randint(1, 1e9), int64(188718003))
}
