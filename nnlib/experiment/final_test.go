package experiment_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
	"reprise/nnlib/experiment"
)

var lineX, lineY = []float64{0, 0.1, 0.2, 0.3}, []float64{0.1, 0.2, 0.3, 0.4}

// line fits a small network to a line.
func line(experiment.Run) *nnlib.Model {
	model := nnlib.NewSequential()
	model.Add(&nnlib.Dense{Units: 4, InputDim: 1})
	model.Add(&nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
	model.Fit(lineX, lineY, nnlib.Fit{Epochs: 30, BatchSize: 4})
	return model
}

func TestFinalizeAveragesModelsOfOtherSeeds(t *testing.T) {
	nnlib.Seed(4)
	e := experiment.Finalize(experiment.FinalOptions{Members: 3, Name: "line"}, line)
	nnlib.Root().Stream("elsewhere").Float64()
	again := experiment.Finalize(experiment.FinalOptions{Members: 2}, line)
	got := e.Predict(lineX).Data
	var sum [4]float64
	for k, m := range e.Models {
		p := m.Predict(lineX).Data
		for i := range sum {
			sum[i] += float64(p[i])
		}
		if k < 2 && !slices.Equal(again.Models[k].Predict(lineX).Data, p) {
			t.Errorf("member %d depends on what was drawn before, or on how many there are", k)
		}
		if k > 0 && slices.Equal(p, e.Models[0].Predict(lineX).Data) {
			t.Errorf("member %d is member 0", k)
		}
	}
	for i := range sum {
		if want := float32(sum[i] / 3); got[i] != want {
			t.Errorf("sample %d: %v, want the mean %v", i, got[i], want)
		}
	}
	if s := e.Spread(lineX).Data; s[0] <= 0 || math.IsNaN(float64(s[0])) {
		t.Errorf("spread %v", s)
	}
}

func TestASavedEnsemblePredictsTheSameBits(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "final")
	with(t, experiment.Host{Lock: func() string { return "reprise 1" }})
	nnlib.Seed(4)
	scores := experiment.Named("evaluation", []float64{1, 2, 3, 4})
	e := experiment.Finalize(experiment.FinalOptions{Members: 2, Evaluated: scores}, line)
	for range 2 { // over an older one
		if err := e.Save(dir); err != nil {
			t.Fatal(err)
		}
	}
	got, err := experiment.LoadEnsemble(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Predict(lineX).Data, e.Predict(lineX).Data) || !slices.Equal(got.Seeds, e.Seeds) || got.String() != e.String() || got.Differs != "" {
		t.Errorf("%+v, saved %+v", got, e)
	}
	for _, want := range []string{"2.5 on average", "best of 4 runs", "is optimism"} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	with(t, experiment.Host{Lock: func() string { return "reprise 2" }})
	if got, err = experiment.LoadEnsemble(dir); err != nil || !strings.Contains(got.String(), "reprise 1") || !strings.Contains(got.Differs, "reprise 2") {
		t.Errorf("%v, %+v", err, got)
	}
	path := filepath.Join(dir, "member-1.safetensors")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := experiment.LoadEnsemble(dir); err == nil || !strings.Contains(err.Error(), "member-1.safetensors is not the file that was saved") {
		t.Errorf("got %v", err)
	}
	if _, err := experiment.LoadEnsemble(t.TempDir()); err == nil || !strings.Contains(err.Error(), "holds no whole ensemble") {
		t.Errorf("got %v", err)
	}
}

func ExampleFinalize() {
	nnlib.Seed(1)
	final := experiment.Finalize(experiment.FinalOptions{Members: 3, Name: "line"}, line)
	fmt.Println(final)
	fmt.Println(final.Predict([]float64{0.5}).Shape)
	// Output:
	// line: mean of 3 models, seed 1
	// [1 1]
}
