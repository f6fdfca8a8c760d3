package runner

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// A Found is the ledger of a notebook.
type Found struct {
	Records []ledger.Record // nil when there is none
	Path    string          // of the file beside the notebook; empty when it is in the notebook
	Torn    []string        // files whose last line a crash tore; it does not count
}

// Ledger finds the ledger of the notebook at path. A Jupyter client leaves it beside the
// notebook, in another file for each kernel that ran at the same time, and `reprise run` puts it
// into the notebook; the one that knows most of the outputs counts. The error tells of
// those that somebody has changed.
func Ledger(book *nb.Notebook, path string) (Found, error) {
	var best Found
	var errs []error
	most := -1
	consider := func(f Found, err error) {
		if err != nil {
			errs = append(errs, err)
		}
		if n := knows(book, f.Records); n > most && len(f.Records) > 0 {
			f.Torn = best.Torn
			best, most = f, n
		}
	}
	for _, file := range beside(path) {
		c, err := ledger.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if c.Torn != "" {
			best.Torn = append(best.Torn, file)
		}
		consider(Found{Records: c.Records, Path: file}, err)
	}
	records, err := ledger.Load(book.Metadata)
	consider(Found{Records: records}, err)
	return best, errors.Join(errs...)
}

// beside lists the ledgers beside a notebook.
func beside(path string) []string {
	first := ledger.PathFor(path)
	base := filepath.Base(strings.TrimSuffix(first, ".jsonl")) + "."
	list := []string{first}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return list // then there is no notebook either
	}
	for _, e := range entries {
		number, found := strings.CutPrefix(e.Name(), base)
		if n := 0; found && scan(number, &n) {
			list = append(list, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return list
}

// scan reads the "2.jsonl" of x.ledger.2.jsonl.
func scan(text string, n *int) bool {
	_, err := fmt.Sscanf(text, "%d.jsonl", n)
	return err == nil && text == fmt.Sprintf("%d.jsonl", *n)
}

// knows counts the cells whose text and outputs are those that the records have.
func knows(book *nb.Notebook, records []ledger.Record) (n int) {
	last, edited := ledger.Last(identified(book, records)), Edited(book, records)
	for i, c := range book.Cells {
		if r := last[c.ID]; c.Type == nb.Code && r != nil && c.ID != "" && r.Source == ledger.Digest(c.Source) && !slices.Contains(edited, i) {
			n++
		}
	}
	return n
}
