package worker

import (
	"cmp"
	"slices"
	"sync"

	"reprise/kernel/display"
	"reprise/kernel/ledger"
)

// displays knows which cells show what can be updated, so that a cell which updates what an
// earlier one shows says so in the ledger.
type displays struct {
	mu sync.Mutex
	by map[string][]*record // by display id
}

func newDisplays() *displays { return &displays{by: map[string][]*record{}} }

// begin forgets what the cell of r showed when it ran before.
func (d *displays) begin(r *record) {
	if r.cell.ID == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, list := range d.by {
		d.by[id] = slices.DeleteFunc(list, func(old *record) bool { return old.cell.ID == r.cell.ID })
	}
}

// show enters a display of r, or an update, and brings it to the other cells that show the same id.
func (d *displays) show(r *record, b display.Bundle, id string, update bool) {
	if d == nil || id == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, old := range d.by[id] {
		if old != r {
			old.shown.Display(b.Data, b.Metadata, id, true)
			r.changed = insert(r.changed, old)
		}
	}
	if !update {
		d.by[id] = insert(d.by[id], r)
	}
}

func insert(list []*record, r *record) []*record {
	if slices.Contains(list, r) {
		return list
	}
	return append(list, r)
}

// changes are the cells whose outputs r has changed, as they are now.
func (d *displays) changes(r *record) (list []ledger.Change) {
	if d == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, old := range r.changed {
		c := ledger.Change{Cell: old.cell.ID, Output: old.shown.Sum(), Terminal: old.shown.Terminal()}
		if c.Cell == "" {
			c.Source = ledger.Digest(old.cell.Source)
		}
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b ledger.Change) int {
		return cmp.Or(cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Source, b.Source))
	})
	return list
}
