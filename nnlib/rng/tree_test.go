package rng

import (
	"maps"
	"math"
	"math/rand"
	randv2 "math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
)

func TestStreamDependsOnSeedAndNamesOnly(t *testing.T) {
	a, b := Root(1), Root(1)
	a.Stream("other").Uint32s(make([]uint32, 100))
	b.Next("model")
	check(t, "after other draws", a.Stream("model", 3, "kernel").Uint64(), b.Stream("model", "3", "kernel").Uint64())
	if a.Stream("ab", "c").Uint64() == a.Stream("a", "bc").Uint64() || a.Stream("a/b").Uint64() == a.Stream("a", "b").Uint64() {
		t.Error("two names share a stream")
	}
	if Root(1).Stream("x").Uint64() == Root(2).Stream("x").Uint64() {
		t.Error("two seeds share a stream")
	}
}

func TestStreamGoesOn(t *testing.T) {
	root := Root(1)
	first := root.Stream("x").Uint64()
	if root.Stream("x").Uint64() == first {
		t.Error("the stream began anew")
	}
	root.Reset(1)
	check(t, "after Reset", root.Stream("x").Uint64(), first)
}

func TestNamesOfAnyOtherTypePanic(t *testing.T) {
	defer func() {
		err, _ := recover().(error)
		if err == nil || err.Error() != "rng: a stream is named by strings and integers, got float64 1.5" {
			t.Errorf("got %v", err)
		}
	}()
	Root(1).Stream("x", 1.5)
}

func TestSubIsFreshAndIndependent(t *testing.T) {
	root := Root(1)
	one := root.Sub("run", 1).Stream("x").Uint64()
	check(t, "again", root.Sub("run", 1).Stream("x").Uint64(), one)
	if root.Sub("run", 2).Stream("x").Uint64() == one || root.Stream("run", 1, "x").Uint64() == one {
		t.Error("two trees share a stream")
	}
	check(t, "ledger", root.Ledger(), []Entry{{"run/1/x", 6}, {"run/2/x", 2}})
}

func TestPushAndPop(t *testing.T) {
	root := Root(1)
	root.Next("model")
	before, x := root.Generation(), root.Stream("x").Uint64()
	root.SetLocal("key", 5)
	root.Push(1)
	check(t, "pushed", root.Stream("x").Uint64(), x)
	check(t, "number", root.Next("model"), 1)
	check(t, "local", root.Local("key"), nil)
	check(t, "seed", root.Seed(), uint64(1))
	if root.Generation() <= before {
		t.Error("Push did not raise the generation")
	}
	root.Pop()
	check(t, "generation", root.Generation(), before)
	check(t, "number", root.Next("model"), 2)
	check(t, "local", root.Local("key"), 5)
	again := Root(1).Stream("x")
	again.Uint64()
	check(t, "popped", root.Stream("x").Uint64(), again.Uint64())
}

func TestLedger(t *testing.T) {
	root := Root(1)
	root.Stream("never drawn")
	root.Stream("b/c").Uint32()
	mark := root.Mark()
	root.Stream("a", 1).At(3, 4)
	root.Counter("numpy.random")(7)
	check(t, "ledger", root.Ledger(), []Entry{{"a/1", 4}, {"b%2Fc", 1}, {"numpy.random", 7}})
	root.Reset(9)
	check(t, "after Reset", root.Ledger(), []Entry(nil))
	root.Stream("b/c").Float64()
	check(t, "since", root.Since(mark), []Entry{{"a/1", 4}, {"b%2Fc", 2}, {"numpy.random", 7}})
}

func TestAtDoesNotMoveTheSequence(t *testing.T) {
	a, b := Root(1).Stream("x"), Root(1).Stream("x")
	block := a.At(1, 2)
	a.At(2, 1)
	check(t, "place", a.At(1, 2), block)
	check(t, "sequence", a.Uint64(), b.Uint64())
}

func TestUint32sAreUint32(t *testing.T) {
	a, b := Root(1).Stream("x"), Root(1).Stream("x")
	for _, n := range []int{1, 3, 0, 4, 9, 2} {
		words := make([]uint32, n)
		a.Uint32s(words)
		for _, w := range words {
			check(t, "word", w, b.Uint32())
		}
	}
}

func TestSharedStream(t *testing.T) {
	root := Root(1)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 1000 {
				root.Stream("shared").Uint32()
			}
		})
	}
	wait.Wait()
	check(t, "ledger", root.Ledger(), []Entry{{"shared", 8000}})
	alone := Root(1).Stream("shared")
	alone.Uint32s(make([]uint32, 8000))
	check(t, "next", root.Stream("shared").Uint32(), alone.Uint32())
}

// A stream serves both of Go's packages.
func TestSource(t *testing.T) {
	a, b := Root(1).Stream("x"), Root(1).Stream("x")
	check(t, "v2", randv2.New(a).Uint64(), b.Uint64())
	check(t, "v1", rand.New(a).Int63(), b.Int63())
}

// Means and deviations of 200,000 numbers are within five standard errors.
func TestMoments(t *testing.T) {
	s, n := Root(3).Stream("moments"), 200000
	for _, c := range []struct {
		name            string
		draw            func() float64
		mean, deviation float64
	}{
		{"Float64", s.Float64, 0.5, math.Sqrt(1. / 12)},
		{"Float32", func() float64 { return float64(s.Float32()) }, 0.5, math.Sqrt(1. / 12)},
		{"NormFloat64", s.NormFloat64, 0, 1},
		{"IntN(7)", func() float64 { return float64(s.IntN(7)) }, 3, 2},
		{"UniformAt", at(s.UniformAt), 0.5, math.Sqrt(1. / 12)},
		{"NormAt", at(s.NormAt), 0, 1},
	} {
		var sum, squares float64
		for range n {
			d := (c.draw() - c.mean) / c.deviation
			sum, squares = sum+d, squares+float64(d*d)
		}
		if z := sum / math.Sqrt(float64(n)); math.Abs(z) > 5 {
			t.Errorf("%s: the mean is %.1f standard errors off", c.name, z)
		}
		if v := squares / float64(n); math.Abs(v-1) > 5*math.Sqrt(2/float64(n)) {
			t.Errorf("%s: the variance is %v of what it should be", c.name, v)
		}
	}
}

