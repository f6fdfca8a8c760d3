package ledger

import (
	"fmt"
	"slices"
)

// A CellText is a cell of a notebook as it stands.
type CellText struct {
	ID, Source string
	Shows      bool // it has outputs
}

// Stale tells which cells show something else than the notebook would give from top to
// bottom, as far as the ledger knows: by index, with the reason. A cell is out of date
// when its text was changed after it ran, or when a value that it used is not the one
// that the cells above it gave last. Cells that the ledger does not know are not judged.
func Stale(cells []CellText, records []Record) map[int]string {
	last := Last(records)
	given := map[string]string{} // version by name, from the cells above
	giver := map[string]string{}
	stale := map[int]string{}
	for i, c := range cells {
		r := last[c.ID]
		if r == nil || c.ID == "" {
			continue
		}
		if why := r.stale(c, given, giver); why != "" && c.Shows {
			stale[i] = why
		}
		for _, name := range r.Writes {
			given[name], giver[name] = r.Version, r.Name
		}
	}
	return stale
}

// stale is the reason why the last execution of a cell is out of date, or "".
func (r *Record) stale(c CellText, given, giver map[string]string) string {
	if r.Source != Digest(c.Source) {
		return "its text was changed after it was run"
	}
	var names []string
	for name := range r.Reads {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		saw := r.Reads[name]
		now, isGiven := given[name]
		switch {
		case saw == "" || saw == now:
		case isGiven:
			return fmt.Sprintf("it used another %s than the one that %s gives now", name, giver[name])
		default:
			return fmt.Sprintf("it used %s, which no cell above it gives", name)
		}
	}
	return ""
}
