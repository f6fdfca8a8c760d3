package main_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"reprise/kernel/ledger"
	"reprise/nnlib/npz"
)

func records(t *testing.T, folder string) []ledger.Record {
	t.Helper()
	list, err := ledger.Load(read(t, folder, "x.ipynb").Metadata)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// edit changes the notebook's text once.
func edit(t *testing.T, folder, old, new string) {
	t.Helper()
	path := filepath.Join(folder, "x.ipynb")
	text := bytesOf(t, path)
	if !strings.Contains(text, old) {
		t.Fatalf("the notebook lacks %q:\n%s", old, text)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(text, old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestRunKeepsALedger(t *testing.T) {
	folder := notebook(t, "x := rand.Intn(9)", "x", "time.Now().IsZero()")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	list := records(t, folder)
	if len(list) != 4 || list[0].Lock == nil || list[0].Lock.Canary == "" || list[0].Lock.Modules["gonum.org/v1/gonum"] == "" {
		t.Fatalf("%d records, the first is %+v", len(list), list[0])
	}
	if d := list[1].Draws; len(d) != 1 || d[0].Stream != "math%2Frand" {
		t.Errorf("draws %v", d)
	}
	if v := list[2].Reads["x"]; v == "" || v != list[1].Version {
		t.Errorf("x was read as %q, given as %q", v, list[1].Version)
	}
	if n := list[3].Notes; len(n) != 1 || n[0].Sentence() != "line 1: time.Now reads the clock" {
		t.Errorf("notes %v", n)
	}
	left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "ledger: 4 records, whole, root ")
}

func TestTamperedLedgerIsLocated(t *testing.T) {
	folder := notebook(t, "1", "2")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	edit(t, folder, `"name": "cell [2]"`, `"name": "cell [3]"`)
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "ledger: broken", "record 3", "was changed after it was written", "2 same")
	reprise(t, folder, "verify", "x.html").want(t, 0, "ledger: 3 records, whole")
	reprise(t, folder, "run", "x.ipynb", "--resume").want(t, 1, "the notebook: record 3 (cell [3]) was changed after it was written", "run without --resume")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "ledger: 3 records, whole")
}

// Of the ledgers beside a notebook a broken one is named with its line and not believed; it counts
// against the notebook unless a whole one knows all that the notebook shows.
func TestBrokenLedgerBesideAWholeOne(t *testing.T) {
	folder := notebook(t, "1", "2")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	path := ledgerOf(t, filepath.Join(folder, "x.ipynb"))
	reprise(t, folder, "run", "x.ipynb", "-o", "y.ipynb").want(t, 0) // outputs again, and no ledger but that beside it
	book := read(t, folder, "y.ipynb")
	ledger.Remove(book.Metadata)
	if err := book.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	whole := bytesOf(t, path)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("x.ledger.jsonl", strings.Replace(whole, `"cell [1]"`, `"cell [7]"`, 1))
	broken := "x.ledger.jsonl, line 2: record 2 (cell [7]) was changed after it was written"
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "ledger: broken: ", broken, "it is not believed", "2 same")
	reprise(t, folder, "lock", "x.ipynb").want(t, 1, broken)
	reprise(t, folder, "run", "x.ipynb", "-o", "z.ipynb", "--resume").want(t, 0, "no earlier run") // z has none beside it
	write("x.ledger.2.jsonl", whole+`{"torn`)
	said := reprise(t, folder, "verify", "x.ipynb")
	said.want(t, 0, "ledger: broken: "+broken, "it is not believed", "ledger: 3 records in x.ledger.2.jsonl, whole, root ", "x.ledger.2.jsonl was torn by a crash", "2 same")
	reprise(t, folder, "report", "x.ipynb", "-o", "x.html").want(t, 0, broken, "not believed")
	reprise(t, folder, "diff", "x.ipynb", "y.ipynb").want(t, 0, broken, "no difference")
	reprise(t, folder, "run", "x.ipynb", "--resume", "-o", "x.ipynb").want(t, 0, broken, "resumed: 2 of 2 cells")
	lines := strings.SplitAfter(whole, "\n")
	write("x.ledger.2.jsonl", lines[0]+lines[1]) // knows the first cell alone
	if err := book.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, broken, "ledger: 2 records in x.ledger.2.jsonl, whole", "do not know all that the notebook shows", "2 same")
}

