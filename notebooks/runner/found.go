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
	Records  []ledger.Record // nil when there is none
	Path     string          // of the file beside the notebook; empty when it is in the notebook
	Torn     []string        // files whose last line a crash tore; it does not count
	Rejected []error         // ledgers that are not believed: each names its file, the line and why
}

// Ledger finds the ledger of the notebook at path. A Jupyter client leaves it beside the
// notebook, in another file for each kernel that ran at the same time or found a broken one, and
// `reprise run` puts it into the notebook; of those that are whole, the one that knows most of
// the outputs counts, and of two that know as much the one in the notebook, as it is the same
// everywhere. One that is broken is not believed. The error tells of those, unless
// the one that counts knows everything that the notebook shows, so that they could add nothing.
func Ledger(book *nb.Notebook, path string) (Found, error) {
	list, f := candidates(book, path)
	most := -1
	for _, c := range list {
		if n := knows(book, c.Records); n > most || n == most && c.Path == "" {
			f.Records, f.Path, most = c.Records, c.Path, n
		}
	}
	if len(f.Rejected) > 0 && (most < 0 || most < ran(book)) {
		return f, errors.Join(f.Rejected...)
	}
	return f, nil
}

// Earlier finds the run of a notebook that can be taken up: of the ledgers beside it the one with
// the most executions that Resumable takes, else the one in the notebook.
func Earlier(book *nb.Notebook, path string) ([]ledger.Record, Found, error) {
	list, f := candidates(book, path)
	var best []ledger.Record
	for _, c := range list {
		if c.Path == "" && len(best) > 0 {
			continue
		}
		if r := Resumable(book, c.Records); len(r) > len(best) {
			best, f.Records, f.Path = r, c.Records, c.Path
		}
	}
	if len(best) == 0 {
		return nil, f, errors.Join(f.Rejected...)
	}
	return best, f, nil
}

// candidates lists the whole ledgers of a notebook, those beside it first, and what is not to be believed.
func candidates(book *nb.Notebook, path string) (whole []Found, f Found) {
	for _, file := range beside(path) {
		c, err := ledger.ReadFile(file)
		switch {
		case errors.Is(err, os.ErrNotExist):
			continue
		case err != nil:
			f.Rejected = append(f.Rejected, err)
		case len(c.Records) > 0:
			whole = append(whole, Found{Records: c.Records, Path: file})
		}
		if c.Torn != "" {
			f.Torn = append(f.Torn, file)
		}
	}
	records, err := ledger.Load(book.Metadata)
	var broken *ledger.Broken
	if errors.As(err, &broken) {
		broken.In = "the notebook"
	}
	switch {
	case err != nil:
		f.Rejected = append(f.Rejected, err)
	case len(records) > 0:
		whole = append(whole, Found{Records: records})
	}
	return whole, f
}

// ran counts the cells that were run or show something, so that a ledger should know them.
func ran(book *nb.Notebook) (n int) {
	for _, i := range executed(book, codeCells(book)) {
		if c := book.Cells[i]; c.Count != nil || len(c.Outputs) > 0 {
			n++
		}
	}
	return n
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
