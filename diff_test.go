package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprise/kernel/ledger"
	"reprise/notebooks/diff"
)

// The cells of two notebooks that are compared; FAULT and the like stand where the second one differs.
const (
	diffData = `import "os"
var X, y [][]float64
text, err := os.ReadFile("data.txt")
if err != nil { panic(err) }
for i, line := range strings.Fields(string(text)) {
	v, err := strconv.ParseFloat(line, 64)
	if err != nil { panic(err) }
	X, y = append(X, []float64{v, v * v, float64(i%7) / 7}), append(y, []float64{math.Sin(6 * v)})
}`
	diffLayer = `// Slip passes on what it gets, but for one step.
type Slip struct {
	step, at          int
	forward, backward float32
}
func (s *Slip) Build(b *nnlib.Builder) (nnlib.Shape, error) { return b.In[0], nil }
func (s *Slip) Forward(p *nnlib.Pass) {
	copy(p.Out.Data, p.In[0].Data)
	if s.step == s.at { p.Out.Data[5] *= 1 + s.forward }
}
func (s *Slip) Backward(p *nnlib.Pass) {
	copy(p.InGrad[0].Data, p.OutGrad.Data)
	if s.step == s.at { p.InGrad[0].Data[7] *= 1 + s.backward }
	s.step++
}`
	diffFit = `rate, step := 0.001, 0
model := nnlib.NewSequential(&nnlib.Dense{Units: 16, InputDim: 3, Activation: "tanh"}, &nnlib.Dropout{Rate: 0.1}, &Slip{at: 136 /*SLIP*/}, &nnlib.Dense{Units: 1})
model.Compile(nnlib.Compile{Loss: "mse", Optimizer: &nnlib.Adam{LearningRate: rate}})
/*BEFORE*/
history := model.Fit(X, y, nnlib.Fit{Epochs: 20, BatchSize: 16, Callbacks: []nnlib.Callback{nnlib.Hooks{OnBatchEnd: func(int, float64) {
	if step++; step == 137 { /*FAULT*/ }
}}}})
fmt.Println(history.Loss[19])`
)

