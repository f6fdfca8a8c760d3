// Command bench prints what training and predicting costs beside PyTorch, Keras and
// scikit-learn, on a CPU with 1 and 2 threads:
//
//	REPRISE_KERAS=python REPRISE_TORCH=python go run ./nnlib/bench
//
// REPRISE_KERAS names a Python with nnlib/testdata/requirements.txt, REPRISE_TORCH one
// with torch and numpy; a peer without a Python is left out, and the table says so.
// All take turns in every round, so that a busy machine is busy for all; a ratio is
// the median over the rounds of the peer's time by nnlib's.
//
// Layers whose work is many small steps gain by a second thread because the workers share
// out the samples: an LSTM step alone takes 4.2 ms on one thread and 2.4 on two, and 5.1
// and 3.9 in turns with PyTorch and Keras.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	rounds := flag.Int("rounds", 7, "rounds of every measurement")
	only := flag.String("only", "", "the benchmarks to run, by comma")
	threads := flag.String("threads", "1,2", "numbers of threads")
	memory := flag.String("memory", "", "run one benchmark alone and print this process's peak of resident memory, in MB")
	flag.Parse()
	if err := run(*rounds, *only, *threads, *memory); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int, only, threads, memory string) error {
	if memory != "" {
		return printMemory(memory)
	}
	for _, text := range strings.Split(threads, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		if err := table(n, rounds, only); err != nil {
			return err
		}
	}
	return memoryTable()
}

var pythons = map[string]string{"torch": os.Getenv("REPRISE_TORCH"), "keras": os.Getenv("REPRISE_KERAS"), "sklearn": os.Getenv("REPRISE_KERAS")}

// table prints all benchmarks with n threads.
func table(n, rounds int, only string) error {
	runtime.GOMAXPROCS(n)
	peers := map[string]*peer{}
	for _, name := range []string{"torch", "keras", "sklearn"} {
		if pythons[name] == "" {
			fmt.Printf("%s is left out: no Python is named for it\n", name)
			continue
		}
		p, err := startPeer(pythons[name], name, n)
		if err != nil {
			return err
		}
		defer p.stop()
		peers[name] = p
	}
	fmt.Printf("\n%d thread(s), %s; medians of %d rounds in turns\n%-46s %12s %8s", n, runtime.GOARCH, rounds, "", "nnlib", "allocs")
	for _, name := range []string{"torch", "keras", "sklearn"} {
		if peers[name] != nil {
			fmt.Printf("  %-28s", peers[name].version)
		}
	}
	fmt.Println("  target: times as fast")
	for _, b := range benchmarks() {
		if only == "" || slices.Contains(strings.Split(only, ","), b.name) {
			if err := row(b, peers, rounds); err != nil {
				return err
			}
		}
	}
	return nil
}

// row measures one benchmark in turns, after one round that warms up.
func row(b benchmark, peers map[string]*peer, rounds int) error {
	var ours []float64
	theirs, ratios := map[string][]float64{}, map[string][]float64{}
	for round := range rounds + 1 {
		own := b.measure()
		if round > 0 {
			ours = append(ours, own)
		}
		for _, name := range b.peers {
			if peers[name] == nil {
				continue
			}
			t, err := peers[name].measure(b, name)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", b.name, name, err)
			}
			if round > 0 {
				theirs[name], ratios[name] = append(theirs[name], t), append(ratios[name], t/own)
			}
		}
	}
	fmt.Printf("%-46s %12s %8.2f", b.what, short(median(ours)), allocations(b))
	for _, name := range []string{"torch", "keras", "sklearn"} {
		switch {
		case peers[name] == nil:
		case theirs[name] == nil:
			fmt.Printf("  %-28s", "-")
		default:
			fmt.Printf("  %-28s", fmt.Sprintf("%s  %.2fx", short(median(theirs[name])), median(ratios[name])))
		}
	}
	fmt.Println("  " + b.target)
	return nil
}

// allocations returns how many a step makes, what a call of Fit itself makes left out.
func allocations(b benchmark) float64 {
	count := func(steps int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b.run(steps)
		runtime.ReadMemStats(&after)
		return after.Mallocs - before.Mallocs
	}
	few, n := count(2), 40
	return max(0, (float64(count(2+n))-float64(few))/float64(n))
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

func short(seconds float64) string {
	switch {
	case seconds < 1e-3:
		return fmt.Sprintf("%.2f us", seconds*1e6)
	case seconds < 1:
		return fmt.Sprintf("%.2f ms", seconds*1e3)
	}
	return fmt.Sprintf("%.2f s", seconds)
}

// memoryTable prints the peak of resident memory of processes that only fit one model.
func memoryTable() error {
	fmt.Println("\npeak of resident memory of a process that fits one model, MB")
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, name := range []string{"lstm", "conv"} {
		out, err := exec.Command(self, "-memory", name).Output()
		if err != nil {
			return err
		}
		fmt.Printf("%-12s nnlib %s", name, strings.TrimSpace(string(out)))
		b, err := caseNamed(name)
		if err != nil {
			return err
		}
		for _, peerName := range []string{"torch", "keras"} {
			if pythons[peerName] == "" {
				continue
			}
			p, err := startPeer(pythons[peerName], peerName, 1)
			if err != nil {
				return err
			}
			if _, err := p.measure(b, peerName); err != nil {
				return err
			}
			peak, err := p.ask("memory", 0)
			if err != nil {
				return err
			}
			fmt.Printf("  %s %s", p.version, peak)
			if err := p.stop(); err != nil {
				return err
			}
		}
		fmt.Println("  target: a fifth of PyTorch's")
	}
	return nil
}

func printMemory(name string) error {
	b, err := caseNamed(name)
	if err != nil {
		return err
	}
	b.measure()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return fmt.Errorf("the peak of resident memory is read from /proc: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			fmt.Printf("%.1f\n", kb/1024)
			return err
		}
	}
	return fmt.Errorf("/proc/self/status has no VmHWM")
}
