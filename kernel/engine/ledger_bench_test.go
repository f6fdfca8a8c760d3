package engine_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"reprise/kernel/engine"
	"reprise/kernel/ledger"
	"reprise/kernel/symbols"
	"reprise/nnlib"
	"reprise/nnlib/rng"
)

// nets are trainings of some ten milliseconds each.
var nets = []struct{ name, layers, data string }{
	{"1-10-1, batch 9", "&nnlib.Dense{Units: 10, InputDim: 1}, &nnlib.Dense{Units: 1}", "9, 1, 1, 9, 600"},
	{"64-128-64-10, batch 32", "&nnlib.Dense{Units: 128, InputDim: 64, Activation: \"relu\"}, &nnlib.Dense{Units: 64, Activation: \"relu\"}, &nnlib.Dense{Units: 10}", "256, 64, 10, 32, 4"},
	{"784-256-128-10, batch 8", "&nnlib.Dense{Units: 256, InputDim: 784, Activation: \"relu\"}, &nnlib.Dense{Units: 128, Activation: \"relu\"}, &nnlib.Dense{Units: 10}", "64, 784, 10, 8, 2"},
	{"784-256-128-10, batch 128", "&nnlib.Dense{Units: 256, InputDim: 784, Activation: \"relu\"}, &nnlib.Dense{Units: 128, Activation: \"relu\"}, &nnlib.Dense{Units: 10}", "128, 784, 10, 128, 4"},
}

const trainer = `
func train(samples, in, out, batch, epochs int) {
	X, Y := make([][]float64, samples), make([][]float64, samples)
	for i := range X {
		X[i], Y[i] = make([]float64, in), make([]float64, out)
		for j := range X[i] { X[i][j] = float64((i*7+j*3)%%11) / 11 }
		for j := range Y[i] { Y[i][j] = float64((i+j)%%5) / 5 }
	}
	model := nnlib.NewSequential(%s)
	model.Compile(nnlib.Compile{Loss: "mse", Optimizer: "adam"})
	model.Fit(X, Y, nnlib.Fit{Epochs: epochs, BatchSize: batch})
}`

// What the ledger costs a cell that trains: with and without, cell by cell in turns, the
// median of the ratios of the times; the ratio of the processor's times, which other programs
// do not disturb; and that of the fastest. One command:
// go test ./kernel/engine -run '^$' -bench LedgerCost -benchtime 200x
func BenchmarkLedgerCost(b *testing.B) {
	for _, net := range nets {
		b.Run(net.name, func(b *testing.B) {
			engines := withAndWithout(b)
			for _, e := range engines {
				timed(b, e, fmt.Sprintf(trainer, net.layers))
			}
			var ratios []float64
			var fastest, cpu [2]time.Duration
			for b.Loop() {
				var took [2]time.Duration
				for n := range engines {
					i := (n + len(ratios)) % 2 // who is first takes turns too
					used := cpuTime()
					took[i] = timed(b, engines[i], "train("+net.data+")")
					cpu[i] += cpuTime() - used
					if fastest[i] == 0 || took[i] < fastest[i] {
						fastest[i] = took[i]
					}
				}
				ratios = append(ratios, float64(took[0])/float64(took[1]))
			}
			slices.Sort(ratios)
			b.ReportMetric(100*(ratios[len(ratios)/2]-1), "%cost")
			b.ReportMetric(100*(float64(cpu[0])/float64(cpu[1])-1), "%cpu")
			b.ReportMetric(100*(float64(fastest[0])/float64(fastest[1])-1), "%fastest")
		})
	}
}

// What the ledger costs a cell by itself: the tenth percentiles of the times with and without it,
// which other programs disturb least, and their difference. LedgerCost compares cells of
// milliseconds, which vary by more than this. One command:
// go test ./kernel/engine -run '^$' -bench LedgerOfACell -benchtime 4000x
func BenchmarkLedgerOfACell(b *testing.B) {
	engines := withAndWithout(b)
	for _, e := range engines {
		timed(b, e, fmt.Sprintf(trainer, nets[0].layers))
		timed(b, e, "a := 1")
	}
	for _, src := range []string{"1 + 1", "a = a * 2\na + 1", "train(9, 1, 1, 9, 1)", "train(9, 1, 1, 9, 600)"} {
		b.Run(src, func(b *testing.B) {
			var took [2][]float64
			for b.Loop() {
				for i, e := range engines {
					took[i] = append(took[i], timed(b, e, src).Seconds()*1e6)
				}
			}
			var tenth [2]float64
			for i, times := range took {
				slices.Sort(times)
				tenth[i] = times[len(times)/10]
			}
			b.ReportMetric(tenth[0], "µs-with")
			b.ReportMetric(tenth[1], "µs-without")
			b.ReportMetric(tenth[0]-tenth[1], "µs-ledger")
		})
	}
}

// withAndWithout are two engines, the first with a ledger.
func withAndWithout(b *testing.B) (engines [2]*engine.Engine) {
	b.Helper()
	root := rng.Root(1) // nnlib has one for the whole process
	for i := range engines {
		var err error
		engines[i], err = engine.New(engine.Config{Root: root, Exports: symbols.Exports(), Packages: symbols.NewImporter(), Unrecorded: i == 1})
		if err != nil {
			b.Fatal(err)
		}
	}
	return engines
}

// timed runs a cell as a session does, with its record when there is one.
func timed(b *testing.B, e *engine.Engine, src string) time.Duration {
	b.Helper()
	nnlib.Attach(e.Root(), e.Progress, e.Poll)
	began := time.Now()
	o, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", ID: "a", Source: src}, &recorder{})
	if err != nil {
		b.Fatal(err)
	}
	if o.Facts.Seed != 0 {
		var chain ledger.Chain
		var shown ledger.Outputs
		chain.Add(&ledger.Record{Name: "cell [1]", Source: ledger.Digest(src), Output: shown.Sum(), Facts: o.Facts})
	}
	return time.Since(began)
}
