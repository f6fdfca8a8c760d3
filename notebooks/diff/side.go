package diff

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// A Side is one of the two that are compared.
type Side struct {
	Name    string // of the file
	Folder  string // where its cells run
	Book    *nb.Notebook
	Records []ledger.Record // of the last session; empty when there is no ledger
	Ledger  runner.Found    // where they come from

	// executions says that Book has a cell for each record, in the order of execution, and
	// no outputs: their digests are in the records.
	executions bool
}

// OnlyLedger reports whether there is no notebook that could be run again.
func (s *Side) OnlyLedger() bool { return s.Book == nil }

// showsNothing reports whether outputs are known by their digests alone.
func (s *Side) showsNothing() bool { return s.Book == nil || s.executions }

// bare is the ledger of s alone.
func (s *Side) bare() (*Side, error) {
	if len(s.Records) == 0 {
		return nil, fmt.Errorf("diff: %s has no ledger that could be compared with the other one; reprise run makes one", s.Name)
	}
	return &Side{Name: s.Name, Folder: s.Folder, Records: s.Records}, nil
}

// NewSide is a notebook with its ledger, in it or beside it.
func NewSide(path string, book *nb.Notebook) (*Side, error) {
	found, err := runner.Ledger(book, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Side{Name: path, Folder: filepath.Dir(path), Book: book, Records: lastSession(found.Records), Ledger: found}, nil
}

// LedgerSide is a ledger. When the notebook beside it has the texts of all its cells, they can
// be run again, in the order in which they were.
func LedgerSide(path string) (*Side, error) {
	c, err := ledger.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(c.Records) == 0 {
		return nil, fmt.Errorf("%s: no record in it", path)
	}
	s := &Side{Name: path, Folder: filepath.Dir(path), Records: lastSession(c.Records)}
	if c.Torn != "" {
		s.Ledger.Torn = []string{path}
	}
	if book, err := nb.ReadFile(besideLedger.ReplaceAllString(path, ".ipynb")); err == nil { // without it, less can be told
		s.Book = s.rebuilt(book)
		s.executions = s.Book != nil
	}
	return s, nil
}

// besideLedger is how the name of a ledger beside a notebook ends.
var besideLedger = regexp.MustCompile(`\.ledger(\.\d+)?\.jsonl$`)

// rebuilt makes the notebook of what was executed, from the texts in book; nil when one is not there.
func (s *Side) rebuilt(book *nb.Notebook) *nb.Notebook {
	texts := map[string]string{}
	for _, c := range book.Cells {
		texts[ledger.Digest(c.Source)] = c.Source
	}
	made := &nb.Notebook{Metadata: book.Metadata}
	for _, c := range s.cellsOfLedger() {
		text, known := texts[c.Source]
		if !known {
			return nil
		}
		c.ID, c.Source = "", text // an id may come twice
		made.Cells = append(made.Cells, c)
	}
	return made
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
			c := &nb.Cell{Type: nb.Code, ID: r.Cell, Source: r.Source}
			var n int
			if _, err := fmt.Sscanf(r.Name, "cell [%d]", &n); err == nil {
				c.Count = &n
			}
			list = append(list, c)
		}
	}
	return list
}

// record returns the last execution of a cell; nil when the ledger has none. place is the cell's among the code cells.
func (s *Side) record(c *nb.Cell, place int) *ledger.Record {
	if s.showsNothing() {
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

// lock is what the notebook was made with: what `reprise lock` wrote into it, else what its ledger has.
func (s *Side) lock() (*ledger.Lock, *ledger.Machine, error) {
	var metadata map[string]any
	if s.Book != nil && !s.executions {
		metadata = s.Book.Metadata
	}
	return ledger.LoadLock(metadata, s.Records)
}
