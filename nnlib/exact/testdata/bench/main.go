// Command bench prints package exact beside OpenBLAS and PyTorch: medians of the ratios of interleaved rounds. See ../bench.sh.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"
	"runtime"
	"slices"
	"syscall"
	"time"
	"unsafe"
)

var (
	rounds   = flag.Int("rounds", 15, "rounds per line of the table")
	threads  = flag.Int("threads", 1, "threads of each contestant")
	openblas = flag.String("openblas", "", "the OpenBLAS peer; empty leaves it out")
	python   = flag.String("torch", "", "a python with torch; empty leaves PyTorch out")
	only     = flag.String("only", "", "a regular expression for the lines to measure")
)

func main() {
	flag.Parse()
	runtime.GOMAXPROCS(*threads)
	if *threads == 1 {
		runtime.LockOSThread() // whose CPU time is measured
	}
	if *openblas != "" {
		gemmTable(startPeer(*openblas))
	}
	if *python != "" {
		torchTable(startPeer(*python, "bench_torch.py"))
	}
}

// wanted reports that a line is to be measured.
func wanted(name string) bool { return regexp.MustCompile(*only).MatchString(name) }

// turn is how many nanoseconds are timed in one.
const turn = 1e7

func warmUp(f func()) {
	for begin := time.Now(); time.Since(begin) < 150*time.Millisecond; {
		f()
	}
}

// A result holds the medians of the rounds: nanoseconds of each contestant and the ratio theirs/ours of a round; and the ratio of the
// best rounds, which other work on the machine disturbs least.
type result struct{ mine, peer, ratio, best float64 }

// compare measures ours and theirs in turn. A turn begins with a run that is not timed: it fills the caches, and Go's monitor, which wakes
// every 20 µs after a goroutine has waited for a peer, goes to rest in it. It is long, since OpenBLAS's second thread spins for 30 ms after its turn,
// and the system then needs a while to put two threads on two cores again.
func compare(ours func(), theirs func(calls int) float64) result {
	ours()
	calls := max(1, int(turn/max(1, measure(ours, 1))))
	var m, p, r []float64
	for range *rounds {
		warmUp(ours)
		a := measure(ours, calls)
		b := theirs(calls)
		m, p, r = append(m, a), append(p, b), append(r, b/a)
	}
	return result{median(m), median(p), median(r), slices.Min(p) / slices.Min(m)}
}

func measure(f func(), calls int) float64 {
	t := clock()
	for range calls {
		f()
	}
	return float64(clock()-t) / float64(calls)
}

// clock is the thread's CPU time with one thread, wall time with more.
func clock() int64 {
	if *threads > 1 {
		return int64(time.Since(begin))
	}
	const threadCPUTime = 3
	var t syscall.Timespec
	if _, _, e := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, threadCPUTime, uintptr(unsafe.Pointer(&t)), 0); e != 0 {
		log.Fatal(e)
	}
	return t.Nano()
}

var begin = time.Now()

func median(x []float64) float64 {
	slices.Sort(x)
	return x[len(x)/2]
}

func line(format string, args ...any) { fmt.Fprintf(os.Stdout, format+"\n", args...) }
