package main_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reprise/kernel/ledger"
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
	reprise(t, folder, "verify", "x.ipynb", "--timeout", "300ms").want(t, 1, "missing")
	reprise(t, folder, "run", "x.ipynb", "--timeout", "300ms").want(t, 1, "longer than 300ms")
	if r := records(t, folder); len(r) != 3 || r[2].Status != "Timeout" {
		t.Errorf("records %+v", r)
	}
}
