package main_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"reprise/notebooks/nb"
)

// What cannot be done is said in one line, with the file and the cure, before any cell runs; and
// nothing is left behind.
func TestRefusals(t *testing.T) {
	folder := notebook(t, "fmt.Println(1)")
	write := func(name, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	whole := bytesOf(t, folder, "x.ipynb")
	write("read-only.ipynb", whole, 0o444)
	write("read-only.html", "", 0o444)
	write("page.html", "<html></html>", 0o644)
	write("utf16.ipynb", "\xff\xfe{\x00}\x00", 0o644)
	write("y.md", "# y", 0o644)
	write("y.ledger.jsonl", "{}\n{}\n", 0o644)
	write("file", "", 0o644)
	if err := os.Mkdir(filepath.Join(folder, "folder.ipynb"), 0o755); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want string
	}{
		{"run folder.ipynb", "folder.ipynb: is a directory; name a file in it"},
		{"verify folder.ipynb", "folder.ipynb: is a directory; name a file in it"},
		{"lock folder.ipynb", "folder.ipynb: is a directory; name a file in it"},
		{"lock none.ipynb", "none.ipynb: no such file or directory"},
		{"run utf16.ipynb", "utf16.ipynb: not JSON: line 1, column 1: the file is UTF-16; save it as UTF-8"},
		{"verify y.md", "only HTML reports have their notebook inside"},
		{"run page.html", "page.html: not JSON: line 1, column 1: found '<', want a value; it is a page: name its notebook"},
		{"verify y.ledger.jsonl", "it is a ledger: name its notebook"},
		{"run read-only.ipynb", "read-only.ipynb: cannot be written: the file is read-only; say with -o where the result goes"},
		{"run x.ipynb -o none/x.ipynb", "none/x.ipynb: cannot be written: there is no directory none; say with -o"},
		{"run x.ipynb -o folder.ipynb", "folder.ipynb: cannot be written: it is a directory; say with -o"},
		{"run x.ipynb -o file/x.ipynb", "x.ipynb: cannot be written: "},
		{"run x.ipynb -o page.html", "page.html: the report would be written over the notebook; end the notebook's name in .ipynb, or say with --report"},
		{"run x.ipynb --report y.doc", "report y.doc: want a name that ends in .html, .md or .pdf"},
		{"run x.ipynb --report none/x.html", "x.html: cannot be written: there is no directory none"},
		{"run x.ipynb --report read-only.html", "read-only.html: cannot be written: the file is read-only"},
		{"run x.ipynb --timeout -1s", "--timeout -1s: want a time such as 90s"},
		{"verify x.ipynb --timeout -1s", "--timeout -1s"},
		{"diff x.ipynb x.ipynb --timeout -1s", "--timeout -1s"},
		{"verify x.ipynb --threads 1000000", "--threads 1000000: want at least 1 and at most 1024"},
		{"report x.ipynb --timeout 1s", "--timeout goes with --verify"},
		{"report x.ipynb --css none.css", "none.css: no such file"},
		{"report x.ipynb -o x.ipynb", "report x.ipynb: want a name that ends in .html, .md or .pdf"},
		{"report x.ipynb -o y.html -o none/y.html", "cannot be written: there is no directory none"},
		{"report -", "say with -o where its report goes"},
		{"verify -", "standard input: not JSON: line 1, column 1: the file is empty"},
		{"lock a b", "lock wants one notebook or none, got 2 arguments; see `reprise lock --help`"},
		{"version extra", "version wants no arguments, got \"extra\"; see `reprise version --help`"},
		{"install extra", "install wants no arguments"},
		{"vrify x.ipynb", "unknown command \"vrify\"; did you mean verify?; see `reprise --help`"},
		{"help nosuch", "unknown command \"nosuch\"; see `reprise --help`"},
	} {
		refuses(t, folder, c.args, c.want)
	}
	for _, flag := range []string{"--report", "--output"} {
		reprise(t, folder, "run", "x.ipynb", flag+"=").want(t, 2, flag+" is empty; give it a value or leave it out")
	}
	reprise(t, folder, "install", "--prefix", "").want(t, 2, "--prefix is empty")
	reprise(t, folder, "run", "").want(t, 2, "the name of the file is empty")
	reprise(t, folder, "kernel", "x.ipynb").want(t, 2, "x.ipynb: it has neither shell_port nor registration_port")
	after, err := os.ReadDir(folder)
	if err != nil || len(after) != len(before) {
		t.Errorf("%d files, there were %d: %v, %v", len(after), len(before), after, err)
	}
	if bytesOf(t, folder, "x.ipynb") != whole {
		t.Error("the notebook was changed")
	}
}

