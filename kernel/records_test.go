package kernel_test

import (
	"os"
	"path/filepath"
	"testing"

	"reprise/kernel/ledger"
)

// A kernel that knows its notebook keeps the ledger beside it; a second one for the same
// notebook keeps its own.
func TestLedgerBesideTheNotebook(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("JPY_SESSION_NAME", filepath.Join(folder, "paper.ipynb"))
	first, second := launch(t), launch(t)
	f, g := first.Frontend(t), second.Frontend(t)
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("before any cell: %v", left)
	}
	value(t, f, "x := 1; x")
	value(t, g, "2")
	value(t, f, "x + 1")
	for name, want := range map[string]int{"paper.ledger.jsonl": 3, "paper.ledger.2.jsonl": 2} {
		c, err := ledger.ReadFile(filepath.Join(folder, name)) // while the kernel lives
		if err != nil || len(c.Records) != want || c.Torn != "" {
			t.Fatalf("%s: %d records, want %d (torn %q): %v", name, len(c.Records), want, c.Torn, err)
		}
		if m := c.Records[0].Volatile.Machine; m == nil || m.OS == "" || c.Records[0].Lock.Canary == "" {
			t.Errorf("%s begins with %+v", name, c.Records[0])
		}
		last := c.Records[want-1]
		if last.Source == "" || last.Output == "" || last.Status != ledger.OK || last.Volatile.Started == "" {
			t.Errorf("%s ends with %+v", name, last)
		}
	}
	c, _ := ledger.ReadFile(filepath.Join(folder, "paper.ledger.jsonl"))
	if c.Records[2].Reads["x"] == "" || c.Records[2].Reads["x"] != c.Records[1].Version {
		t.Errorf("x flows from %+v to %+v", c.Records[1], c.Records[2])
	}
}

// A name that is no notebook's, as consoles have, and a folder that cannot be written leave nothing.
func TestNoLedgerWithoutANotebook(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("JPY_SESSION_NAME", filepath.Join(folder, "console-1"))
	value(t, launch(t).Frontend(t), "1")
	t.Setenv("JPY_SESSION_NAME", filepath.Join(folder, "gone", "x.ipynb"))
	value(t, launch(t).Frontend(t), "1")
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
