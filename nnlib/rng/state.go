package rng

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
)

// State is a digest of all that later draws depend on: the seeds in force, how far each
// stream has been drawn, what was numbered, and which kinds of locals there are. Equal
// states draw alike; what was pushed and popped in between has left no trace.
//
// It looks at every stream only when something was drawn or changed since it was asked last: it is asked
// before and after every cell, and a session may have thousands of streams.
func (t *Tree) State() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if k := t.known; k.text != "" && k.changes == t.changes && len(t.book.since(k.began)) == 0 {
		return k.text
	}
	k := known{changes: t.changes, began: t.book.mark()} // first: what is drawn meanwhile counts as later
	k.text = t.state()
	t.known = k
	return k.text
}

// A known state holds until the tree is changed or something is drawn after began.
type known struct {
	text    string
	changes int
	began   Mark
}

func (t *Tree) state() string {
	h := sha256.New()
	for _, l := range t.levels {
		fmt.Fprintf(h, "level %d\n", l.seed)
		for _, p := range slices.Sorted(maps.Keys(l.streams)) {
			if n := l.streams[p].next.Load(); n > 0 {
				fmt.Fprintf(h, "stream %q %d\n", p, n)
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(l.numbers)) {
			fmt.Fprintf(h, "number %q %d\n", kind, l.numbers[kind])
		}
		var locals []string
		for _, key := range slices.Collect(maps.Keys(l.locals)) { // sorted as text below
			locals = append(locals, fmt.Sprintf("local %T %T\n", key, l.locals[key]))
		}
		slices.Sort(locals)
		fmt.Fprint(h, locals)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
