package rng

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"weak"
)

// A Mark is a moment in the life of a ledger.
type Mark struct{ beginning *beginning }

// A beginning is that of an epoch. As long as somebody has a Mark of it, the book keeps
// apart what came before and after.
type beginning struct {
	epoch uint64
	book  *book
}

// A book counts the draws of a tree and all its subs, by path. Marks cut its life into epochs; a
// counter writes down what it had when it is first used in an epoch. So a mark costs
// nothing, and what was drawn between two marks is found without looking at the other streams.
type book struct {
	epoch atomic.Uint64 // that is going on

	mu    sync.Mutex
	index map[string]*counter // by path
	used  []use               // in order of time
	last  uint64              // the epoch of the last use
	marks []weak.Pointer[beginning]
	room  int // uses, from which on those that nobody asks for any more are united
}

// A use is a counter and an epoch in which it was used.
type use struct {
	epoch uint64
	c     *counter
}

// A counter counts the words drawn from one path.
type counter struct {
	book  *book
	path  string
	n     atomic.Uint64
	epoch atomic.Uint64 // of its last use
	past  []moment      // one for each epoch in which it was used
}

// A moment is what a counter had when an epoch's first use of it came.
type moment struct{ epoch, before uint64 }

func newBook() *book {
	b := &book{index: map[string]*counter{}, room: leastRoom}
	b.epoch.Store(1) // 0 is that of counters that were never used
	return b
}

func (b *book) counter(path string) *counter {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.index[path]
	if c == nil {
		c = &counter{book: b, path: path}
		b.index[path] = c
	}
	return c
}

// Add counts n words.
func (c *counter) Add(n uint64) {
	if c.epoch.Load() != c.book.epoch.Load() {
		c.begin()
	}
	c.n.Add(n)
}

// begin enters the first use in an epoch.
func (c *counter) begin() {
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	now := c.book.epoch.Load()
	if c.epoch.Load() == now {
		return // another goroutine was faster
	}
	if len(c.book.used) >= c.book.room {
		c.book.unite()
	}
	c.past = append(c.past, moment{now, c.n.Load()})
	c.book.used, c.book.last = append(c.book.used, use{now, c}), now
	c.epoch.Store(now)
}

// at is what the counter had when an epoch began; the book's lock is held.
func (c *counter) at(epoch uint64) uint64 {
	i, _ := slices.BinarySearchFunc(c.past, epoch, func(x moment, epoch uint64) int { return cmp.Compare(x.epoch, epoch) })
	if i == len(c.past) {
		return c.n.Load()
	}
	return c.past[i].before
}

// mark begins an epoch, unless nothing was drawn in the one that is going on.
func (b *book) mark() Mark {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.epoch.Load(); b.last == now {
		b.epoch.Store(now + 1)
	} else if n := len(b.marks); n > 0 {
		if m := b.marks[n-1].Value(); m != nil && m.epoch == now {
			return Mark{m}
		}
	}
	m := &beginning{b.epoch.Load(), b}
	b.marks = append(b.marks, weak.Make(m))
	return Mark{m}
}

// leastRoom is how many uses are kept at least before the first ones are united.
const leastRoom = 1024

// unite leaves, of the uses of a counter between two marks that somebody has, the first one.
func (b *book) unite() {
	b.marks = slices.DeleteFunc(b.marks, func(m weak.Pointer[beginning]) bool { return m.Value() == nil })
	var epochs []uint64
	for _, m := range b.marks {
		if m := m.Value(); m != nil {
			epochs = append(epochs, m.epoch)
		}
	}
	slices.Sort(epochs)
	merged := map[*counter]*merging{}
	var counters []*counter
	kept := b.used[:0]
	for _, u := range b.used {
		m := merged[u.c]
		if m == nil {
			m = &merging{marks: -1}
			merged[u.c] = m
			counters = append(counters, u.c)
		}
		marks := sort.Search(len(epochs), func(i int) bool { return epochs[i] > u.epoch })
		if m.marks != marks {
			u.c.past[m.kept] = u.c.past[m.next]
			m.kept, m.marks = m.kept+1, marks
			kept = append(kept, u)
		}
		m.next++
	}
	for _, c := range counters {
		c.past = slices.Clip(c.past[:merged[c].kept])
	}
	clear(b.used[len(kept):])
	b.used, b.room = kept, 2*len(kept)+leastRoom
}

// A merging is how far the past of a counter, which has a moment for each use, was gone through.
type merging struct {
	next, kept int
	marks      int // that came before the last use
}

// never is an epoch that is still to come.
const never = ^uint64(0)

func (b *book) since(m Mark) []Entry { return b.between(m.beginning.epoch, never) }

// between lists what was drawn from the beginning of one epoch to that of a later one, sorted by stream.
func (b *book) between(from, to uint64) []Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	var entries []Entry
	for _, c := range b.usedBetween(from, to) {
		if n := c.at(to) - c.at(from); n > 0 {
			entries = append(entries, Entry{Stream: c.path, Draws: n})
		}
	}
	return entries
}

// stood lists the streams drawn from between two epochs with what was drawn from them between
// begin and the first of the two.
func (b *book) stood(begin, from, to uint64) []Entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	var entries []Entry
	for _, c := range b.usedBetween(from, to) {
		if c.at(to) > c.at(from) {
			entries = append(entries, Entry{Stream: c.path, Draws: c.at(from) - c.at(begin)})
		}
	}
	return entries
}

// usedBetween lists the counters used between two epochs, sorted by path, each once; the lock is held.
func (b *book) usedBetween(from, to uint64) []*counter {
	place := func(epoch uint64) int {
		i, _ := slices.BinarySearchFunc(b.used, epoch, func(u use, epoch uint64) int { return cmp.Compare(u.epoch, epoch) })
		return i
	}
	var list []*counter
	for _, u := range b.used[place(from):max(place(from), place(to))] {
		list = append(list, u.c)
	}
	slices.SortFunc(list, func(a, b *counter) int { return strings.Compare(a.path, b.path) })
	return slices.Compact(list)
}
