package engine

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"reprise/kernel/cell"
	"reprise/kernel/ledger"
	"reprise/kernel/modules"
	"reprise/nnlib/rng"
)

// facts gathers what one cell depends on and does, while it runs.
type facts struct {
	mu     sync.Mutex
	cell   Cell
	list   ledger.Facts
	inner  map[string]bool // names that the cell gave a value itself
	noted  map[ledger.Note]bool
	files  map[string]int // index in list.Files by path and mode
	marks  *rng.Watch
	drawn  []rng.Entry   // when the cell has ended
	shown  []ledger.Note // those that are said below the cell
	closed bool
}

func newFacts(c Cell, root *rng.Tree) *facts {
	f := &facts{cell: c, marks: root.Watch()}
	f.list.Seed = f.marks.Seed()
	return f
}

// note adds what may come out otherwise next time, once for each line. Quiet ones are not
// said below the cell: who writes %time knows that times differ.
func (f *facts) note(n ledger.Note, quiet bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n.In == f.cell.Name {
		n.In = ""
	}
	if !f.noted[n] && !f.closed {
		if f.noted == nil {
			f.noted = map[ledger.Note]bool{}
		}
		f.noted[n] = true
		f.list.Notes = append(f.list.Notes, n)
		if !quiet {
			f.shown = append(f.shown, n)
		}
	}
}

// flow adds what the text of a part of the cell says, before the part runs.
func (f *facts) flow(flow cell.Flow, versions map[string]string) {
	if f == nil {
		return
	}
	for _, h := range flow.Hazards {
		f.note(ledger.Note{Kind: hazardKinds[h.Kind], Name: h.Name, Line: h.Place.Line, In: h.Place.Cell}, false)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range flow.Reads {
		if !f.inner[name] {
			if f.list.Reads == nil {
				f.list.Reads = map[string]string{}
			}
			f.list.Reads[name] = versions[name]
		}
	}
	if f.inner == nil && len(flow.Writes) > 0 {
		f.inner = map[string]bool{}
	}
	for _, name := range flow.Writes {
		f.inner[name] = true
		f.list.Writes = insert(f.list.Writes, name)
	}
	for _, p := range flow.Packages {
		f.list.Packages = insert(f.list.Packages, p)
	}
}

// modules adds the versions of what was fetched.
func (f *facts) modules(list []modules.Module) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.list.Modules == nil {
		f.list.Modules = map[string]string{}
	}
	for _, m := range list {
		f.list.Modules[m.Path] = m.Version
	}
}

// insert adds a word to a sorted list that has it at most once.
func insert(list []string, word string) []string {
	if i, found := slices.BinarySearch(list, word); !found {
		return slices.Insert(list, i, word)
	}
	return list
}

// hazardKinds are the kinds of notes for what the text alone tells.
var hazardKinds = map[cell.HazardKind]string{
	cell.MapOrder: ledger.MapKeys, cell.Choice: ledger.Select, cell.Race: ledger.Race,
	cell.Network: ledger.Network, cell.Process: ledger.Process, cell.Unseeded: ledger.Entropy,
}

// finish completes the facts when the cell has ended. serial is a number that no other
// execution has.
func (f *facts) finish(s *seeds, serial int, m *memory) ledger.Facts {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	l := &f.list
	l.Chance = len(l.Notes) > 0
	for _, version := range l.Reads {
		l.Chance = l.Chance || m.chancy[version]
	}
	if m.chancySeed {
		l.Seed = 0
		l.Chance = l.Chance || len(f.marks.Continued()) > 0
	}
	for _, seed := range f.marks.Seeds() {
		l.Roots = append(l.Roots, strconv.FormatUint(seed, 10))
	}
	if len(l.Roots) > 0 {
		m.chancySeed = l.Chance
	}
	for _, seed := range s.taken {
		l.Entropy = append(l.Entropy, strconv.FormatUint(seed, 10))
	}
	f.drawn = f.marks.Drawn()
	var draws []ledger.Draw
	for _, e := range f.drawn {
		draws = append(draws, ledger.Draw{Stream: e.Stream, Draws: e.Draws})
	}
	l.Draws = ledger.Fold(draws)
	if len(l.Writes) > 0 {
		l.Version = f.version(serial)
	}
	return *l
}

// version names the values that the cell gave: the same text that read the same values and
// drew the same numbers gives the same values, unless something was noted.
func (f *facts) version(serial int) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", f.cell.Source)
	if len(f.list.Notes) > 0 {
		fmt.Fprintf(h, "execution %d\n", serial)
	}
	for _, name := range sortedNames(f.list.Reads) {
		fmt.Fprintf(h, "read %q %s\n", name, f.list.Reads[name])
	}
	if f.list.Chance {
		return fmt.Sprintf("%x", h.Sum(nil)[:8]) // the rest is another in each run
	}
	if at := f.marks.Continued(); len(at) > 0 {
		fmt.Fprintf(h, "seed %d\n", f.list.Seed)
		for _, e := range at {
			fmt.Fprintf(h, "stream %q at %d\n", e.Stream, e.Draws)
		}
	}
	for _, seed := range f.list.Entropy {
		fmt.Fprintf(h, "entropy %s\n", seed)
	}
	for _, x := range f.list.Files {
		fmt.Fprintf(h, "%s %q %s\n", x.Mode, x.Path, x.Hash)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}