func TestEditedOutputIsSaid(t *testing.T) {
	folder := notebook(t, `fmt.Println("the loss is 0.5")`)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	edit(t, folder, `the loss is 0.5\n"`+"\n     ]", `the loss is 0.1\n"`+"\n     ]")
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "cell [1]: its saved outputs are not those that the ledger has of it", "1 differs")
}

// A display that a later cell updates, and text as JupyterLab saves it, are what the ledger has.
func TestOutputsThatAreNotEdited(t *testing.T) {
	folder := notebook(t, `display.ShowAs("k", "before")`, "display.Update(\"k\", \"after\")\n1", `fmt.Print("100%\r5%\n")`)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "ledger: 4 records, whole", "3 same")
	edit(t, folder, `"5%\n"`, `"5%0%\n"`)
	o := reprise(t, folder, "verify", "x.ipynb")
	o.want(t, 0, "3 same")
	if strings.Contains(o.stdout, "not those") {
		t.Error(o.stdout)
	}
	edit(t, folder, "after", "afterwards")
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "cell [1]: its saved outputs are not those that the ledger has of it")
}

func TestStaleOutputs(t *testing.T) {
	folder := notebook(t, "x := 1", "x + 1")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	edit(t, folder, `"x + 1"`, `"x + 2"`)
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "cell [2] is out of date: its text was changed after it was run", "1 stale")
	reprise(t, folder, "report", "x.ipynb", "-o", "y.html").want(t, 1, "cell [2] is out of date", "--allow-stale")
	if _, err := os.Stat(filepath.Join(folder, "y.html")); err == nil {
		t.Error("a report of stale outputs was written")
	}
	reprise(t, folder, "report", "x.ipynb", "-o", "y.html", "--allow-stale").want(t, 0)
	if page := bytesOf(t, folder, "y.html"); !strings.Contains(page, "Out of date: its text was changed after it was run") {
		t.Error("the report does not mark the cell")
	}
}

func TestDataFiles(t *testing.T) {
	folder := notebook(t, `text, err := os.ReadFile("data.txt")`, `string(text)`)
	data := filepath.Join(folder, "data.txt")
	os.WriteFile(data, []byte("one"), 0o644)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	os.WriteFile(data, []byte("two"), 0o644)
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "data.txt has changed since cell [1] used it", "1 differs")
	os.Remove(data)
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "data.txt, which cell [1] used, is not there", "1 differs")
}

// After %cd, the ledger still names files from the notebook's folder, where verify looks for them.
func TestDataFilesElsewhere(t *testing.T) {
	folder := notebook(t, `os.Mkdir("sub", 0o755); os.Chdir("sub")`, `text, err := os.ReadFile("data.txt")`, `string(text)`)
	data := filepath.Join(folder, "sub", "data.txt")
	if err := errors.Join(os.Mkdir(filepath.Join(folder, "sub"), 0o755), os.WriteFile(data, []byte("one"), 0o644)); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "run", "x.ipynb", "--allow-errors").want(t, 0)
	if f := records(t, folder)[2].Files; len(f) != 1 || f[0].Path != filepath.Join("sub", "data.txt") || f[0].Hash == "" {
		t.Errorf("files %v", f)
	}
	if o := reprise(t, folder, "verify", "x.ipynb"); o.code != 0 || strings.Contains(o.stdout, "is not there") {
		t.Errorf("exit code %d\n%s", o.code, o.stdout)
	}
	os.WriteFile(data, []byte("two"), 0o644)
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, filepath.Join("sub", "data.txt")+" has changed since cell [2] used it")
}

func TestLock(t *testing.T) {
	folder := notebook(t, "1")
	reprise(t, folder, "lock").want(t, 0, `"canary"`, `"gonum.org/v1/gonum"`, `"os"`)
	reprise(t, folder, "lock", "x.ipynb").want(t, 0, "wrote the lock")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	if o := reprise(t, folder, "verify", "x.ipynb"); strings.Contains(o.stdout, "made with") {
		t.Errorf("nothing differs, but: %s", o.stdout)
	}
	edit(t, folder, `"arch": "`, `"arch": "not-`)
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "made with something else; the bits must be the same nevertheless", "not-")
}

