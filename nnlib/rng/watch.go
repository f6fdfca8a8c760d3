package rng

// mostSeeds is how many seeds one Watch keeps.
const mostSeeds = 64

// A Watch sees what happens to a tree while one cell runs.
type Watch struct {
	tree   *Tree
	seed   uint64 // in force at the beginning
	began  Mark
	start  Mark  // of the level in force at the beginning
	parted *Mark // when Reset or Push first left that level
	seeds  []uint64
}

// Watch begins to watch. One watch at a time: a second one takes the place of the first.
func (t *Tree) Watch() *Watch {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.watch = &Watch{tree: t, seed: t.top().seed, start: t.top().began, began: t.book.mark()}
	return t.watch
}

// parts notes that the level in force is left; t.mu is held.
func (w *Watch) parts(seed uint64, reset bool) {
	if w == nil {
		return
	}
	if w.parted == nil {
		m := w.tree.book.mark()
		w.parted = &m
	}
	if reset && len(w.seeds) < mostSeeds {
		w.seeds = append(w.seeds, seed)
	}
}

// Seed is the seed that was in force at the beginning.
func (w *Watch) Seed() uint64 { return w.seed }

// Seeds are those that Reset was given meanwhile, in order, the first 64 of them.
func (w *Watch) Seeds() []uint64 {
	w.tree.mu.Lock()
	defer w.tree.mu.Unlock()
	return append([]uint64(nil), w.seeds...)
}

// Drawn is what was drawn meanwhile, sorted by stream.
func (w *Watch) Drawn() []Entry { return w.tree.book.since(w.began) }

// Continued tells where streams stood that were drawn from before any Reset or Push:
// for each, the words taken from the seed's first to the beginning of the watch. Nothing
// means that all draws depend on seeds alone, not on what was drawn before.
func (w *Watch) Continued() []Entry {
	w.tree.mu.Lock()
	end := never
	if w.parted != nil {
		end = w.parted.beginning.epoch
	}
	w.tree.mu.Unlock()
	return w.tree.book.stood(w.start.beginning.epoch, w.began.beginning.epoch, end)
}
