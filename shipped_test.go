package main_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every notebook that is shipped reproduces: each output comes out as it is saved.
func TestShippedNotebooksVerify(t *testing.T) {
	books, err := filepath.Glob("notebooks/*.ipynb")
	if err != nil || len(books) < 3 {
		t.Fatalf("%d notebooks, %v; want the tutorial and its companions", len(books), err)
	}
	for _, b := range books {
		t.Run(filepath.Base(b), func(t *testing.T) {
			path, err := filepath.Abs(b)
			if err != nil {
				t.Fatal(err)
			}
			reprise(t, t.TempDir(), "verify", path).want(t, 0)
		})
	}
}

// The README's cells run, and the last one shows what the README says.
func TestReadmeCells(t *testing.T) {
	text := bytesOf(t, "README.md")
	var cells []string
	for _, m := range regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(text, -1) {
		cells = append(cells, m[1])
	}
	said := regexp.MustCompile("```\n\n    ([0-9.e-]+)\n").FindStringSubmatch(text)
	if len(cells) != 2 || said == nil {
		t.Fatalf("%d cells and result %q; the README has changed", len(cells), said)
	}
	folder := notebook(t, cells...)
	reprise(t, folder, "run", "x.ipynb").want(t, 0)
	out := read(t, folder, "x.ipynb").Cells[1].Outputs
	if len(out) != 1 || strings.TrimSpace(out[0].Data["text/plain"].(string)) != said[1] {
		t.Errorf("the cell shows %+v, the README says %s", out, said[1])
	}
}
