package engine

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"reprise/kernel/display"
	"reprise/kernel/ledger"
)

// An execution is one cell that has run, as the session remembers it.
type execution struct {
	place   int // among all of the session, from 0
	cell    Cell
	facts   ledger.Facts
	running int // goroutines that it left
	ok      bool
}

// A memory is what the session knows of the cells that ran.
type memory struct {
	list     []*execution
	last     map[string]*execution      // by cell id
	gave     map[string]map[string]bool // versions that a cell gave and that somebody may still use, by cell id
	versions map[string]string          // of the values that the names have now
	holders  map[string]int             // how many names have a version
	readers  map[string]map[string]bool // ids of the cells that used a version when they ran last
	chancy   map[string]bool            // versions of values that chance had a part in
	// chancySeed says that the seed in force came from the clock, say.
	chancySeed bool
}

func newMemory() *memory {
	return &memory{last: map[string]*execution{}, gave: map[string]map[string]bool{}, versions: map[string]string{},
		holders: map[string]int{}, readers: map[string]map[string]bool{}, chancy: map[string]bool{}}
}

// forget forgets the values, as %reset does. What ran stays known.
func (m *memory) forget() {
	fresh := newMemory()
	fresh.list = m.list
	*m = *fresh
}

// add remembers an execution and returns the cells whose outputs were made from values that
// it has replaced: the cell had run before, they have read what it gave then, and now
// it gives something else.
func (m *memory) add(x *execution) (stale []stale) {
	x.place = len(m.list)
	m.list = append(m.list, x)
	for _, name := range x.facts.Writes {
		m.give(name, x.facts.Version)
	}
	if x.facts.Chance {
		m.chancy[x.facts.Version] = true
	}
	id := x.cell.ID
	if id == "" {
		return nil
	}
	if m.gave[id] == nil {
		m.gave[id] = map[string]bool{}
	}
	m.read(id, x)
	m.last[id] = x
	if x.facts.Version != "" {
		m.gave[id][x.facts.Version] = true
	}
	return m.stale(id)
}

// give lets a name have the value of that version.
func (m *memory) give(name, version string) {
	if before := m.versions[name]; m.holders[before] > 1 {
		m.holders[before]--
	} else {
		delete(m.holders, before)
	}
	m.versions[name] = version
	m.holders[version]++
}

// read enters what cell id has read in x, and forgets what it read when it ran before.
func (m *memory) read(id string, x *execution) {
	if before := m.last[id]; before != nil {
		for _, version := range before.facts.Reads {
			delete(m.readers[version], id)
			if len(m.readers[version]) == 0 {
				delete(m.readers, version)
			}
		}
	}
	for _, version := range x.facts.Reads {
		if version == "" {
			continue
		}
		if m.readers[version] == nil {
			m.readers[version] = map[string]bool{}
		}
		m.readers[version][id] = true
	}
}

// stale is a cell whose output is out of date, and the names it used.
type stale struct {
	name  string
	names []string
}

// stale lists the cells that used what cell id gave in an earlier execution.
func (m *memory) stale(id string) (list []stale) {
	var readers []*execution
	for version := range m.gave[id] {
		for reader := range m.readers[version] {
			if reader != id {
				readers = append(readers, m.last[reader])
			}
		}
		if len(m.readers[version]) == 0 && m.holders[version] == 0 {
			delete(m.gave[id], version)
		}
	}
	slices.SortFunc(readers, func(a, b *execution) int { return a.place - b.place })
	for _, x := range slices.Compact(readers) {
		var names []string
		for name, version := range x.facts.Reads {
			if m.gave[id][version] && m.versions[name] != version && slices.Contains(m.last[id].facts.Writes, name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
			list = append(list, stale{x.cell.Name, names})
		}
	}
	return list
}

// notice is the quiet line below a cell that says what its reader should know; nil when there is nothing.
func notice(notes []ledger.Note, out []stale) *display.Bundle {
	var lines []string
	if len(notes) > 0 {
		lines = append(lines, "note: this cell may give something else next time")
		for _, n := range notes {
			lines = append(lines, "  "+n.Sentence())
		}
	}
	if len(out) > 0 {
		var cells []string
		for _, s := range out {
			cells = append(cells, fmt.Sprintf("%s (uses %s)", s.name, strings.Join(s.names, ", ")))
		}
		lines = append(lines, "note: out of date now: "+strings.Join(cells, ", "))
	}
	if lines == nil {
		return nil
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString("<br>")
		}
		b.WriteString(html.EscapeString(strings.TrimSpace(l)))
	}
	return &display.Bundle{Data: map[string]any{
		display.Text: strings.Join(lines, "\n"),
		display.HTML: "<small>" + b.String() + "</small>",
	}}
}