// begin starts a run of the notebook, and returns when it has said something.
func begin(t *testing.T, folder, word string) *exec.Cmd {
	t.Helper()
	c := exec.Command(program, "run", "x.ipynb")
	c.Dir = folder
	stderr, err := c.StderrPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(deadline, func() { c.Process.Kill() })
	t.Cleanup(func() { timer.Stop(); c.Process.Kill() })
	var seen bytes.Buffer
	for buf := make([]byte, 4096); !strings.Contains(seen.String(), word); {
		n, err := stderr.Read(buf)
		seen.Write(buf[:n])
		if err != nil {
			t.Fatalf("%v:\n%s", err, &seen)
		}
	}
	go io.Copy(io.Discard, stderr)
	return c
}

func TestResumeAfterACrash(t *testing.T) {
	folder := notebook(t, "%seed random\nx := rand.Float64()\nx", `for { if _, err := os.Stat("go"); err == nil { break }; time.Sleep(time.Millisecond) }`, "x")
	// The second cell waits until there is a file "go".
	first := begin(t, folder, "1/3")
	first.Process.Kill()
	first.Wait()
	c, err := ledger.ReadFile(filepath.Join(folder, "x.ledger.jsonl"))
	if err != nil || len(c.Records) != 2 || len(c.Records[1].Entropy) != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	os.WriteFile(filepath.Join(folder, "go"), nil, 0o644)
	reprise(t, folder, "run", "x.ipynb", "--resume").want(t, 0, "resumed: 1 of 1 cells of the earlier run gave the same again")
	if out := read(t, folder, "x.ipynb").Cells[0].Outputs; !strings.Contains(out[0].Text, "seed "+c.Records[1].Entropy[0]) {
		t.Errorf("another seed: %+v", out[0])
	}
	// From the notebook alone, as on another machine; and when it is not what it was.
	os.Remove(filepath.Join(folder, "x.ledger.jsonl"))
	reprise(t, folder, "run", "x.ipynb", "--resume").want(t, 0, "3 of 3 cells")
}

func TestResumeSaysWhenItParts(t *testing.T) {
	folder := notebook(t, `text, err := os.ReadFile("data.txt"); string(text)`, "1")
	data := filepath.Join(folder, "data.txt")
	os.WriteFile(data, []byte("one"), 0o644)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	before := bytesOf(t, folder, "x.ipynb")
	os.WriteFile(data, []byte("two"), 0o644)
	reprise(t, folder, "run", "x.ipynb", "--resume").want(t, 1, "cell [1] gives something else than in the run that is resumed")
	if bytesOf(t, folder, "x.ipynb") != before {
		t.Error("the notebook was changed")
	}
}

func TestTwoRunsOfOneNotebook(t *testing.T) {
	folder := notebook(t, "1", `for { if _, err := os.Stat("go"); err == nil { break }; time.Sleep(time.Millisecond) }`, "3")
	first := begin(t, folder, "1/3")
	second := begin(t, folder, "another process writes it; the ledger of this run is x.ledger.2.jsonl")
	os.WriteFile(filepath.Join(folder, "go"), nil, 0o644)
	for _, c := range []*exec.Cmd{first, second} {
		if err := c.Wait(); err != nil {
			t.Error(err)
		}
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "ledger: 4 records, whole", "3 same")
}

func TestNeverEndingCell(t *testing.T) {
	folder := notebook(t, "1", "for {}", "3")
	reprise(t, folder, "verify", "x.ipynb", "--timeout", "1s").want(t, 1, "missing")
	reprise(t, folder, "run", "x.ipynb", "--timeout", "1s").want(t, 1, "longer than 1s")
	if r := records(t, folder); len(r) != 3 || r[2].Status != "Timeout" {
		t.Errorf("records %+v", r)
	}
}

