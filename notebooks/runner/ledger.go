package runner

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// A Journal keeps records while a run goes on, so that it can be resumed after a crash.
type Journal interface{ Add(r *ledger.Record) error }

// A keeper makes the ledger of one run.
type keeper struct {
	options Options
	chain   ledger.Chain
	records []ledger.Record
	resume  []ledger.Record // of an earlier run, those that are still to come
	// confirmed counts the cells that gave what the earlier run had from them.
	confirmed int
}

// begin opens the session.
func (k *keeper) begin(o Options) error {
	k.options, k.resume = o, o.Resume
	if o.Lock == nil {
		return nil
	}
	return k.add(&ledger.Record{Lock: o.Lock, Volatile: &ledger.Volatile{Machine: o.Machine}})
}

func (k *keeper) add(r *ledger.Record) error {
	if k.options.Journal != nil {
		copied := *r
		if err := k.options.Journal.Add(&copied); err != nil {
			return err
		}
	}
	k.chain.Add(r)
	k.records = append(k.records, *r)
	return nil
}

// before gives a cell what the earlier run had taken from entropy and from people.
func (k *keeper) before(c *engine.Cell, rec *recorder) {
	if len(k.resume) == 0 {
		return
	}
	for _, text := range k.resume[0].Entropy {
		if seed, err := strconv.ParseUint(text, 10, 64); err == nil {
			c.Seeds = append(c.Seeds, seed)
		}
	}
	rec.answers = k.resume[0].Answers
}

// after enters a cell that has run, and compares it with the earlier run.
func (k *keeper) after(r *ledger.Record, fault *engine.Fault) error {
	if r == nil || k.options.Lock == nil {
		return nil
	}
	if fault != nil && fault.Name != r.Status {
		r.Status, r.Output = fault.Name, "" // stopped by the run, not by itself
	}
	if err := k.add(r); err != nil || len(k.resume) == 0 {
		return err
	}
	old := k.resume[0]
	k.resume = k.resume[1:]
	switch {
	case old.Output == r.Output:
		k.confirmed++
	case len(old.Notes) == 0: // with notes, it was known that it may differ
		return &Parted{Cell: r.Name, Confirmed: k.confirmed, Was: old, Is: *r}
	}
	return nil
}

// Parted says that a cell gave something else than in the run that is resumed.
type Parted struct {
	Cell      string
	Confirmed int
	Was, Is   ledger.Record
}

func (p *Parted) Error() string {
	return fmt.Sprintf("%s gives something else than in the run that is resumed (output %.12s, was %.12s); run without --resume", p.Cell, p.Is.Output, p.Was.Output)
}

// Resumable is the part of an earlier run that a notebook can take up: the executions of
// its first cells, from the last session of the ledger, as long as their texts are the same.
func Resumable(book *nb.Notebook, records []ledger.Record) []ledger.Record {
	for i := len(records) - 1; i >= 0; i-- {
		if records[i].Lock != nil {
			records = records[i+1:]
			break
		}
	}
	var list []ledger.Record
	for _, i := range executed(book, codeCells(book)) {
		c, n := book.Cells[i], len(list)
		if n == len(records) || records[n].Status != ledger.OK || records[n].Cell != c.ID || records[n].Source != ledger.Digest(c.Source) {
			break
		}
		list = append(list, records[n])
	}
	return list
}

// cellTexts are the notebook's cells as the ledger sees them.
func cellTexts(book *nb.Notebook) []ledger.CellText {
	var list []ledger.CellText
	for _, c := range book.Cells {
		t := ledger.CellText{ID: c.ID, Source: c.Source, Shows: len(c.Outputs) > 0}
		if c.Type != nb.Code {
			t.ID = ""
		}
		list = append(list, t)
	}
	return list
}

// OutOfDate tells which cells of a notebook show something that is out of date, by index, with
// the reason, as its ledger knows it.
func OutOfDate(book *nb.Notebook, records []ledger.Record) map[int]string {
	return ledger.Stale(cellTexts(book), identified(book, records))
}

// identified gives records of clients that do not tell the ids of cells (nbclient), or tell others
// (VS Code), the id of the one cell that has their text.
func identified(book *nb.Notebook, records []ledger.Record) []ledger.Record {
	ids, texts := map[string]bool{}, map[string][]string{}
	for _, c := range book.Cells {
		if c.Type == nb.Code && c.ID != "" {
			ids[c.ID] = true
			sum := ledger.Digest(c.Source)
			texts[sum] = append(texts[sum], c.ID)
		}
	}
	other := map[string]string{} // id in the notebook by another id
	identify := func(id *string, source string) {
		if ids[*id] {
			return
		}
		if same := texts[source]; len(same) == 1 {
			if *id != "" {
				other[*id] = same[0]
			}
			*id = same[0]
		} else if other[*id] != "" {
			*id = other[*id]
		}
	}
	list := slices.Clone(records)
	for i := range list {
		r := &list[i]
		if r.Lock == nil {
			identify(&r.Cell, r.Source)
		}
		r.Changed = slices.Clone(r.Changed)
		for k := range r.Changed {
			identify(&r.Changed[k].Cell, r.Changed[k].Source)
		}
	}
	return list
}

// Edited lists, by index, cells whose saved outputs are not those that the ledger has of
// their last execution.
func Edited(book *nb.Notebook, records []ledger.Record) (list []int) {
	records = identified(book, records)
	last, shown := ledger.Last(records), ledger.Shown(records)
	for i, c := range book.Cells {
		r := last[c.ID]
		if c.Type != nb.Code || r == nil || c.ID == "" || r.Output == "" || leftRunning(r) || r.Source != ledger.Digest(c.Source) {
			continue
		}
		if sum, known := OutputSum(c), shown[c.ID]; sum != known.Output && sum != known.Terminal {
			list = append(list, i)
		}
	}
	return list
}

// leftRunning reports whether goroutines of the cell may have gone on printing.
func leftRunning(r *ledger.Record) bool { return r.Volatile != nil && r.Volatile.Running > 0 }

// OutputSum is the digest of a cell's saved outputs, as a ledger has it.
func OutputSum(c *nb.Cell) string {
	var sum ledger.Outputs
	for _, o := range c.Outputs {
		switch o.Type {
		case nb.Stream:
			sum.Stream(o.Name, o.Text)
		case nb.DisplayData:
			sum.Display(o.Data, o.Metadata, "", false)
		case nb.ExecuteResult:
			sum.Result(o.Data, o.Metadata)
		case nb.Error:
			sum.Error(o.EName, o.EValue)
		}
	}
	return sum.Sum()
}

// ChangedFiles says which files that cells read are others now; folder is the notebook's.
func ChangedFiles(records []ledger.Record, folder string, hash func(path string) string) (list []string) {
	last, by := map[string]string{}, map[string]string{}
	var order []string
	for _, r := range records {
		for _, f := range r.Files {
			if _, known := last[f.Path]; !known {
				order = append(order, f.Path)
			}
			last[f.Path], by[f.Path] = f.Hash, r.Name
		}
	}
	for _, path := range order {
		if last[path] == "" {
			continue
		}
		at := path
		if !filepath.IsAbs(at) {
			at = filepath.Join(folder, at)
		}
		switch now := hash(at); {
		case now == "":
			list = append(list, fmt.Sprintf("%s, which %s used, is not there", path, by[path]))
		case now != last[path]:
			list = append(list, fmt.Sprintf("%s has changed since %s used it", path, by[path]))
		}
	}
	return list
}
