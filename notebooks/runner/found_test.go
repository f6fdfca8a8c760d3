package runner_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// recorded is the ledger of cells with these texts, which have printed them.
func recorded(ids bool, n *nb.Notebook, printed ...string) []ledger.Record {
	list := []ledger.Record{{Lock: &ledger.Lock{Language: "1.26"}}}
	for i, text := range printed {
		var sum ledger.Outputs
		sum.Stream("stdout", text)
		r := ledger.Record{Name: "cell", Source: ledger.Digest(n.Cells[i].Source), Status: ledger.OK, Output: sum.Sum()}
		if ids {
			r.Cell = n.Cells[i].ID
		}
		list = append(list, r)
	}
	var c ledger.Chain
	for i := range list {
		c.Add(&list[i])
	}
	return list
}

func keep(t *testing.T, path string, records []ledger.Record) {
	t.Helper()
	var text []byte
	for _, r := range records {
		text = append(append(text, ledger.Canonical(r)...), '\n')
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Of several ledgers, the one counts that knows what the notebook shows: a file that another
// kernel wrote at the same time, an old one, one in the notebook.
func TestLedgerFindsTheRightOne(t *testing.T) {
	n := executed(t, "a", "b")
	n.Upgrade()
	for i, c := range n.Cells {
		c.ID = string(rune('p' + i))
	}
	path := filepath.Join(t.TempDir(), "x.ipynb")
	first, second := ledger.PathFor(path), strings.Replace(ledger.PathFor(path), ".jsonl", ".2.jsonl", 1)
	find := func() (runner.Found, error) { return runner.Ledger(n, path) }
	if f, err := find(); err != nil || f.Records != nil {
		t.Errorf("without any: %+v, %v", f, err)
	}
	old, right := recorded(true, n, "A", "B"), recorded(false, n, "a", "b") // as nbclient does, without ids
	keep(t, first, old)
	if f, err := find(); err != nil || f.Path != first {
		t.Errorf("an old one alone: %+v, %v", f, err)
	}
	if got := runner.Edited(n, old); len(got) != 2 {
		t.Errorf("edited by the old one: %v", got)
	}
	keep(t, second, right)
	keep(t, filepath.Join(filepath.Dir(path), "x.ledger.copy.jsonl"), right) // not a name of ours
	if f, err := find(); err != nil || f.Path != second || len(runner.Edited(n, f.Records)) != 0 {
		t.Errorf("beside an old one: %+v, %v", f, err)
	}
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	ledger.Store(n.Metadata, right)
	if f, err := find(); err != nil || f.Path != "" || len(f.Records) != 3 {
		t.Errorf("in the notebook: %+v, %v", f, err)
	}
	keep(t, first, right)
	if f, err := find(); err != nil || f.Path != "" || len(f.Records) != 3 {
		t.Errorf("in both places: %+v, %v", f, err)
	}
	keep(t, first, old)
	text, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(first, append(text, `{"torn`...), 0o644); err != nil {
		t.Fatal(err)
	}
	if f, err := find(); err != nil || len(f.Torn) != 1 || f.Torn[0] != first {
		t.Errorf("torn: %+v, %v", f, err)
	}
	text[len(text)/2] ^= 1
	if err := os.WriteFile(first, text, 0o644); err != nil {
		t.Fatal(err)
	}
	// The one in the notebook knows everything, so that the broken one does no harm.
	f, err := find()
	if err != nil || f.Path != "" || len(f.Records) != 3 || len(f.Rejected) != 1 {
		t.Errorf("changed, beside a whole one: %+v, %v", f, err)
	}
	var broken *ledger.Broken
	if !errors.As(f.Rejected[0], &broken) || !strings.Contains(broken.Error(), "x.ledger.jsonl, line 2: record 2 (cell) ") {
		t.Errorf("changed: %v", f.Rejected)
	}
	ledger.Store(n.Metadata, right[:2]) // knows one of the two
	if f, err := find(); !errors.As(err, &broken) || len(f.Records) != 2 {
		t.Errorf("changed, beside one that knows less: %+v, %v", f, err)
	}
	ledger.Remove(n.Metadata)
	if f, err := find(); !errors.As(err, &broken) || f.Records != nil {
		t.Errorf("changed, alone: %+v, %v", f, err)
	}
}
