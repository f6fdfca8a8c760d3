package engine_test

import (
	"os"
	"strings"
	"testing"

	"reprise/kernel/cell"
	"reprise/kernel/symbols"
)

// TestDump shows the lowered text of the cells in a file, for whoever works on the lowering:
// REPRISE_DUMP=file go test -run TestDump -v ./kernel/engine
func TestDump(t *testing.T) {
	file := os.Getenv("REPRISE_DUMP")
	if file == "" {
		t.Skip("REPRISE_DUMP names no file of cells to show")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := cell.NewPackage(symbols.NewImporter())
	e := newEngine(t)
	for i, src := range strings.Split(string(data), "-- cell --\n")[1:] {
		prog, err := p.Prepare("cell", src)
		if err != nil {
			t.Log(i+1, err)
			continue
		}
		p.Commit(prog)
		t.Logf("=== %d\n%s\n%s\n%s", i+1, src, strings.Join(prog.Imports, "\n"), prog.Decls)
		for _, f := range runCell(t, e, i+1, src) {
			t.Logf("-- %s --\n%s", f.Name, f.Data)
		}
	}
}
