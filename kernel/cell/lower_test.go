package cell_test

import (
	"errors"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"reprise/kernel/cell"
	"reprise/kernel/symbols"
)

// sessionCells are the cells of the engine's sessions: seeds that exist.
func sessionCells(t testing.TB) []string {
	files, err := filepath.Glob("../engine/testdata/cells/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	var cells []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(data).Files {
			if f.Name == "cell" {
				cells = append(cells, string(f.Data))
			}
		}
	}
	return cells
}

// Whatever the text, Prepare gives a program that parses, or errors with places in the text.
func FuzzLower(f *testing.F) {
	for _, c := range sessionCells(f) {
		f.Add(c)
	}
	importer := symbols.NewImporter()
	f.Fuzz(func(t *testing.T, src string) { prepare(t, cell.NewPackage(importer), src) })
}

func prepare(t *testing.T, p *cell.Package, src string) {
	t.Helper()
	prog, err := p.Prepare("cell", src)
	var errs *cell.Errors
	if errors.As(err, &errs) {
		for _, e := range errs.List {
			if e.Offset < 0 || e.Offset > len(src) || e.Line < 1 || e.Col < 1 || strings.Contains(e.Msg, "۰") {
				t.Fatalf("%q: error %+v", src, e)
			}
		}
		return
	}
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", "package main\n"+prog.Decls, 0); err != nil {
		t.Fatalf("%q lowers to text that does not parse: %v\n%s", src, err, prog.Decls)
	}
	p.Commit(prog)
}

// The cells of all sessions, one after the other in one notebook.
func TestPrepareSessions(t *testing.T) {
	p := cell.NewPackage(symbols.NewImporter())
	for _, c := range sessionCells(t) {
		prepare(t, p, c)
	}
}