// What verify makes of files that are not what it wants: it says what is wrong with them, and nothing is run.
func TestVerifyBadInput(t *testing.T) {
	folder := notebook(t, "1", "2")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	whole := bytesOf(t, folder, "x.ipynb")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cuts := 0
	for n := 1; n < len(strings.TrimRight(whole, "\n")); n += 97 {
		write("cut.ipynb", whole[:n])
		reprise(t, folder, "verify", "cut.ipynb").want(t, 2, "cut.ipynb: not JSON: line ", "the file ends too early; it was cut off")
		cuts++
	}
	if cuts < 10 {
		t.Errorf("only %d cuts", cuts)
	}
	write("empty.ipynb", "")
	reprise(t, folder, "verify", "empty.ipynb").want(t, 2, "empty.ipynb: not JSON: line 1, column 1: the file is empty")
	page := bytesOf(t, folder, "x.html")
	write("cut.html", page[:len(page)-100])
	reprise(t, folder, "verify", "cut.html").want(t, 2, "cut.html: no notebook inside")
	reprise(t, folder, "verify", "none.ipynb").want(t, 2, "none.ipynb")
}

// A notebook of another language is refused; one of another Go kernel is compared, and it is said whose it is.
func TestVerifyOutputsOfAnotherKernel(t *testing.T) {
	folder := notebook(t, "x := []int{1, 2}\nx")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	book := read(t, folder, "x.ipynb")
	ledger.Remove(book.Metadata)
	book.Metadata["kernelspec"] = map[string]any{"name": "gophernotes", "display_name": "Go", "language": "go"}
	book.Cells[0].Outputs[0].Data["text/plain"] = "[1 2] []int"
	file := filepath.Join(folder, "theirs.ipynb")
	if err := book.WriteFile(file); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "verify", "theirs.ipynb").want(t, 1, "ledger: none", "the notebook names the kernel gophernotes", "1 differs", "- [1 2] []int\n+ [1 2]")
	book.Metadata["kernelspec"] = map[string]any{"name": "python3", "display_name": "Python 3", "language": "python"}
	if err := book.WriteFile(file); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "verify", "theirs.ipynb").want(t, 2, "theirs.ipynb: its cells are python, not Go")
	reprise(t, folder, "report", "theirs.ipynb").want(t, 0, "not Go", "nobody can verify the report", "wrote theirs.html")
	if strings.Contains(bytesOf(t, folder, "theirs.html"), "Check it with") {
		t.Error("the report names a command that cannot check it")
	}
}

// report --verify runs the notebook first: the page says how that came out, and a notebook that
// gives something else makes no page.
func TestReportVerify(t *testing.T) {
	folder := notebook(t, `text, err := os.ReadFile("data.txt"); string(text)`, "x := 1.5\nx * 2")
	data := filepath.Join(folder, "data.txt")
	os.WriteFile(data, []byte("one"), 0o644)
	reprise(t, folder, "run", "x.ipynb", "--report", "none").want(t, 0)
	reprise(t, folder, "report", "x.ipynb", "-o", "plain.html", "-o", "plain.md").want(t, 0)
	for _, name := range []string{"plain.html", "plain.md"} {
		if page := bytesOf(t, folder, name); !strings.Contains(page, "not when this was written") || strings.Contains(page, "1 runs") {
			t.Errorf("%s does not say that nobody has verified it", name)
		}
	}
	if page := bytesOf(t, folder, "plain.md"); !strings.Contains(page, "reprise verify x.ipynb") {
		t.Error("the Markdown names a file that does not hold the notebook")
	}
	reprise(t, folder, "report", "x.ipynb", "--verify", "-o", "y.html").want(t, 0, "wrote y.html")
	page := bytesOf(t, folder, "y.html")
	if !strings.Contains(page, "2 cells in 1 runs: 2 same") || !strings.Contains(page, "reprise verify y.html") {
		t.Error("the report does not tell how the verification came out")
	}
	reprise(t, folder, "report", "x.ipynb", "--verify", "-o", "z.html").want(t, 0)
	if bytesOf(t, folder, "z.html") != strings.ReplaceAll(page, "y.html", "z.html") {
		t.Error("two verified reports of one notebook differ")
	}
	reprise(t, folder, "verify", "y.html").want(t, 0, "2 same")
	os.Remove(data)
	reprise(t, folder, "report", "x.ipynb", "--verify", "-o", "w.html").want(t, 1, "x.ipynb does not reproduce: 2 cells in 1 runs: 1 same, 1 differs", "data.txt, which cell [1] used, is not there")
	if _, err := os.Stat(filepath.Join(folder, "w.html")); err == nil {
		t.Error("a report of what does not reproduce was written")
	}
}

