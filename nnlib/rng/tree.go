package rng

import (
	"encoding/binary"
	"sync"
)

// A Tree is one seed and everything random that grows from it. It is safe for
// use by several goroutines.
type Tree struct {
	mu         sync.Mutex
	prefix     []string // of the ledger's paths; empty but for a Sub
	book       *book    // shared with every Sub
	levels     []*level // the last one is in force; Push adds one
	generation int
	watch      *Watch // nil when nobody watches
	changes    int    // of levels, numbers and locals so far
	known      known  // State as it was made last
}

// A level is what one Reset or Push began.
type level struct {
	seed       uint64
	generation int
	began      Mark
	streams    map[string]*Stream // by path
	numbers    map[string]int
	locals     map[any]any
}

// Root returns a new Tree grown from seed.
func Root(seed uint64) *Tree { return newTree(seed, nil, newBook()) }

func newTree(seed uint64, prefix []string, b *book) *Tree {
	t := &Tree{prefix: prefix, book: b}
	t.levels = []*level{t.newLevel(seed)}
	return t
}

func (t *Tree) newLevel(seed uint64) *level {
	t.generation++
	t.changes++
	return &level{seed: seed, generation: t.generation, began: t.book.mark(),
		streams: map[string]*Stream{}, numbers: map[string]int{}, locals: map[any]any{}}
}

func (t *Tree) top() *level { return t.levels[len(t.levels)-1] }

// Stream returns the stream of that name, which is one or more strings and
// integers. Asked twice, it returns the same stream, which goes on where it was.
func (t *Tree) Stream(names ...any) *Stream {
	t.mu.Lock()
	defer t.mu.Unlock()
	words, l := texts(names), t.top()
	p := path(words)
	s := l.streams[p]
	if s == nil {
		s = newStream(l.seed, words, t.book.counter(t.shown(words)))
		l.streams[p] = s
	}
	return s
}

// Resumed returns a stream as Stream does under that seed, apart from all others,
// which goes on after position words: where a training that was saved stopped.
func (t *Tree) Resumed(seed, position uint64, names ...any) *Stream {
	t.mu.Lock()
	defer t.mu.Unlock()
	words := texts(names)
	s := newStream(seed, words, t.book.counter(t.shown(words)))
	s.next.Store(position)
	return s
}

// shown is the path under which draws stand in the ledger.
func (t *Tree) shown(words []string) string {
	return path(append(append([]string(nil), t.prefix...), words...))
}

// Sub returns a fresh Tree of its own: the root of run 3, say. Its seed depends
// on this tree's seed and the names only. Asked twice, it starts anew twice.
// Its draws stand in this tree's ledger too, below the names.
func (t *Tree) Sub(names ...any) *Tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	words := texts(names)
	h := digest("sub", t.top().seed, words)
	prefix := append(append([]string(nil), t.prefix...), words...)
	return newTree(binary.LittleEndian.Uint64(h[:]), prefix, t.book)
}

// Reset starts the level in force anew from seed: streams, numbers and locals are forgotten.
func (t *Tree) Reset(seed uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.watch.parts(seed, true)
	t.levels[len(t.levels)-1] = t.newLevel(seed)
}

// Push puts a root of its own on top, for one cell say, until Pop.
func (t *Tree) Push(seed uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.watch.parts(seed, false)
	t.levels = append(t.levels, t.newLevel(seed))
}

// Pop takes away what Push put, and everything goes on where it was. It panics without a Push.
func (t *Tree) Pop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.levels) == 1 {
		panic("internal error: rng: Pop without Push")
	}
	t.levels = t.levels[:len(t.levels)-1]
	t.changes++
}

// Seed returns the seed in force.
func (t *Tree) Seed() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.top().seed
}

// Generation is a number that names the root in force: every Reset and Push has
// a higher one than all before it, and Pop brings the earlier one back.
func (t *Tree) Generation() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.top().generation
}

// Next numbers things of one kind, 1, 2, 3, from the last Reset on.
func (t *Tree) Next(kind string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.top()
	l.numbers[kind]++
	t.changes++
	return l.numbers[kind]
}

// Local returns what SetLocal stored under key in the root in force, or nil:
// Reset forgets it, Push hides it until Pop. Keys are as those of context.Context.
func (t *Tree) Local(key any) any {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.top().locals[key]
}

// SetLocal stores a value in the root in force.
func (t *Tree) SetLocal(key, value any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.top().locals[key] = value
	t.changes++
}
