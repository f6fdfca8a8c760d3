//go:build oracle

package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// nbclient, over the kernel's sockets, writes the bytes that `reprise run` writes.
// REPRISE_PYTHON names a Python that has nbclient.
func TestNbclientWritesTheSame(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	folder := notebook(t,
		"fmt.Println(\"out\")\nfmt.Fprintln(os.Stderr, \"err\")\nfmt.Print(\"10%\\r20%\\rdone\\n\")",
		"dataframe.FromSlice([]float64{0.1, 0.2})",
		"x, y := [][]float64{{0}, {0.5}, {1}}, []float64{0, 0.5, 1}\nmodel := nnlib.NewSequential()\nmodel.Add(&nnlib.Dense{Units: 3, InputDim: 1})\nmodel.Add(&nnlib.Dense{Units: 1})\nmodel.Compile(nnlib.Compile{Loss: \"mse\", Optimizer: \"adam\"})\nmodel.Fit(x, y, nnlib.Fit{Epochs: 20, Verbose: 1})\nmodel.Evaluate(x, y)",
		"p := plot.New()\np.Title.Text = \"a plot\"\np",
		"rand.Float64()", "%seed 5\nrand.Float64()", "%seed", "for i := range 3 {\n\tgo fmt.Println(i)\n\ttime.Sleep(20 * time.Millisecond)\n}",
		"var m map[string]int\nm[\"a\"] = 1", "undefined + 1", "struct{ A int; B string }{1, \"é<&>\"}", " ", "// only a comment",
	)
	spec := filepath.Join(folder, "jupyter", "kernels", "reprise")
	if err := os.MkdirAll(spec, 0o755); err != nil {
		t.Fatal(err)
	}
	kernel, err := json.Marshal(map[string]any{"argv": []string{program, "kernel", "{connection_file}"}, "display_name": "Go", "language": "go", "interrupt_mode": "message"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(spec, "kernel.json"), kernel, 0o600); err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs("notebooks/runner/testdata/execute.py")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), python, script, "x.ipynb", "nbclient.ipynb")
	c.Dir = folder
	c.Env = append(os.Environ(), "JUPYTER_PATH="+filepath.Join(folder, "jupyter"), "XDG_DATA_HOME="+folder)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reprise(t, folder, "run", "x.ipynb", "--allow-errors").want(t, 0)
	if got, want := bytesOf(t, folder, "x.ipynb"), bytesOf(t, folder, "nbclient.ipynb"); got != want {
		t.Errorf("run wrote\n%s\nnbclient wrote\n%s", got, want)
	}
	reprise(t, folder, "verify", "nbclient.ipynb").want(t, 0, "13 same")
}
