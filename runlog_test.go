package main

import (
	"path/filepath"
	"testing"

	"reprise/kernel/ledger"
)

// A ledger that cannot be written any more does not end the run.
func TestRunLogThatCannotBeWritten(t *testing.T) {
	l, err := openRunLog(filepath.Join(t.TempDir(), "x.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	add := func(name string) {
		t.Helper()
		if err := l.Add(&ledger.Record{Name: name}); err != nil {
			t.Error(err)
		}
	}
	add("cell [1]")
	if err := l.journal.Close(); err != nil { // as a disk that is full
		t.Fatal(err)
	}
	add("cell [2]")
	add("cell [3]")
	c, err := ledger.ReadFile(l.journal.Path)
	if err != nil || len(c.Records) != 1 || !l.failed {
		t.Errorf("%d records, failed %t, %v", len(c.Records), l.failed, err)
	}
}
