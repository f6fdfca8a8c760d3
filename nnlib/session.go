package nnlib

import (
	"sync"

	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// A Session is where models get their randomness and show their progress.
// A program has one, which the functions of this package use; a run that needs
// one of its own, beside others in other goroutines say, takes Within.
type Session struct {
	mu       sync.Mutex
	root     *rng.Tree
	progress func(line string)
	poll     func()
	nodes    int // created by Input and Apply

	interpreter Interpreter // of the program's session alone

	reads, writes func(path string) // of the program's session alone; see WatchFiles

	collector *trace.Collector // nil when nobody takes the traces of trainings
	untraced  bool             // for measuring what traces cost
}

var program = Within(rng.Root(1)) // the only global

// Within returns a session whose randomness grows from root. It shows no progress.
func Within(root *rng.Tree) *Session {
	return &Session{root: root, progress: func(string) {}, poll: func() {}}
}

// Attach binds the program's session to the rest of the program. Training shows
// its progress by calling progress with a line, and with the empty line at the
// end; it calls poll between any two layers, and poll may panic to stop it. Both may be nil.
func Attach(root *rng.Tree, progress func(line string), poll func()) {
	s := Within(root)
	if progress != nil {
		s.progress = progress
	}
	if poll != nil {
		s.poll = poll
	}
	program.mu.Lock()
	defer program.mu.Unlock()
	program.root, program.progress, program.poll = s.root, s.progress, s.poll
}

// now returns a copy of what s holds at this moment.
func (s *Session) now() (root *rng.Tree, progress func(string), poll func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.root, s.progress, s.poll
}

// Seed starts all randomness anew: Use(Native{Seed: seed}).
func Seed(seed uint64) { program.Seed(seed) }

// Use starts all randomness anew, with initial weights and shuffles as b draws
// them. The next Seed, Use or reset of the root ends it.
func Use(b Backend) { program.Use(b) }

// Root returns the tree from which the program's session draws.
func Root() *rng.Tree {
	root, _, _ := program.now()
	return root
}

// Progress shows one line as training does: it never becomes part of a saved
// output, and the empty line takes it away.
func Progress(line string) {
	_, progress, _ := program.now()
	progress(line)
}

// IsNative reports whether the program's session draws natively, as it does
// until Use says otherwise.
func IsNative() bool {
	_, native := worldOf(Root()).(nativeWorld)
	return native
}

// Seed is the function Seed for this session.
func (s *Session) Seed(seed uint64) { s.Use(Native{Seed: seed}) }

// Use is the function Use for this session.
func (s *Session) Use(b Backend) {
	root, _, _ := s.now()
	root.Reset(b.seed())
	root.SetLocal(worldKey{}, b.world(root))
}

// Poll ends the calling goroutine when its cell was interrupted, as training does
// between any two layers. Long work of another package calls it.
func Poll() {
	_, _, poll := program.now()
	poll()
}
