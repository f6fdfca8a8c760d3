//go:build oracle

package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
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
		"rand.Float64()", "%seed 5\nrand.Float64()", "%seed", "done := make(chan bool)\nfor i := range 3 {\n\tgo func() { fmt.Println(i); done <- true }()\n\t<-done\n}",
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

// A notebook that a Jupyter client runs has its ledger beside it: verify, report and %ledger
// know it, and with lock, or in the report, it is passed on.
func TestLedgerOfAJupyterClient(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	folder := notebook(t, "x := rand.Float64()\nx", `display.ShowAs("k", "before")`, "x > 2", `display.Update("k", "after")`, "%ledger 1")
	kernelspec(t, folder)
	script, err := filepath.Abs("notebooks/runner/testdata/execute.py")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "x.ledger.jsonl")
	for sessions := range 2 { // the second one goes on with the file of the first
		c := exec.CommandContext(t.Context(), python, script, "x.ipynb", "x.ipynb")
		c.Dir, c.Env = folder, append(kernelEnv(folder), "JPY_SESSION_NAME="+filepath.Join(folder, "x.ipynb"))
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		reprise(t, folder, "verify", "x.ipynb").want(t, 0, fmt.Sprintf("ledger: %d records in x.ledger.jsonl, whole", 6*(sessions+1)), "5 same")
	}
	if text := bytesOf(t, folder, "x.ipynb"); !strings.Contains(text, "words of 32 bits from math/rand") || strings.Contains(text, `"prev"`) {
		t.Errorf("%%ledger told nothing, or the notebook holds a ledger:\n%s", text)
	}
	reprise(t, folder, "report", "x.ipynb").want(t, 0)
	if page := bytesOf(t, folder, "x.html"); !strings.Contains(page, "Ledger, root") {
		t.Error("the report lacks the ledger")
	}
	reprise(t, folder, "lock", "x.ipynb").want(t, 0, "is in the notebook now")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	for _, alone := range []string{"x.ipynb", "x.html"} {
		reprise(t, folder, "verify", alone).want(t, 0, "ledger: 12 records, whole", "5 same")
	}
	edit(t, folder, "after", "afterwards")
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "cell [2]: its saved outputs are not those that the ledger has of it")
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

// nbval, which runs notebooks through jupyter_client and compares what cells send with what is
// saved, agrees with verify: on the shipped notebooks, and when an output of each was changed.
func TestNbvalAgrees(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	folder := t.TempDir()
	kernelspec(t, folder)
	books, err := filepath.Glob("notebooks/*.ipynb")
	if err != nil || len(books) < 3 {
		t.Fatalf("%d notebooks, %v", len(books), err)
	}
	for _, path := range books {
		clearing := lines(t, folder, python, "notebooks/runner/testdata/clearing.py", path)
		for _, changed := range []bool{false, true} {
			file := filepath.Join(folder, filepath.Base(path))
			book, judged := forNbval(t, path, clearing, changed)
			if err := book.WriteFile(file); err != nil {
				t.Fatal(err)
			}
			c := exec.CommandContext(t.Context(), python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-cell-timeout=300", file)
			c.Dir, c.Env = folder, kernelEnv(folder)
			out, err := c.CombinedOutput()
			theirs, ours := err == nil, reprise(t, folder, "verify", file).code == 0
			if theirs == changed || ours == changed {
				t.Errorf("%s, changed %v: nbval says same %v, verify %v\n%s", path, changed, theirs, ours, out)
			}
			t.Logf("%s, changed %v: nbval judged %d cells", path, changed, judged)
		}
	}
}

// forNbval is the notebook without its ledger, which would tell of a change before anything is run, and
// with the tag by which nbval runs a cell without judging it. Its first judged text is changed if asked.
func forNbval(t *testing.T, path string, clearing []string, change bool) (book *nb.Notebook, judged int) {
	t.Helper()
	book, err := nb.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ledger.Remove(book.Metadata)
	for _, c := range book.Cells {
		switch {
		case slices.Contains(clearing, c.ID), namesACell(c):
			c.Metadata["tags"] = []any{"nbval-ignore-output"}
			continue
		case len(c.Outputs) == 0:
			continue
		}
		judged++
		if o := c.Outputs[0]; change && o.Type == nb.Stream {
			o.Text, change = "something else\n", false
		}
	}
	if judged == 0 || change {
		t.Fatalf("%s: %d cells to judge, a text to change is still missing: %v", path, judged, change)
	}
	return book, judged
}

// namesACell reports whether an output tells the number of a cell: nbval runs cells that are not counted.
func namesACell(c *nb.Cell) bool {
	return slices.ContainsFunc(c.Outputs, func(o *nb.Output) bool { return strings.Contains(fmt.Sprint(o.Text, o.Data), "cell [") })
}

// lines are what a Python script prints about a notebook.
func lines(t *testing.T, folder, python, script, notebook string) []string {
	t.Helper()
	c := exec.CommandContext(t.Context(), python, script, notebook)
	c.Env = kernelEnv(folder)
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v", script, notebook, err)
	}
	return strings.Fields(string(out))
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
