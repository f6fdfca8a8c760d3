package rng

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Do NOT change these values: every stream and sampler gives them for good. Notebooks
// were saved with them. A new sampler gets a new row; an old one is never touched.
var regress = []struct {
	name string
	draw func(s *Stream) any
	want string
}{
	{"At", func(s *Stream) any { return s.At(3, 5) }, "[1077057538 2141246966 415400626 2841864527]"},
	{"Float32", func(s *Stream) any { return [3]float32{s.Float32(), s.Float32(), s.Float32()} }, "[0.5227662 0.42287248 0.16523856]"},
	{"Float64", func(s *Stream) any { return [3]float64{s.Float64(), s.Float64(), s.Float64()} }, "[0.4228725162154916 0.9987235654064543 0.2576628570797501]"},
	{"Int63", func(s *Stream) any { return [2]int64{s.Int63(), s.Int63()} }, "[3900310541216383150 9211599005717793171]"},
	{"IntN", func(s *Stream) any { return [4]int{s.IntN(10), s.IntN(1 << 30), s.IntN(1 << 40), s.IntN(1)} }, "[5 454055906 1098108173098 0]"},
	{"IntNs", func(s *Stream) any { x := make([]int32, 4); s.IntNs(x, 10); return x }, "[5 4 1 9]"},
	{"NormAt", func(s *Stream) any { return [3]float64{s.NormAt(0, 0), s.NormAt(0, 1), s.NormAt(1, 0)} }, "[-1.169089687338896 -0.4432363413022011 -0.9268767213738048]"},
	{"NormFloat64", func(s *Stream) any { return [3]float64{s.NormFloat64(), s.NormFloat64(), s.NormFloat64()} }, "[0.19455027687250262 -0.0031995525019325975 0.6505675022383054]"},
	{"Perm", func(s *Stream) any { return s.Perm(10) }, "[0 9 2 4 7 8 6 1 3 5]"},
	{"Position", func(s *Stream) any { s.Uint64(); s.At(1, 1); s.Perm(10); return s.Position() }, "11"},
	{"Seed", func(s *Stream) any { defer func() { recover() }(); s.Seed(1); return "did not panic" }, "<nil>"},
	{"Shuffle", func(s *Stream) any {
		x := []byte("reproducible")
		s.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
		return string(x)
	}, "errdcpblieou"},
	{"Uint32", func(s *Stream) any { return [3]uint32{s.Uint32(), s.Uint32(), s.Uint32()} }, "[2245263708 1816223627 709694246]"},
	{"Uint32s", func(s *Stream) any { x := make([]uint32, 5); s.Uint32s(x); return x }, "[2245263708 1816223627 709694246 4289485051 2368455420]"},
	{"Uint64", func(s *Stream) any { return [2]uint64{s.Uint64(), s.Uint64()} }, "[7800621082432766300 18423198011435586342]"},
	{"UniformAt", func(s *Stream) any { return [3]float64{s.UniformAt(0, 0), s.UniformAt(0, 1), s.UniformAt(1, 0)} }, "[0.6211837492084572 0.8287973976840314 0.6769952724298165]"},
}

func TestRegress(t *testing.T) {
	for _, r := range regress {
		got := fmt.Sprint(r.draw(Root(1).Stream("regress", 7)))
		if got != r.want {
			t.Errorf("%s:\n got %q\nwant %q", r.name, got, r.want)
		}
	}
}

// Every method of Stream has a row above.
func TestRegressIsComplete(t *testing.T) {
	rows := ""
	for _, r := range regress {
		rows += r.name + " "
	}
	methods := reflect.TypeFor[*Stream]()
	if methods.NumMethod() == 0 {
		t.Fatal("no methods found")
	}
	for i := range methods.NumMethod() {
		if name := methods.Method(i).Name; !strings.Contains(rows, name+" ") {
			t.Errorf("Stream.%s has no row in regress", name)
		}
	}
}

func TestRegressTree(t *testing.T) {
	root := Root(18446744073709551615)
	check(t, "Sub", root.Sub("run", 3).Seed(), uint64(13867325556274549570))
	check(t, "names", root.Stream("a", "", "é", 18).Uint64(), uint64(17565622922255834727))
	check(t, "no names", root.Stream().Uint64(), uint64(10267921060938330035))
}

// TensorFlow's uniform: the first block of key 2, operation 4, by the definition
// in the header of tensorflow.go from the Philox whose known answers are tested.
func TestTensorFlowOp(t *testing.T) {
	op := NewTensorFlowOp(2, 4)
	u := make([]float32, 6)
	op.Uniform(u, 0, 1)
	for i, v := range u {
		b := philox([4]uint32{uint32(i / 4), 0, 4, 0}, [2]uint32{2, 0})
		check(t, "uniform", v, float32(b[i%4]&0x7fffff)*0x1p-23)
	}
	op.Uniform(u, 0, 1)
	b := philox([4]uint32{6 * 256, 0, 4, 0}, [2]uint32{2, 0})
	check(t, "second run", u[0], float32(b[0]&0x7fffff)*0x1p-23)
}
