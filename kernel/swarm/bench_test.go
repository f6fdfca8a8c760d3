package swarm

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"text/tabwriter"
	"time"
)

// TestPrintSpeed prints what workers bring and what the queue costs, measured in pairs, one beside
// the other in turn, as medians:
//
//	REPRISE_BENCH=1 go test -run TestPrintSpeed -v ./kernel/swarm
//
// The targets are for a machine with two cores and nothing else to do: two workers at least 1.7 times as
// fast as one for fits of 50 ms and more, and at most 2 ms a job of the queue.
func TestPrintSpeed(t *testing.T) {
	if os.Getenv("REPRISE_BENCH") == "" {
		t.Skip("speed is printed when REPRISE_BENCH is set")
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	fmt.Fprintln(w, "fit\truns\talone\t1 worker\t2 workers\t2 to 1 (range)")
	for _, epochs := range []int{500, 12_500, 50_000} {
		speedup(t, w, epochs, 40)
	}
	fmt.Fprintln(w, "\nqueue\ta job of one run\ta run in blocks")
	for _, workers := range []string{"%workers 1", "%workers listen 127.0.0.1:0 --local 1"} {
		cost(t, w, workers)
	}
}

const benchRounds = 5

// fitCell is an experiment of the tutorial's kind.
const fitCell = `func fit(run experiment.Run, epochs int) float64 {
	X, y := []float64{0, 0.1, 0.2, 0.3}, []float64{0.1, 0.2, 0.3, 0.4}
	model := nnlib.NewSequential()
	model.Add(&nnlib.Dense{Units: 10, InputDim: 1})
	model.Add(&nnlib.Dense{Units: 1})
	model.Compile(nnlib.Compile{Loss: "mean_squared_error", Optimizer: "adam"})
	model.Fit(X, y, nnlib.Fit{Epochs: epochs, BatchSize: 4})
	return nnlib.MeanSquaredError(y, model.Predict(X).Column(0))
}`

// speedup prints a row: all three in turn, so that other load meets all of them.
func speedup(t *testing.T, w *tabwriter.Writer, epochs, runs int) {
	cell := fmt.Sprintf("s := experiment.Repeat(%d, func(run experiment.Run) float64 { return fit(run, %d) })", runs, epochs)
	n := open(t)
	n.run(fitCell)
	alone := elapsed(func() {
		n.run(fmt.Sprintf("one := experiment.Repeat(5, func(run experiment.Run) float64 { return fit(run, %d) })", epochs))
	}) / 5
	var times [3][]time.Duration
	var ratios []float64
	for range benchRounds {
		for i, workers := range []string{"", "%workers 1", "%workers 2"} {
			n.hire(nil)
			if workers != "" {
				n.run(workers)
				warm(n)
			}
			times[i] = append(times[i], elapsed(func() { n.run(cell) }))
		}
		last := len(times[0]) - 1
		ratios = append(ratios, float64(times[1][last])/float64(times[2][last]))
	}
	slices.Sort(ratios)
	fmt.Fprintf(w, "%v\t%d\t%v\t%v\t%v\t%.2f (%.2f to %.2f)\n", alone.Round(100*time.Microsecond), runs,
		median(times[0]), median(times[1]), median(times[2]), ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
}

// warm plays until every process has come to an experiment.
func warm(n *notebook) {
	for standing := 0; standing < len(n.crew.(*local).players); {
		n.run("warm := experiment.Repeat(4, func(run experiment.Run) float64 { return fit(run, 1) })")
		standing = 0
		for _, p := range n.crew.(*local).players {
			p.lock.Lock()
			if p.standing != nil {
				standing++
			}
			p.lock.Unlock()
		}
	}
}

// cost prints what a queue adds: to a job of one run, and to a run of many in blocks.
func cost(t *testing.T, w *tabwriter.Writer, workers string) {
	n := open(t)
	n.run(workers, `func quick(run experiment.Run) float64 { return run.Stream("x").Float64() }`, "warm := experiment.Repeat(2, quick)")
	play := func(runs int) time.Duration {
		return elapsed(func() { n.run(fmt.Sprintf("s := experiment.Repeat(%d, quick)", runs)) })
	}
	var jobs, blocks []time.Duration
	for range benchRounds {
		jobs = append(jobs, (play(15)-play(1))/14) // so few runs are never put together
		blocks = append(blocks, play(4000)/4000)
	}
	fmt.Fprintf(w, "%s\t%v\t%v\n", workers, median(jobs), median(blocks))
}

func elapsed(f func()) time.Duration {
	began := time.Now()
	f()
	return time.Since(began)
}

func median(d []time.Duration) time.Duration {
	s := slices.Sorted(slices.Values(d))
	return s[len(s)/2].Round(time.Microsecond)
}
