package nnlib_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// The bits of whole experiments. Do NOT change the digests: they are what this
// library promises on every machine, with every build, for good.
var golden = []struct {
	name string
	run  func() []float64
	want string
}{
	{"tutorial native", func() []float64 { return tableOn(nnlib.Native{Seed: 1}) }, "bb8cc06cc572e048"},
	{"tutorial theano", func() []float64 { return tableOn(nnlib.Theano{NumpySeed: 1}) }, "a057a11aecc98c79"},
	{"tutorial tensorflow", func() []float64 { return tableOn(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2}) }, "5878f139792aa730"},
	{"tutorial race", func() []float64 {
		return tableOn(nnlib.TensorFlow{NumpySeed: 1, GraphSeed: 2, Race: 0.7, RaceRun: 1})
	}, "9d37b177b99f2bd1"},
}

func tableOn(b nnlib.Backend) []float64 {
	s := nnlib.Within(rng.Root(7))
	s.Use(b)
	return tenModels(s)
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		if got := digest(g.run()); got != g.want {
			t.Errorf("%s: digest %s, want %s", g.name, got, g.want)
		}
	}
}

// The digests are the same without the CPU's extensions and on one thread.
func TestGoldenElsewhere(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{"GODEBUG=cpu.all=off", "GODEBUG=cpu.fma=off", "GODEBUG=cpu.avx2=off", "GOMAXPROCS=1", "GOMAXPROCS=3"} {
		cmd := exec.Command(self, "-test.run=^TestGolden$", "-test.v")
		cmd.Env = append(os.Environ(), env)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
			t.Errorf("%s: %v\n%s", env, err, out)
		}
	}
}

// The digests are the same when the compiler may fuse and vectorise more.
func TestGoldenV3(t *testing.T) {
	if runtime.GOARCH != "amd64" || os.Getenv("GOAMD64") == "v3" || testing.Short() {
		t.Skip("GOAMD64=v3 is another build of amd64; it is this one already, or the tests are to be short")
	}
	cmd := exec.Command("go", "test", "-count=1", "-run=^TestGolden$", "-v", ".")
	cmd.Env = append(os.Environ(), "GOAMD64=v3")
	out, err := cmd.CombinedOutput()
	if strings.Contains(string(out), "This program can only be run on AMD64 processors with") {
		t.Skip("this CPU is older than GOAMD64=v3")
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
		t.Errorf("GOAMD64=v3: %v\n%s", err, out)
	}
}

// A step of training allocates nothing: a thousand epochs cost no more allocations than ten.
func TestFitAllocatesNothingPerStep(t *testing.T) {
	X, y := sequence()
	model := nnlib.Within(rng.Root(1)).NewSequential(&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	tx, ty := nnlib.Array(X), nnlib.Array(y)
	fit := func(epochs int) float64 {
		return testing.AllocsPerRun(3, func() { model.Fit(tx, ty, nnlib.Fit{Epochs: epochs, BatchSize: 4}) })
	}
	if few, many := fit(10), fit(1000); many > few {
		t.Errorf("%v allocations for 10 epochs, %v for 1000", few, many)
	}
}
