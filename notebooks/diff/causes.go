package diff

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// A Cause is something that can be read and that can make results differ.
type Cause struct {
	Kind string `json:"kind"` // one of kinds
	Cell string `json:"cell,omitempty"`
	What string `json:"what"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// causes compares what the two were made from.
func (d *differ) causes() []Cause {
	list := append(d.sources(), d.order()...)
	list = append(list, d.versions()...)
	var inForce [2]string
	for _, c := range d.couples {
		if c.a < 0 || c.b < 0 {
			continue
		}
		x, y := d.a.record(d.cellsA[c.a], c.a), d.b.record(d.cellsB[c.b], c.b)
		if x == nil || y == nil {
			continue
		}
		cell := label(d.cellsA[c.a], c.a)
		began := [2]string{fmt.Sprint(x.Seed), fmt.Sprint(y.Seed)}
		known := began == inForce && slices.Equal(x.Roots, y.Roots) // from a cell above
		inForce = [2]string{lastOf(began[0], x.Roots), lastOf(began[1], y.Roots)}
		if !known && (x.Seed != y.Seed || !slices.Equal(x.Roots, y.Roots)) {
			list = append(list, Cause{"seed", cell, "seed", seeds(x), seeds(y)})
		}
		if !slices.Equal(x.Entropy, y.Entropy) {
			list = append(list, Cause{"seed", cell, "%seed random took", strings.Join(x.Entropy, " "), strings.Join(y.Entropy, " ")})
		}
		for _, path := range slices.Sorted(maps.Keys(x.Modules)) {
			if now, both := y.Modules[path]; both && now != x.Modules[path] {
				list = append(list, Cause{"version", cell, path, x.Modules[path], now})
			}
		}
		list = append(list, files(cell, x, y)...)
		list = append(list, chances(cell, x, y)...)
	}
	slices.SortStableFunc(list, func(a, b Cause) int { return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind) })
	return list
}

// kinds are those of causes, in the order in which they are told.
var kinds = []string{"seed", "version", "machine", "file", "source", "order", "chance"}

func lastOf(first string, list []string) string {
	if len(list) > 0 {
		return list[len(list)-1]
	}
	return first
}

// sources lists cells that only one has, and cells whose text is another.
func (d *differ) sources() []Cause {
	var list []Cause
	for _, c := range d.couples {
		switch {
		case d.a.OnlyLedger() && c.a >= 0 && c.b >= 0 && d.cellsA[c.a].Source != d.cellsB[c.b].Source:
			list = append(list, Cause{"source", label(d.cellsA[c.a], c.a), "its text", sha(d.cellsA[c.a].Source), sha(d.cellsB[c.b].Source)})
		case c.b < 0:
			list = append(list, Cause{"source", label(d.cellsA[c.a], c.a), "cell only in A", d.firstLine(d.cellsA[c.a]), ""})
		case c.a < 0:
			list = append(list, Cause{"source", label(d.cellsB[c.b], c.b), "cell only in B", "", d.firstLine(d.cellsB[c.b])})
		case text(d.cellsA[c.a]) != text(d.cellsB[c.b]):
			list = append(list, changed(label(d.cellsA[c.a], c.a), text(d.cellsA[c.a]), text(d.cellsB[c.b])))
		}
	}
	return list
}

// changed names the first line of a cell that differs.
func changed(cell, a, b string) Cause {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(x), len(y)) {
		if l, r := at(x, i), at(y, i); l != r {
			if trimmed := strings.TrimSpace(l); trimmed != strings.TrimSpace(r) {
				l, r = trimmed, strings.TrimSpace(r)
			}
			return Cause{"source", cell, fmt.Sprintf("line %d", i+1), l, r}
		}
	}
	panic("internal error: diff: equal sources differ")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// order says whether the cells of both were run in the same order.
func (d *differ) order() []Cause {
	last := couple{}
	for _, c := range d.couples {
		if c.a < 0 || c.b < 0 || d.cellsA[c.a].Count == nil || d.cellsB[c.b].Count == nil {
			continue
		}
		now := couple{*d.cellsA[c.a].Count, *d.cellsB[c.b].Count}
		if (now.a > last.a) != (now.b > last.b) {
			say := func(after bool) string {
				if after {
					return "run after the cells above it"
				}
				return "run before a cell above it"
			}
			return []Cause{{"order", label(d.cellsA[c.a], c.a), "order", say(now.a > last.a), say(now.b > last.b)}}
		}
		last = now
	}
	return nil
}

func (d *differ) versions() []Cause {
	var list []Cause
	x, m, errA := d.a.lock()
	y, n, errB := d.b.lock()
	if err := errors.Join(errA, errB); err != nil {
		d.note("%v", err)
	}
	if x != nil && y != nil {
		for _, s := range x.Differences(y) {
			list = append(list, sentence("version", s))
		}
	}
	if m != nil && n != nil {
		for _, s := range m.Differences(n) {
			list = append(list, sentence("machine", s))
		}
	}
	return list
}

// sentence takes "Go: 1.25, now 1.26" apart.
func sentence(kind, s string) Cause {
	what, both, _ := strings.Cut(s, ": ")
	a, b, _ := strings.Cut(both, ", now ")
	return Cause{kind, "", what, a, b}
}

func seeds(r *ledger.Record) string {
	return strings.Join(append([]string{fmt.Sprint(r.Seed)}, r.Roots...), ", then ")
}

// files lists data that have changed.
func files(cell string, x, y *ledger.Record) []Cause {
	hashes := func(r *ledger.Record) map[string]string {
		m := map[string]string{}
		for _, f := range r.Files {
			if f.Mode == ledger.ForReading && m[f.Path] == "" {
				m[f.Path] = f.Hash
			}
		}
		return m
	}
	a, b := hashes(x), hashes(y)
	var list []Cause
	for _, path := range slices.Sorted(maps.Keys(a)) {
		if _, both := b[path]; both && a[path] != b[path] {
			list = append(list, Cause{"file", cell, path, sha(a[path]), sha(b[path])})
		}
	}
	return list
}

func sha(hash string) string {
	if hash == "" {
		return "could not be read"
	}
	return "sha256 " + hash[:min(12, len(hash))]
}

// chances lists what in a cell may come out otherwise in every run: a cause that needs no other one.
func chances(cell string, x, y *ledger.Record) []Cause {
	var list []Cause
	for _, n := range x.Notes {
		if slices.Contains(y.Notes, n) {
			list = append(list, Cause{"chance", cell, n.Sentence(), "", ""})
		}
	}
	return list
}

// label is what the cell's prompt shows, or its place among the code cells.
func label(c *nb.Cell, place int) string {
	if c.Count != nil {
		return fmt.Sprintf("[%d]", *c.Count)
	}
	return fmt.Sprintf("code cell %d", place+1)
}

// firstLine is the first line of a cell that says something; of a cell in a ledger, the hash of its text.
func (d *differ) firstLine(c *nb.Cell) string {
	if d.a.OnlyLedger() {
		return "text with " + sha(c.Source)
	}
	return firstLine(c.Source)
}

// firstLine is the first line of a cell that says something.
func firstLine(source string) string {
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}
