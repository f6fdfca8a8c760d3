//go:build oracle

package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reprise/kernel/ledger"
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
	kernelspec(t, folder)
	script, err := filepath.Abs("notebooks/runner/testdata/execute.py")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), python, script, "x.ipynb", "nbclient.ipynb")
	c.Dir = folder
	c.Env = kernelEnv(folder)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	reprise(t, folder, "run", "x.ipynb", "--allow-errors").want(t, 0)
	ours := read(t, folder, "x.ipynb")
	ledger.Remove(ours.Metadata) // no other client keeps one in the notebook
	if got, want := string(ours.Encode()), bytesOf(t, folder, "nbclient.ipynb"); got != want {
		t.Errorf("run wrote\n%s\nnbclient wrote\n%s", got, want)
	}
	reprise(t, folder, "verify", "nbclient.ipynb").want(t, 0, "13 same")
}

// kernelspec installs the built program for Jupyter clients that are started with kernelEnv.
func kernelspec(t *testing.T, folder string) {
	t.Helper()
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
}

func kernelEnv(folder string) []string {
	return append(os.Environ(), "JUPYTER_PATH="+filepath.Join(folder, "jupyter"), "XDG_DATA_HOME="+folder)
}

// The report of every notebook, with its ledger, opens in Chromium without a network, and
// axe has nothing to complain of.
func TestReportsInChromium(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	books, err := filepath.Glob("notebooks/*.ipynb")
	if err != nil || len(books) < 3 {
		t.Fatalf("%d notebooks, %v", len(books), err)
	}
	for _, path := range books {
		page := filepath.Join(t.TempDir(), "report.html")
		reprise(t, ".", "report", path, "-o", page).want(t, 0)
		if text := bytesOf(t, page); !strings.Contains(text, "Ledger, root") {
			t.Errorf("%s: the report lacks the ledger", path)
		}
		shots := t.TempDir()
		if keep := os.Getenv("REPRISE_SCREENSHOTS"); keep != "" {
			shots = filepath.Join(keep, strings.TrimSuffix(filepath.Base(path), ".ipynb"))
			if err := os.MkdirAll(shots, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.Command(python, "notebooks/report/testdata/browser.py", page, shots).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", path, err, out)
		}
	}
}
