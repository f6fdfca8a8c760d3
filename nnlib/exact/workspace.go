package exact

import (
	"sync"
	"unsafe"
)

// A workspace belongs to one worker while it computes a piece.
type workspace[T float] struct {
	a, b []T
	c    [6 * 8]T // a tile too narrow for a vector
}

var workspaces32, workspaces64 sync.Pool

// A lazyWorkspace takes a workspace from the pool when a piece first needs one.
type lazyWorkspace[T float] struct{ w *workspace[T] }

func (l *lazyWorkspace[T]) get() *workspace[T] {
	if l.w == nil {
		var ok bool
		if l.w, ok = workspacePool[T]().Get().(*workspace[T]); !ok {
			l.w = &workspace[T]{}
		}
	}
	return l.w
}

// numbers returns n numbers of scratch, whatever they hold.
func (l *lazyWorkspace[T]) numbers(n int) []T {
	w := l.get()
	w.b = grow(w.b, n)
	return w.b
}

func (l *lazyWorkspace[T]) end() {
	if l.w != nil {
		workspacePool[T]().Put(l.w)
	}
}

func workspacePool[T float]() *sync.Pool {
	var zero T
	if unsafe.Sizeof(zero) == 4 {
		return &workspaces32
	}
	return &workspaces64
}

// grow returns a slice of n elements, keeping s when it is long enough.
func grow[T float](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