// Notebooks as other systems save them, under names that other programs stumble over.
func TestNotebooksOfEveryShape(t *testing.T) {
	folder := notebook(t, "fmt.Println(1)\n2")
	whole := bytesOf(t, folder, "x.ipynb")
	shapes := map[string]string{
		"windows.ipynb":     strings.ReplaceAll(whole, "\n", "\r\n"),
		"mark.ipynb":        "\ufeff" + whole,
		"one line.ipynb":    strings.Join(strings.Fields(whole), " "),
		"100% größer.ipynb": strings.ReplaceAll(whole, `"execution_count": null,`, ""),
		"-dash.ipynb":       whole,
		"noext":             whole,
	}
	for name, text := range shapes {
		if strings.Contains(name, "one line") {
			text = strings.ReplaceAll(whole, "\n", "")
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		page := strings.TrimSuffix(name, ".ipynb") + ".html"
		reprise(t, folder, "run", "--", name).want(t, 0, "wrote "+name+"\nwrote "+page+"\n")
		for _, c := range read(t, folder, name).Cells {
			if len(c.Outputs) != 2 || c.Outputs[0].Text != "1\n" {
				t.Errorf("%s shows %+v", name, c.Outputs)
			}
		}
		reprise(t, folder, "verify", "--", name).want(t, 0, "1 same")
		reprise(t, folder, "verify", "--", page).want(t, 0, "1 same")
	}
}

// Two cells with one id, as a merge of two versions leaves them, are two cells in the ledger.
func TestCellsWithOneID(t *testing.T) {
	folder := notebook(t, "rand.Intn(1000)", "rand.Intn(1000)", "rand.Intn(1000)")
	path := filepath.Join(folder, "x.ipynb")
	text := strings.ReplaceAll(strings.ReplaceAll(bytesOf(t, path), `"id": "c1"`, `"id": "c0"`), `"id": "c2"`, `"id": "c0"`)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	ids := map[string]bool{}
	for _, c := range read(t, path).Cells {
		ids[c.ID] = true
	}
	if len(ids) != 3 || !ids["c0"] {
		t.Errorf("ids %v", ids)
	}
	reprise(t, folder, "verify", "x.ipynb").want(t, 0, "3 same")
}

// Standard input and output: a notebook goes through the program as through a filter.
func TestRunAsAFilter(t *testing.T) {
	folder := notebook(t, "fmt.Println(6 * 7)")
	filter := func(stdin string, args ...string) (stdout, stderr string) {
		t.Helper()
		c := exec.CommandContext(t.Context(), program, args...)
		var out, errs bytes.Buffer
		c.Dir, c.Stdin, c.Stdout, c.Stderr = folder, strings.NewReader(stdin), &out, &errs
		if err := c.Run(); err != nil {
			t.Errorf("%q: %v\n%s", args, err, &errs)
		}
		return out.String(), errs.String()
	}
	made, _ := filter(bytesOf(t, folder, "x.ipynb"), "run", "-")
	book, err := nb.Decode([]byte(made))
	if err != nil || len(book.Cells[0].Outputs) != 1 || book.Cells[0].Outputs[0].Text != "42\n" {
		t.Fatalf("%v:\n%s", err, made)
	}
	if same, said := filter("", "run", "x.ipynb", "-o", "-", "--report", "y.html"); same != made || !strings.Contains(said, "wrote y.html") {
		t.Errorf("from a file it wrote\n%s\n%s", same, said)
	}
	if text, _ := filter(made, "verify", "-"); !strings.Contains(text, "ledger: 2 records, whole") || !strings.Contains(text, "1 same") {
		t.Errorf("verify: %s", text)
	}
	if text, _ := filter(bytesOf(t, folder, "y.html"), "verify", "-"); !strings.Contains(text, "1 same") {
		t.Errorf("verify of a report: %s", text)
	}
	filter(made, "report", "-", "-o", "z.html")
	if text, _ := filter(made, "diff", "-", "z.html"); !strings.Contains(text, "no difference") {
		t.Errorf("diff: %s", text)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A full disk is an error wherever a result goes.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has /dev/full")
	}
	folder := notebook(t, "fmt.Println(1)")
	reprise(t, folder, "run", "x.ipynb", "-o", "/dev/full").want(t, 2, "/dev/full: not written: no space left on device")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	for _, args := range [][]string{{"run", "x.ipynb", "-o", "-"}, {"lock"}, {"diff", "x.ipynb", "x.ipynb", "--json"}, {"verify", "x.ipynb"}, {"version"}} {
		c := exec.CommandContext(t.Context(), program, args...)
		var errs bytes.Buffer
		c.Dir, c.Stdout, c.Stderr = folder, full, &errs
		c.Run() // its code is looked at
		if c.ProcessState.ExitCode() != 2 || !strings.Contains(errs.String(), "reprise: standard output: not written: no space left on device\n") {
			t.Errorf("%q ended with %d:\n%s", args, c.ProcessState.ExitCode(), &errs)
		}
	}
}

// When the notebook is written and its report is not, nothing of the run is lost, and the
// failing cell is still what the exit code tells.
func TestReportThatCannotBeWritten(t *testing.T) {
	folder := notebook(t, `os.Mkdir("x.html", 0o755)`, `panic("no")`)
	reprise(t, folder, "run", "x.ipynb").want(t, 1, "wrote x.ipynb", "reprise: x.html: not written: it is a directory", "2 of 2 cells were run: cell [2], line 1, column 1: Panic: no")
	if left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl")); len(left) > 0 || read(t, folder, "x.ipynb").Cells[0].Count == nil {
		t.Errorf("left behind: %v", left)
	}
}

// When the notebook cannot be written, the ledger of the run stays, and says how to go on.
func TestNotebookThatCannotBeWritten(t *testing.T) {
	folder := notebook(t, "x := 1\nx", `os.Mkdir("y.ipynb", 0o755)`)
	reprise(t, folder, "run", "x.ipynb", "-o", "y.ipynb").want(t, 2, "y.ipynb: not written: it is a directory; the ledger of the run is y.ledger.jsonl: run again with --resume when that is cured")
	if err := os.Remove(filepath.Join(folder, "y.ipynb")); err != nil {
		t.Fatal(err)
	}
	reprise(t, folder, "run", "x.ipynb", "-o", "y.ipynb", "--resume").want(t, 2, "y.ipynb: not written: it is a directory")
}
