package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// A proof is what the ledger of a notebook says before anything is run.
type proof struct {
	lines  []string
	broken bool // somebody changed the ledger or the outputs
	stale  map[int]string
}

func (p *proof) say(format string, args ...any) {
	p.lines = append(p.lines, fmt.Sprintf(format, args...))
}

// checkLedger looks at the ledger of the notebook at path.
func checkLedger(book *nb.Notebook, path string) *proof {
	p := &proof{}
	found, err := runner.Ledger(book, path)
	records := found.Records
	sayTorn(found)
	for _, why := range found.Rejected {
		p.say("ledger: broken: %s; it is not believed", strings.TrimPrefix(why.Error(), "ledger: "))
	}
	p.broken = err != nil
	switch {
	case p.broken && len(records) > 0:
		p.say("ledger: %d records%s, whole, root %.12s; they do not know all that the notebook shows", len(records), where(found), ledger.Root(records))
	case p.broken:
		return p
	case len(records) == 0:
		p.say("ledger: none; `reprise run` makes one")
		if name := kernelOf(book); name != "" && name != kernelName {
			p.say("  the notebook names the kernel %s: its outputs may be written in another way than ours", name)
		}
	default:
		p.say("ledger: %d records%s, whole, root %.12s", len(records), where(found), ledger.Root(records))
	}
	for _, i := range runner.Edited(book, records) {
		p.broken = true
		p.say("  %s: its saved outputs are not those that the ledger has of it", cellName(book, i))
	}
	p.stale = runner.OutOfDate(book, records)
	for i := range book.Cells {
		if why := p.stale[i]; why != "" {
			p.say("  %s is out of date: %s", cellName(book, i), why)
		}
	}
	for _, line := range runner.ChangedFiles(records, filepath.Dir(path), ledger.FileDigest) {
		p.say("  %s", line)
	}
	p.environment(book, records)
	return p
}

// kernelName is that of the kernelspec, unless its user chose another.
const kernelName = "reprise"

// kernelOf is the kernel that a notebook names.
func kernelOf(book *nb.Notebook) string {
	spec, _ := book.Metadata["kernelspec"].(map[string]any)
	name, _ := spec["name"].(string)
	return name
}

// where says which file holds a ledger that is not in the notebook.
func where(f runner.Found) string {
	switch {
	case f.Path == "" && len(f.Rejected) > 0:
		return " in the notebook"
	case f.Path == "":
		return ""
	}
	return " in " + filepath.Base(f.Path)
}

// sayDoubts says which ledgers count only in part, or not at all.
func sayDoubts(f runner.Found) {
	sayTorn(f)
	for _, why := range f.Rejected {
		say(fmt.Sprintf("reprise: %v; it is not believed", why))
	}
}

func sayTorn(f runner.Found) {
	for _, path := range f.Torn {
		say(fmt.Sprintf("reprise: the last line of %s was torn by a crash and does not count", path))
	}
}

// environment says what the notebook was made with, where that is not what it is verified with.
func (p *proof) environment(book *nb.Notebook, records []ledger.Record) {
	l, m, err := ledger.LoadLock(book.Metadata, records)
	if err != nil {
		p.broken = true
		p.say("lock: %v", err)
		return
	}
	if l == nil {
		return
	}
	list := l.Differences(locked())
	if m != nil {
		list = append(list, m.Differences(machine())...)
	}
	if len(list) > 0 {
		p.say("made with something else; the bits must be the same nevertheless:")
		for _, line := range list {
			p.say("  %s", line)
		}
	}
}

func cellName(book *nb.Notebook, i int) string {
	if c := book.Cells[i].Count; c != nil {
		return fmt.Sprintf("cell [%d]", *c)
	}
	return fmt.Sprintf("cell %d of the notebook", i+1)
}