// A cell that never ends is stopped in verify and in report --verify too; the others are compared.
func TestVerifyNeverEndingCell(t *testing.T) {
	folder := notebook(t, "1", `for { if _, err := os.Stat("go"); err == nil { break } }; 2`, "3")
	os.WriteFile(filepath.Join(folder, "go"), nil, 0o644)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	os.Remove(filepath.Join(folder, "go"))
	reprise(t, folder, "verify", "x.ipynb", "--timeout", "1s").want(t, 1, "cell [2] differs", "the cell ran longer than 1s; raise --timeout", "2 same, 1 differs")
	reprise(t, folder, "report", "x.ipynb", "--verify", "--timeout", "1s").want(t, 1, "does not reproduce", "longer than 1s")
}

// A theme is one CSS file; one that would load something is refused.
func TestReportCSS(t *testing.T) {
	folder := notebook(t, "1")
	os.WriteFile(filepath.Join(folder, "theme.css"), []byte("h1 { color: #123456 }"), 0o644)
	reprise(t, folder, "report", "x.ipynb", "--css", "theme.css").want(t, 0)
	if !strings.Contains(bytesOf(t, folder, "x.html"), "h1 { color: #123456 }") {
		t.Error("the theme is not in the page")
	}
	os.WriteFile(filepath.Join(folder, "theme.css"), []byte("\n@import 'https://example.com/x.css';"), 0o644)
	reprise(t, folder, "report", "x.ipynb", "--css", "theme.css").want(t, 2, "theme.css: line 2: @import: a report loads nothing")
}

// Cells that were run in another order than they stand in verify in that order, and verify says so.
func TestVerifyInTheSavedOrder(t *testing.T) {
	folder := notebook(t, "rand.Intn(1000)", "rand.Intn(2000)")
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	book := read(t, folder, "x.ipynb")
	ledger.Remove(book.Metadata)
	book.Cells[0], book.Cells[1] = book.Cells[1], book.Cells[0]
	if err := book.WriteFile(filepath.Join(folder, "x.ipynb")); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 1, "1 differs, 1 stale", "--order saved runs them so")
	reprise(t, folder, "verify", "x.ipynb", "--order", "saved").want(t, 0, "2 same")
}

// Files that models and data sets come from and go to stand in the ledger, whichever way a cell names them.
func TestLedgerNamesTheFilesOfModels(t *testing.T) {
	folder := notebook(t, "import (\n\t\"reprise/nnlib/datasets\"\n\t\"reprise/nnlib/npz\"\n)\nd, err := datasets.CSV(\"d.csv\", \"y\")",
		"model := nnlib.NewSequential(&nnlib.Dense{Units: 1, InputDim: 1})\nmodel.Save(\"m.safetensors\")\nmodel.SaveWeights(\"w.npz\")",
		"back, err := nnlib.LoadModel(\"m.safetensors\")\nif err := back.LoadWeights(\"theirs.npz\"); err != nil { panic(err) }", "arrays, err := npz.ReadFile(\"theirs.npz\")")
	os.WriteFile(filepath.Join(folder, "d.csv"), []byte("x,y\n1,2\n3,4\n"), 0o644)
	if err := npz.WriteFile(filepath.Join(folder, "theirs.npz"), npz.New("arr_0", []float64{2}, 1, 1), npz.New("arr_1", []float64{0}, 1)); err != nil {
		t.Fatal(err)
	}
	sum := func(name string) string { return ledger.Digest(bytesOf(t, folder, name)) }
	reprise(t, folder, "run", "x.ipynb", "--report", "none").want(t, 0)
	want := [][]ledger.File{
		{{Path: "d.csv", Hash: sum("d.csv"), Mode: ledger.ForReading}},
		{{Path: "m.safetensors", Mode: ledger.ForWriting}, {Path: "w.npz", Mode: ledger.ForWriting}},
		{{Path: "m.safetensors", Mode: ledger.ForReading}, {Path: "theirs.npz", Hash: sum("theirs.npz"), Mode: ledger.ForReading}},
		{{Path: "theirs.npz", Hash: sum("theirs.npz"), Mode: ledger.ForReading}},
	}
	for i, r := range records(t, folder)[1:] {
		if !slices.Equal(r.Files, want[i]) {
			t.Errorf("%s: %+v, want %+v", r.Name, r.Files, want[i])
		}
	}
}
