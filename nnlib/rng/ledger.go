package rng

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// A Mark is a moment in the life of a ledger.
type Mark struct{ counts map[string]uint64 }

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
	counts map[string]*atomic.Uint64
}

func newBook() *book { return &book{counts: map[string]*atomic.Uint64{}} }

func (b *book) counter(path string) *atomic.Uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.counts[path]
	if c == nil {
		c = new(atomic.Uint64)
		b.counts[path] = c
	}
	return c
}

func (b *book) mark() Mark {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := Mark{make(map[string]uint64, len(b.counts))}
	for _, path := range slices.Sorted(maps.Keys(b.counts)) {
		m.counts[path] = b.counts[path].Load()
	}
	return m
}

func (b *book) since(m Mark) []Entry {
	now := b.mark().counts
	var entries []Entry
	for _, path := range slices.Sorted(maps.Keys(now)) {
		if n := now[path] - m.counts[path]; n > 0 {
			entries = append(entries, Entry{Stream: path, Draws: n})
		}
	}
	return entries
}
