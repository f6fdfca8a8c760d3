package engine

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"strconv"
	"strings"
)

func seedMagic() Magic {
	return Magic{
		Name:  "seed",
		Usage: "[number | random]",
		Doc: "Start all randomness anew from a seed; without one, tell the seed in force. A fresh kernel has seed 1. " +
			"%seed random takes a seed from the system's entropy and prints it, so that even such a run can be played again.",
		Run: runSeed,
	}
}

func seedCellMagic() Magic {
	return Magic{
		Name:  "seed",
		Usage: "number | random",
		Doc: "Run one cell with a root of randomness of its own. The cell gives the same result whenever and however often it runs, " +
			"and the streams of the other cells go on as if it had not been there.",
		Cell: true,
		Run:  runSeedCell,
	}
}

func runSeed(_ context.Context, c *Call) (Outcome, error) {
	if c.Args == "" {
		c.printf("seed %d\n", c.Engine.Root().Seed())
		return Outcome{}, nil
	}
	seed, err := c.seed("%")
	if err != nil {
		return Outcome{}, err
	}
	c.Engine.Root().Reset(seed)
	return Outcome{}, nil
}

func runSeedCell(ctx context.Context, c *Call) (Outcome, error) {
	seed, err := c.seed("%%")
	if err != nil {
		return Outcome{}, err
	}
	root := c.Engine.Root()
	root.Push(seed)
	defer root.Pop()
	return c.runBody(ctx)
}

// seed reads the argument, or takes entropy and says so.
func (c *Call) seed(percent string) (uint64, error) {
	if c.Args == "random" {
		seed := c.seeds.next()
		c.printf("seed %d (random; replay with %sseed %d)\n", seed, percent, seed)
		return seed, nil
	}
	seed, err := strconv.ParseUint(strings.ReplaceAll(c.Args, "_", ""), 0, 64)
	if err != nil {
		return 0, c.misuse("%sseed wants a whole number from 0 to 18446744073709551615 or the word random, got %q", percent, c.Args)
	}
	return seed, nil
}

// seeds are what %seed random takes in one cell.
type seeds struct{ given, taken []uint64 }

// next is the next seed of an earlier run that is played again, else one from entropy.
func (s *seeds) next() uint64 {
	seed := entropy()
	if n := len(s.taken); n < len(s.given) {
		seed = s.given[n]
	}
	s.taken = append(s.taken, seed)
	return seed
}

// entropy is ten decimal digits from the system: enough never to meet twice, few enough to type.
func entropy() uint64 {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return 1_000_000_000 + binary.LittleEndian.Uint64(b[:])%9_000_000_000
}
