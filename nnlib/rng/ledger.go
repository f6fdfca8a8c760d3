package rng

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Mark is a moment in the life of a ledger.
type Mark struct{ counts []uint64 }

// Ledger returns what was drawn since the last Reset (or Push), sorted by stream.
func (t *Tree) Ledger() []Entry {
	t.mu.Lock()
	began := t.top().began
	t.mu.Unlock()
	return t.book.since(began)
}

// Mark remembers this moment for Since.
func (t *Tree) Mark() Mark { return t.book.mark() }

// Since returns what was drawn since m, sorted by stream, whatever Resets lie between.
func (t *Tree) Since(m Mark) []Entry { return t.book.since(m) }

// Counter returns a function that enters words drawn by a generator that is not
// a Stream, such as a RandomState, into the ledger.
func (t *Tree) Counter(names ...any) func(words uint64) {
	c := t.book.counter(t.shown(texts(names)))
	return func(words uint64) { c.Add(words) }
}

// Enter adds draws that were made elsewhere, in another process say, to the ledger.
func (t *Tree) Enter(entries []Entry) {
	for _, e := range entries {
		t.book.counter(e.Stream).Add(e.Draws)
	}
}

// A book counts the draws of a tree and all its subs, by path.
type book struct {
	mu     sync.Mutex
	index  map[string]int // of a path in the lists below
	paths  []string       // in the order of their first use
	counts []*atomic.Uint64
}

func newBook() *book { return &book{index: map[string]int{}} }

func (b *book) counter(path string) *atomic.Uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	i, ok := b.index[path]
	if !ok {
		i = len(b.paths)
		b.index[path] = i
		b.paths, b.counts = append(b.paths, path), append(b.counts, new(atomic.Uint64))
	}
	return b.counts[i]
}

func (b *book) mark() Mark {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := Mark{make([]uint64, len(b.counts))}
	for i, c := range b.counts {
		m.counts[i] = c.Load()
	}
	return m
}

// at is the count of path i at the mark; paths that came later had none.
func (m Mark) at(i int) uint64 {
	if i < len(m.counts) {
		return m.counts[i]
	}
	return 0
}

func (b *book) since(m Mark) []Entry { return b.between(m, b.mark()) }

// between lists what was drawn from one mark to a later one, sorted by stream.
func (b *book) between(from, to Mark) []Entry {
	b.mu.Lock()
	paths := b.paths[:len(to.counts)]
	b.mu.Unlock()
	var entries []Entry
	for i, path := range paths {
		if n := to.at(i) - from.at(i); n > 0 {
			entries = append(entries, Entry{Stream: path, Draws: n})
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Stream, b.Stream) })
	return entries
}
