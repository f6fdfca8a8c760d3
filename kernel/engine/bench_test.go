package engine_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sort"
	"testing"
	"time"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"reprise/kernel/engine"
)

// speed is the table that the engine is measured by, beside plain yaegi: declarations, and the
// cell that is timed.
var speed = []struct{ name, decl, cell string }{
	{"fib(24)", "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }", "fib(24)"},
	{"1e6 float adds, nested", "var sum float64", "sum = 0\nfor i := 0; i < 1000; i++ { for j := 0; j < 1000; j++ { sum += 0.5 } }"},
	{"1e6 float adds in a func", "func adds() float64 { s := 0.0; for i := 0; i < 1000000; i++ { s += 0.5 }; return s }", "adds()"},
	{"slice 1e6 fill and sum", "func fill() int { a := make([]int, 1000000); for i := 0; i < len(a); i++ { a[i] = i }; s := 0; for _, v := range a { s += v }; return s }", "fill()"},
	{"map insert 1e5", "func inserts() int { m := map[int]int{}; for i := 0; i < 100000; i++ { m[i] = i }; return len(m) }", "inserts()"},
	{"string += 1e4", "func grow() int { s := \"\"; for i := 0; i < 10000; i++ { s += \"x\" }; return len(s) }", "grow()"},
	{"1e5 method calls", "type Counter struct{ n int }\nfunc (c *Counter) Inc() { c.n++ }\nfunc calls() int { c := &Counter{}; for i := 0; i < 100000; i++ { c.Inc() }; return c.n }", "calls()"},
	{"1e5 interface calls", "type Incer interface{ Inc() }\ntype Cnt struct{ n int }\nfunc (c *Cnt) Inc() { c.n++ }\nfunc icalls() int { c := &Cnt{}; var x Incer = c; for i := 0; i < 100000; i++ { x.Inc() }; return c.n }", "icalls()"},
	{"1e5 closure calls", "func ccalls() int { n := 0; f := func() { n++ }; for i := 0; i < 100000; i++ { f() }; return n }", "ccalls()"},
	{"matmul 60^3", "func matmul(n int) float64 { a := make([]float64, n*n); b := make([]float64, n*n); c := make([]float64, n*n); for i := range a { a[i] = 1; b[i] = 2 }; for i := 0; i < n; i++ { for j := 0; j < n; j++ { s := 0.0; for k := 0; k < n; k++ { s += a[i*n+k] * b[k*n+j] }; c[i*n+j] = s } }; return c[0] }", "matmul(60)"},
}

// BenchmarkSpeed runs each row in pairs, plain yaegi and the engine in turn, and reports the median
// of the ratios.
func BenchmarkSpeed(b *testing.B) {
	for _, row := range speed {
		b.Run(row.name, func(b *testing.B) {
			plain := plainYaegi(b)
			if _, err := plain.Eval(row.decl); err != nil {
				b.Fatal(err)
			}
			e := newEngine(b)
			must(b, e, row.decl)
			var ratios, ours []float64
			for range max(b.N, 5) {
				t := time.Now()
				if _, err := plain.Eval(row.cell); err != nil {
					b.Fatal(err)
				}
				theirs := time.Since(t)
				t = time.Now()
				must(b, e, row.cell)
				mine := time.Since(t)
				ratios = append(ratios, float64(mine)/float64(theirs))
				ours = append(ours, mine.Seconds()*1e3)
			}
			b.ReportMetric(median(ratios), "x-yaegi")
			b.ReportMetric(median(ours), "ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func plainYaegi(b *testing.B) *interp.Interpreter {
	i := interp.New(interp.Options{Stdout: io.Discard, Stderr: io.Discard})
	if err := i.Use(stdlib.Symbols); err != nil {
		b.Fatal(err)
	}
	return i
}

func median(x []float64) float64 {
	sort.Float64s(x)
	return x[len(x)/2]
}

// BenchmarkTrivialCell is the round trip of 1 + 1 through check, lowering and interpreter.
func BenchmarkTrivialCell(b *testing.B) {
	e := newEngine(b)
	must(b, e, "1 + 1")
	for b.Loop() {
		must(b, e, "1 + 1")
	}
}

// BenchmarkGrowth runs 5,000 cells of three statements; it reports the median time of
// the first and of the last hundred, and what is kept of each: 0.4 kB is the record of an execution
// that %ledger and %audit show, the rest its text for the places of errors.
func BenchmarkGrowth(b *testing.B) {
	for range b.N {
		e := newEngine(b)
		must(b, e, "a := 0\nb := 0")
		before := heap()
		var times []float64
		const n = 5000
		for i := range n {
			src := fmt.Sprintf("a = %d\nb = a * 2\na + b", i)
			t := time.Now()
			_, err := e.Run(context.Background(), engine.Cell{Name: fmt.Sprintf("cell [%d]", i), Source: src}, &recorder{})
			times = append(times, time.Since(t).Seconds()*1e6)
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(median(times[:100]), "µs-first")
		b.ReportMetric(median(times[n-100:]), "µs-last")
		b.ReportMetric(float64(heap()-before)/n/1e3, "kB/cell")
		must(b, e, "a")
	}
}

// BenchmarkRebind binds an 80 MB slice to one name six times.
func BenchmarkRebind(b *testing.B) {
	for range b.N {
		e := newEngine(b)
		must(b, e, "func mk() []float64 { return make([]float64, 10_000_000) }")
		before := heap()
		for range 6 {
			must(b, e, "big := mk()\n_ = len(mk())\ntmp := mk()\ntmp = nil")
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		must(b, e, "len(big)")
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkStart makes an engine that is ready for its first cell.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		newEngine(b)
	}
}