func at(f func(i, j uint32) float64) func() float64 {
	k := uint32(0)
	return func() float64 { k++; return f(k/1000, k%1000) }
}

// scipy.stats.norm.ppf, to a relative error of 1e-15.
func TestNormQuantile(t *testing.T) {
	for _, c := range [][2]float64{
		{1e-300, -0x1.286074064c26ep+5}, {1e-17, -0x1.0fcd277291302p+3}, {1e-10, -0x1.97203597a2154p+2}, {1e-4, -0x1.dc08bb712893bp+1},
		{.05, -0x1.a515209676abep+0}, {.075, -0x1.7085226d3e526p+0}, {.2, -0x1.aee8fa73a1333p-1}, {.4999, -0x1.06d6ca8553fc1p-12},
	} {
		if got := NormQuantile(c[0]); math.Abs(got-c[1]) > 1e-15*math.Abs(c[1]) {
			t.Errorf("NormQuantile(%v) = %x, want %x", c[0], got, c[1])
		}
	}
	check(t, "symmetry", NormQuantile(0.75), -NormQuantile(0.25))
}

// log and sincos against the standard library, which is within one unit in the last place.
func TestElementary(t *testing.T) {
	s := Root(1).Stream("x")
	ulp := func(x float64) float64 { return math.Nextafter(math.Abs(x), math.Inf(1)) - math.Abs(x) }
	for range 20000 {
		x := math.Ldexp(s.Float64()+0x1p-53, s.IntN(200)-100)
		if got, want := log(x), math.Log(x); math.Abs(got-want) > ulp(want) {
			t.Fatalf("log(%v) = %v, want %v", x, got, want)
		}
		x = 7 * s.Float64()
		sin, cos := sincos(x)
		if wantSin, wantCos := math.Sincos(x); math.Abs(sin-wantSin) > 2*ulp(wantSin)+1e-17 || math.Abs(cos-wantCos) > 2*ulp(wantCos)+1e-17 {
			t.Fatalf("sincos(%v) = %v %v, want %v %v", x, sin, cos, wantSin, wantCos)
		}
	}
	check(t, "log 1", log(1), 0.0)
}

func TestWatch(t *testing.T) {
	root := Root(1)
	root.Stream("a").Uint32()
	w := root.Watch()
	root.Stream("a").Uint64()
	root.Reset(5)
	root.Stream("a").Uint32()
	root.Stream("b").Uint32()
	check(t, "seed", w.Seed(), uint64(1))
	check(t, "seeds", w.Seeds(), []uint64{5})
	check(t, "drawn", w.Drawn(), []Entry{{"a", 3}, {"b", 1}})
	check(t, "continued", w.Continued(), []Entry{{"a", 1}})
	w = root.Watch()
	root.Push(9)
	root.Stream("a").Uint32()
	root.Pop()
	check(t, "seeds of a Push", w.Seeds(), []uint64(nil))
	check(t, "continued below a Push", w.Continued(), []Entry(nil))
}

func TestIntNsIsIntNManyTimes(t *testing.T) {
	for _, n := range []int{1, 2, 10, 10000, 1<<31 - 1, 1<<30 + 12345} {
		one, many := Root(3).Stream("x"), Root(3).Stream("x")
		for _, count := range []int{0, 1, 255, 1000, 3} {
			got := make([]int32, count)
			many.IntNs(got, n)
			for i, v := range got {
				if want := one.IntN(n); int(v) != want {
					t.Fatalf("n = %d: value %d of %d is %d, IntN gives %d", n, i, count, v, want)
				}
			}
		}
		if a, b := one.Uint32(), many.Uint32(); a != b {
			t.Errorf("n = %d: the streams are at different places afterwards", n)
		}
	}
}

// Marks are compared with a plain count of everything, over a long random course.
func TestMarksAreWhatWasCounted(t *testing.T) {
	root, chance := Root(1), Root(2).Stream("course")
	counts := map[string]uint64{}
	type moment struct {
		mark   Mark
		counts map[string]uint64
	}
	marks := []moment{{root.Mark(), map[string]uint64{}}}
	compared := 0
	for i := range 20000 {
		if i%2000 == 0 {
			runtime.GC() // so that marks which were let go are forgotten
		}
		switch chance.IntN(4) {
		case 0:
			if len(marks) > 20 {
				marks = slices.Delete(marks, 1, 10)
			}
			marks = append(marks, moment{root.Mark(), maps.Clone(counts)})
		case 1:
			m := marks[chance.IntN(len(marks))]
			var want []Entry
			for _, name := range slices.Sorted(maps.Keys(counts)) {
				if n := counts[name] - m.counts[name]; n > 0 {
					want = append(want, Entry{name, n})
				}
			}
			check(t, "since", root.Since(m.mark), want)
			compared++
		default:
			name := string(rune('a' + chance.IntN(6)))
			n := uint64(chance.IntN(3))
			root.Stream(name).Uint32s(make([]uint32, n))
			counts[name] += n
		}
	}
	if uses := len(root.book.used); compared < 1000 || uses > 5000 {
		t.Errorf("%d marks were compared, and %d uses are kept", compared, uses)
	}
}
