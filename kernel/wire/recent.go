package wire

import "sync"

// recentSize is how many signatures are remembered; jupyter_client's Session keeps as many.
const recentSize = 1 << 16

// recent is the set of the last recentSize strings added.
type recent struct {
	mu    sync.Mutex
	set   map[string]struct{}
	order []string // a ring, once it is full
	next  int
}

// add reports whether s is new.
func (r *recent) add(s string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, old := r.set[s]; old {
		return false
	}
	if r.set == nil {
		r.set = map[string]struct{}{}
	}
	r.set[s] = struct{}{}
	if len(r.order) < recentSize {
		r.order = append(r.order, s)
		return true
	}
	delete(r.set, r.order[r.next])
	r.order[r.next] = s
	r.next = (r.next + 1) % recentSize
	return true
}
