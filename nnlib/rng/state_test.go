package rng_test

import (
	"testing"

	"reprise/nnlib/rng"
)

func TestStateTellsWhatLaterDrawsDependOn(t *testing.T) {
	tree := rng.Root(1)
	seen := map[string]string{tree.State(): "at first"}
	changes := func(what string, f func()) {
		t.Helper()
		f()
		if old, twice := seen[tree.State()]; twice {
			t.Errorf("%s: the state is the one %s", what, old)
		}
		seen[tree.State()] = what
	}
	changes("after a draw", func() { tree.Stream("a").Uint32() })
	changes("after one more", func() { tree.Stream("a").Uint32() })
	changes("after a number", func() { tree.Next("model") })
	changes("after a local", func() { tree.SetLocal("world", 1) })
	before := tree.State()
	tree.Push(7)
	changes("under a push", func() { tree.Stream("a").Uint32() })
	tree.Pop()
	tree.Stream("b") // not drawn from
	if tree.State() != before {
		t.Error("what was pushed and popped has left a trace")
	}
	tree.Reset(1)
	if fresh := rng.Root(1); tree.State() != fresh.State() {
		t.Error("a reset tree is not a fresh one")
	}
}
