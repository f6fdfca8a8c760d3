package rng

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
	return t.book.counter(t.shown(texts(names))).Add
}

// Enter adds draws that were made elsewhere, in another process say, to the ledger.
func (t *Tree) Enter(entries []Entry) {
	for _, e := range entries {
		t.book.counter(e.Stream).Add(e.Draws)
	}
}