// executed writes the notebook of these cells to a new folder, with data, and runs it.
func executed(t *testing.T, change func(folder string), cells ...string) string {
	t.Helper()
	folder := notebook(t, cells...)
	var data strings.Builder
	for i := range 200 {
		data.WriteString("0." + strings.Repeat("3", 1+i%5) + string(rune('0'+i%10)) + "\n")
	}
	if err := os.WriteFile(filepath.Join(folder, "data.txt"), []byte(data.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(folder)
	}
	reprise(t, folder, "run", "x.ipynb", "--report", "none").want(t, 0)
	return filepath.Join(folder, "x.ipynb")
}

// Two notebooks that differ in one thing: the cause is read, and the first step, layer and
// tensor are found, where the fault was put.
func TestDiffFindsPlantedFaults(t *testing.T) {
	fault := func(old, new string) func(*[3]string) {
		return func(c *[3]string) {
			for i := range c {
				c[i] = strings.Replace(c[i], old, new, 1)
			}
		}
	}
	datum := func(folder string) {
		path := filepath.Join(folder, "data.txt")
		lines := strings.Split(bytesOf(t, path), "\n")
		lines[77] = "0.5"
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := executed(t, nil, diffData, diffLayer, diffFit)
	for _, c := range []struct {
		name   string
		cells  func(*[3]string)
		folder func(string)
		says   []string
	}{
		{"activation", fault("/*SLIP*/", ", forward: 1e-4"), nil, []string{"arithmetic, forward: slip_1, step 137 (epoch 11, batch 7)", "first: activation of slip_1, element [0, 5]"}},
		{"gradient", fault("/*SLIP*/", ", backward: 1e-3"), nil, []string{"arithmetic, backward: slip_1, step 137 (epoch 11, batch 7)", "first: input gradient of slip_1, element [0, 7]"}},
		{"extra draw", fault("/*FAULT*/", `nnlib.Root().Stream("model", 1, "dropout_1", "forward").Uint32()`), nil, []string{
			"extra draw: stream model/1/dropout_1/forward, step 138 (epoch 11, batch 8)", "stream model/1/dropout_1/forward: "}},
		{"batch order", fault("/*BEFORE*/", `nnlib.Root().Stream("model", 1, "shuffle").Uint32()`), nil, []string{"other batch order, step 1 (epoch 1, batch 1)"}},
		{"datum", nil, datum, []string{"data changed: input, step ", "it is row 77 of X, column 0"}},
		{"hyper-parameter", fault("rate, step := 0.001", "rate, step := 0.002"), nil, []string{"line 1: rate, step := 0.001, 0 -> rate, step := 0.002, 0",
			"other hyper-parameter, step 1 (epoch 1, batch 1)", "Adam learning_rate=0.001 and Adam learning_rate=0.002", "first: learning rate: 0.001 and 0.002"}},
		{"seed", fault("import \"os\"", "%seed 7\nimport \"os\""), nil, []string{"initial weights differ: dense_1/kernel", "seed: 1 and 7"}},
		{"weights", fault("/*FAULT*/", "model.Params()[0].Value.Data[3] += 0.001"), nil, []string{"weights changed outside: dense_1/kernel, step 138 (epoch 11, batch 8)", "element [0, 3]"}},
		{"another model", fault("Units: 16", "Units: 17"), nil, []string{"other model: dense_1", "input_dim=3 -> [16] and Dense units=17 activation=tanh input_dim=3 -> [17]", "layer slip_1: Slip -> [16] and Slip -> [17]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cells := [3]string{diffData, diffLayer, diffFit}
			if c.cells != nil {
				c.cells(&cells)
			}
			b := executed(t, c.folder, cells[:]...)
			reprise(t, t.TempDir(), "diff", a, b).want(t, 1, append(c.says, "first difference: cell [3]")...)
		})
	}
}

// Two ledgers tell between which steps the trainings parted; with the notebooks beside them,
// the step and the tensor are found, though the outputs are gone.
func TestDiffOfLedgers(t *testing.T) {
	a := ledgerOf(t, executed(t, nil, diffData, diffLayer, diffFit))
	b := ledgerOf(t, executed(t, nil, diffData, diffLayer, strings.Replace(diffFit, "/*SLIP*/", ", forward: 1e-4", 1)))
	whole := []string{"first difference: cell [3]", "training 1 of 1, model/1: arithmetic, forward: slip_1, step 137 (epoch 11, batch 7)", "first: activation of slip_1, element [0, 5]"}
	reprise(t, t.TempDir(), "diff", a, b).want(t, 1, whole...)
	for _, path := range []string{a, b} {
		if err := os.Remove(strings.TrimSuffix(path, ".ledger.jsonl") + ".ipynb"); err != nil {
			t.Fatal(err)
		}
	}
	window := "training 1 of 1, model/1: steps differ, between step 129 (epoch 10, batch 12) and step 192 (epoch 15, batch 10)"
	reprise(t, t.TempDir(), "diff", a, b).want(t, 1, "first difference: cell [3]", "cell [3], its text: sha256 ", window, "losses differ", "weights differ", "wants both notebooks beside their ledgers")
	reprise(t, t.TempDir(), "diff", executed(t, nil, diffData, diffLayer, diffFit), b).want(t, 1, window)
	reprise(t, t.TempDir(), "diff", a, a).want(t, 0, "no difference")
}

// ledgerOf puts the ledger of a notebook beside it, and takes the outputs out of the notebook.
func ledgerOf(t *testing.T, path string) string {
	t.Helper()
	book := read(t, path)
	records, err := ledger.Load(book.Metadata)
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for _, r := range records {
		text = append(append(text, ledger.Canonical(r)...), '\n')
	}
	ledger.Remove(book.Metadata)
	for _, c := range book.Cells {
		c.Outputs = nil
	}
	if err := book.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ledger.PathFor(path), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return ledger.PathFor(path)
}

// Of many trainings in a cell, the one that differs is found too.
func TestDiffOfManyTrainings(t *testing.T) {
	many := "for i := range 40 {\n step := 0\n _ = i\n" + `model := nnlib.NewSequential(&nnlib.Dense{Units: 2, InputDim: 1})
model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "sgd"})
model.Fit([][]float64{{1}, {2}}, [][]float64{{1, 0}, {0, 1}}, nnlib.Fit{Epochs: 3, Callbacks: []nnlib.Callback{nnlib.Hooks{OnBatchEnd: func(int, float64) { step++; /*FAULT*/ }}}})
}`
	fault := "if i == 33 && step == 2 { model.Params()[0].Value.Data[1] += 0.5 }"
	a, b := executed(t, nil, many), executed(t, nil, strings.Replace(many, "/*FAULT*/", fault, 1))
	reprise(t, t.TempDir(), "diff", a, b).want(t, 1, "training 34 of 40, model/34: weights changed outside: dense_1/kernel, step 3")
}

func TestDiffOfTheSame(t *testing.T) {
	a := executed(t, nil, diffData, diffLayer, diffFit)
	b := executed(t, nil, diffData, diffLayer, diffFit)
	reprise(t, t.TempDir(), "diff", a, b).want(t, 0, "no difference")
}

// Outputs of the same cells, of which one was not made by them: it is said which.
func TestDiffNamesTheOneThatDoesNotReproduce(t *testing.T) {
	a := executed(t, nil, "x := 6", "x * 7")
	b := executed(t, nil, "x := 6", "x * 7")
	n := read(t, b)
	n.Cells[1].Outputs[0].Data["text/plain"] = "43"
	if err := n.WriteFile(b); err != nil {
		t.Fatal(err)
	}
	reprise(t, t.TempDir(), "diff", a, b).want(t, 1, "first difference: cell [2]", "A 42\n  B 43", "both give what A has in cell [2]")
	reprise(t, t.TempDir(), "diff", b, a).want(t, 1, "both give what B has in cell [2]")
	o := reprise(t, t.TempDir(), "diff", a, b, "--json", "--no-replay")
	var r diff.Report
	if err := json.Unmarshal([]byte(o.stdout), &r); err != nil || o.code != 1 || r.Same || r.Replay != nil || r.Saved == nil || r.Saved.Output.Saved != "42" {
		t.Errorf("%v, %+v\n%s", err, r, o.stdout)
	}
}

// What the clock decides is another thing each time, and the clock is named.
func TestDiffOfChance(t *testing.T) {
	cells := []string{`import "time"`, "time.Now().UnixNano()"}
	a, b := executed(t, nil, cells...), executed(t, nil, cells...)
	reprise(t, t.TempDir(), "diff", a, b).want(t, 1, "time.Now reads the clock (in both)", "first difference: cell [2]", "neither gives what it has in cell [2]")
	reprise(t, t.TempDir(), "diff", a, a).want(t, 0, "time.Now reads the clock (in both)", "no difference")
}

func TestDiffBadInput(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := executed(t, nil, "1")
	python := write("p.ipynb", `{"cells":[],"metadata":{"kernelspec":{"name":"python3","language":"python","display_name":"x"}},"nbformat":4,"nbformat_minor":5}`)
	for _, c := range []struct {
		other, says string
	}{
		{python, "its cells are python, not Go"},
		{filepath.Join(folder, "none.ipynb"), "no such file"},
		{write("cut.ipynb", bytesOf(t, good)[:200]), "cut.ipynb"},
		{write("x.ledger.jsonl", ""), "no record in it"},
		{write("y.ledger.jsonl", "{}\n"), "changed after it was written"},
		{write("page.html", "<html></html>"), "page.html"},
	} {
		reprise(t, folder, "diff", good, c.other).want(t, 2, c.says)
	}
	reprise(t, folder, "diff", good).want(t, 2, "diff wants two notebooks, got 1 arguments")
}
