package diff

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// A Side is one of the two that are compared.
type Side struct {
	Name    string // of the file
	Folder  string // where its cells run
	Book    *nb.Notebook
	Records []ledger.Record // of the last session; empty when there is no ledger
}

// OnlyLedger reports whether there is no notebook that could be run again.
func (s *Side) OnlyLedger() bool { return s.Book == nil }

// NewSide is a notebook with the ledger that is in it, or else with the one beside it.
func NewSide(path string, book *nb.Notebook) (*Side, error) {
	s := &Side{Name: path, Folder: filepath.Dir(path), Book: book}
	records, err := ledger.Load(book.Metadata)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(records) == 0 {
		c, err := ledger.ReadFile(ledger.PathFor(path))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		records = c.Records
	}
	s.Records = lastSession(records)
	return s, nil
}

// LedgerSide is a ledger without its notebook.
func LedgerSide(path string) (*Side, error) {
	c, err := ledger.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(c.Records) == 0 {
		return nil, fmt.Errorf("%s: no record in it", path)
	}
	return &Side{Name: path, Folder: filepath.Dir(path), Records: lastSession(c.Records)}, nil
}

// IsLedger reports whether a file is a ledger by its name.
func IsLedger(path string) bool { return strings.HasSuffix(path, ".jsonl") }

// lastSession leaves the records from the last lock on.
func lastSession(records []ledger.Record) []ledger.Record {
	for i := len(records) - 1; i >= 0; i-- {
		if records[i].Lock != nil {
			return records[i:]
		}
	}
	return records
}

// code lists the code cells that say something.
func (s *Side) code() []*nb.Cell {
	if s.Book == nil {
		return s.cellsOfLedger()
	}
	var list []*nb.Cell
	for _, c := range s.Book.Cells {
		if c.Type == nb.Code && strings.TrimSpace(c.Source) != "" {
			list = append(list, c)
		}
	}
	return list
}

// cellsOfLedger stands in for the cells of a notebook that is not there: one for each
// execution, with the hash of its source for a source.
func (s *Side) cellsOfLedger() []*nb.Cell {
	var list []*nb.Cell
	for _, r := range s.Records {
		if r.Lock == nil {
			list = append(list, &nb.Cell{Type: nb.Code, ID: r.Cell, Source: r.Source})
		}
	}
	return list
}

// record returns the last execution of a cell; nil when the ledger has none. place is the cell's among the code cells.
func (s *Side) record(c *nb.Cell, place int) *ledger.Record {
	if s.OnlyLedger() {
		for i, n := 0, -1; i < len(s.Records); i++ {
			if s.Records[i].Lock == nil {
				n++
			}
			if n == place {
				return &s.Records[i]
			}
		}
		return nil
	}
	for i := len(s.Records) - 1; i >= 0; i-- {
		r := &s.Records[i]
		if r.Lock == nil && r.Source == ledger.Digest(c.Source) && (r.Cell == "" || c.ID == "" || r.Cell == c.ID) {
			return r
		}
	}
	return nil
}

func (s *Side) lock() (*ledger.Lock, *ledger.Machine) {
	for _, r := range s.Records {
		if r.Lock != nil {
			var m *ledger.Machine
			if r.Volatile != nil {
				m = r.Volatile.Machine
			}
			return r.Lock, m
		}
	}
	return nil, nil
}
