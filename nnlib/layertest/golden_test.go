package layertest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// testdata/golden.txt has a digest for each row of the catalogue: of all weights
// and predictions after three epochs. Do NOT change a line; a new row's is printed
// by this test.
func TestGolden(t *testing.T) {
	text, err := os.ReadFile("testdata/golden.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(text)) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[name] = digest
	}
	for _, c := range Catalogue {
		if got := c.digest(); want[c.Name] != got {
			t.Errorf("golden.txt has %q, now it is\n%s %s", want[c.Name], got, c.Name)
		}
		delete(want, c.Name)
	}
	for name := range want {
		t.Errorf("golden.txt has %q, which is not in the catalogue", name)
	}
}

func (c Case) digest() string {
	m, X, y := c.Model(nnlib.Within(rng.Root(1)))
	m.Fit(X, y, nnlib.Fit{Epochs: 3, BatchSize: 2})
	h := sha256.New()
	add := func(t *nnlib.Tensor) {
		for _, v := range t.Data {
			h.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
	}
	for _, p := range m.Params() {
		add(p.Value)
	}
	add(m.Predict(X))
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// The digests are the same without the CPU's extensions, and on other numbers of threads.
func TestGoldenElsewhere(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range []string{"GODEBUG=cpu.all=off", "GODEBUG=cpu.fma=off", "GOMAXPROCS=1", "GOMAXPROCS=3"} {
		cmd := exec.Command(self, "-test.run=^TestGolden$", "-test.v")
		cmd.Env = append(os.Environ(), env)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestGolden") {
			t.Errorf("%s: %v\n%s", env, err, out)
		}
	}
}
