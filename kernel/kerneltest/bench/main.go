// Bench measures Jupyter kernels side by side with a client in Go, so that what
// is seen is the kernel and not a Python client. It prints one table.
//
//	go run ./kernel/kerneltest/bench -kernel 'NAME=ARGV with {connection_file}' …
//
// run.sh beside this file builds gophernotes and has all peers measured, by this
// client and by jupyter_client.
//
// Kernels take turns, round by round, so that a busy machine is busy for all of
// them; the table has medians over the rounds.
//
//	start     from the start of the process to the reply to kernel_info_request
//	first     the first cell, from request to reply and idle
//	p50, p99  of the trivial cell 1 + 1, from request to reply and idle
//	lines/s   a loop that prints 100,000 lines, and the number of stream messages it took
//	stop      from interrupt_request to the reply of a cell that loops for ever
//	memory    of the kernel and its child processes (their share of pages that they
//	          have in common), after all that and idlePause with nothing to do (Linux)
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	var kernels []candidate
	flag.Func("kernel", "`NAME=ARGV` of a kernel; {connection_file} stands for its connection file; may be repeated", func(s string) error {
		name, argv, ok := strings.Cut(s, "=")
		if !ok || !strings.Contains(argv, "{connection_file}") {
			return errors.New("want NAME=ARGV with {connection_file} in it")
		}
		kernels = append(kernels, candidate{name: name, argv: strings.Fields(argv)})
		return nil
	})
	rounds := flag.Int("rounds", 5, "how often each kernel is started")
	cells := flag.Int("cells", 300, "trivial cells in each round")
	flag.Parse()
	if len(kernels) == 0 || *rounds < 1 || *cells < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := compare(kernels, *rounds, *cells); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A candidate is a kernel and what was measured of it, one entry a round.
type candidate struct {
	name   string
	argv   []string
	rounds []measurement
}

// roundPatience bounds one round of one kernel.
const roundPatience = 3 * time.Minute

func compare(kernels []candidate, rounds, cells int) error {
	for range rounds {
		for i := range kernels {
			ctx, cancel := context.WithTimeout(context.Background(), roundPatience)
			m, err := measure(ctx, kernels[i].argv, cells)
			cancel()
			if err != nil {
				return fmt.Errorf("%s: %w", kernels[i].name, err)
			}
			kernels[i].rounds = append(kernels[i].rounds, m)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kernel\tstart ms\tfirst ms\tp50 ms\tp99 ms\tlines/s\tmessages\tstop ms\tmemory MB\t")
	for _, k := range kernels {
		col := func(f func(measurement) float64) float64 { return median(k.rounds, f) }
		fmt.Fprintf(w, "%s\t%.0f\t%.1f\t%.2f\t%.2f\t%.0f\t%.0f\t%s\t%.0f\t\n", k.name,
			col(func(m measurement) float64 { return ms(m.start) }),
			col(func(m measurement) float64 { return ms(m.first) }),
			col(func(m measurement) float64 { return ms(m.quantile(0.50)) }),
			col(func(m measurement) float64 { return ms(m.quantile(0.99)) }),
			col(func(m measurement) float64 { return benchLines / m.print.Seconds() }),
			col(func(m measurement) float64 { return float64(m.messages) }),
			interrupted(col(func(m measurement) float64 { return ms(m.stop) })),
			col(func(m measurement) float64 { return float64(m.memory) / (1 << 20) }))
	}
	return w.Flush()
}

func ms(d time.Duration) float64 { return d.Seconds() * 1e3 }

// interrupted shows what an interrupt did.
func interrupted(x float64) string {
	switch x {
	case ms(notObeyed):
		return "never"
	case ms(died):
		return "died"
	}
	return fmt.Sprintf("%.0f", x)
}

func median(rounds []measurement, f func(measurement) float64) float64 {
	var all []float64
	for _, m := range rounds {
		all = append(all, f(m))
	}
	slices.Sort(all)
	return all[len(all)/2]
}
