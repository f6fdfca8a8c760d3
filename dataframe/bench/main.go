// Bench measures the dataframe package beside pandas and polars, in one run:
//
//	REPRISE_PYTHON=.venv/bin/python go run ./dataframe/bench
//
// Each round runs every operation here, in pandas and in polars, one after the
// other; what is printed are the medians over the rounds of wall time, CPU time and
// of their ratios to pandas. Then memory, and the cost per row from 1e4 to 1e7 rows.
// The interpreter (python3 if REPRISE_PYTHON is not set) needs pandas and polars.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

func main() {
	rows := flag.Int("rows", 1_000_000, "rows of the frame that is compared")
	rounds := flag.Int("rounds", 7, "rounds of each operation")
	only := flag.String("only", "", "operations to run, comma-separated; all if empty")
	largest := flag.Int("scale", 10_000_000, "rows up to which the cost per row is printed, 0 = not at all")
	peers := flag.Bool("peers", true, "compare with pandas and polars")
	flag.Parse()
	if err := run(*rows, *rounds, *largest, *peers, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rows, rounds, largest int, peers bool, only string) error {
	chosen, err := choose(only)
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d processors, %d rows x 4 columns, medians of %d rounds\n", runtime.Version(), runtime.NumCPU(), rows, rounds)
	if peers {
		if err := compare(chosen, rows, rounds); err != nil {
			return err
		}
	}
	if largest > 0 {
		scale(chosen, largest)
	}
	return nil
}

func choose(only string) ([]operation, error) {
	if only == "" {
		return operations, nil
	}
	var out []operation
	for _, name := range strings.Split(only, ",") {
		found := false
		for _, op := range operations {
			if op.name == name {
				out, found = append(out, op), true
			}
		}
		if !found {
			return nil, fmt.Errorf("no operation %q", name)
		}
	}
	return out, nil
}
