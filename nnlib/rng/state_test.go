package rng_test

import (
	"fmt"
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

	tree.Stream("a").Uint32()
	once := tree.State()
	if tree.State() != once {
		t.Error("two states with nothing between them differ")
	}
	tree.Sub("run", 1).Stream("a").Uint32()
	tree.Stream("a").At(1, 2)
	if tree.State() != once {
		t.Error("draws that no later draw of the tree depends on have left a trace")
	}
}

// Sessions ask before and after every cell, most of which draw nothing.
func BenchmarkState(b *testing.B) {
	for _, streams := range []int{10, 1000} {
		b.Run(fmt.Sprint(streams), func(b *testing.B) {
			tree := rng.Root(1)
			for i := range streams {
				tree.Stream("model", i).Uint32()
			}
			for b.Loop() {
				tree.State()
			}
		})
	}
}
