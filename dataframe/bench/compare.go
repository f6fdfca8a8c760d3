package main

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"
)

//go:embed peers.py
var peersProgram string

// A cost is what one run of an operation takes.
type cost struct {
	Wall, CPU float64 // seconds
	Memory    float64 // bytes: allocated here, peak above the start in the peers
}

// A peer is a Python process that runs operations of one library on request.
type peer struct {
	name string
	in   io.WriteCloser
	out  *bufio.Reader
	cmd  *exec.Cmd
}

func startPeer(name, dir string) (*peer, error) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		python = "python3"
	}
	cmd := exec.Command(python, "-c", peersProgram, name, dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w; set REPRISE_PYTHON to an interpreter with pandas and polars", python, err)
	}
	p := &peer{name, in, bufio.NewReader(out), cmd}
	version, err := p.out.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("%s did not start in %s: %w", name, python, err)
	}
	fmt.Print(version)
	return p, nil
}

func (p *peer) run(request string) (cost, error) {
	if _, err := fmt.Fprintln(p.in, request); err != nil {
		return cost{}, fmt.Errorf("%s: %w", p.name, err)
	}
	line, err := p.out.ReadBytes('\n')
	if err != nil {
		return cost{}, fmt.Errorf("%s: %s: %w", p.name, request, err)
	}
	var c cost
	return c, json.Unmarshal(line, &c)
}

func (p *peer) stop() {
	p.in.Close()
	p.cmd.Wait()
}

func runHere(op operation, d *data) cost {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start, cpu := time.Now(), cpuSeconds()
	result := op.run(d)
	c := cost{Wall: time.Since(start).Seconds(), CPU: cpuSeconds() - cpu}
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(result)
	c.Memory = float64(after.TotalAlloc - before.TotalAlloc)
	return c
}

func compare(chosen []operation, rows, rounds int) error {
	raw := makeRaw(rows)
	d := makeData(raw, true)
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := raw.save(dir, d.csv); err != nil {
		return err
	}
	pandas, err := startPeer("pandas", dir)
	if err != nil {
		return err
	}
	defer pandas.stop()
	polars, err := startPeer("polars", dir)
	if err != nil {
		return err
	}
	defer polars.stop()
	fmt.Printf("\n%-10s %9s %9s %9s   %9s %9s %9s   %6s %6s %6s   %s\n", "wall, CPU", "ours", "pandas", "polars", "ours", "pandas", "polars",
		"wall", "CPU", "target", "MB: ours (allocated), pandas (peak), ratio")
	for _, op := range chosen {
		if err := compareOne(op, dataFor(op, d, raw), pandas, polars, rounds); err != nil {
			return err
		}
	}
	return nil
}

func dataFor(op operation, d *data, raw rawData) *data {
	if op.name != "merge" {
		return d
	}
	merge := *d
	merge.df = forMerge(raw)
	return &merge
}

func compareOne(op operation, d *data, pandas, polars *peer, rounds int) error {
	var ours, theirs, others []cost
	for round := range rounds + 1 {
		a := runHere(op, d)
		b, err := pandas.run(op.name)
		if err != nil {
			return err
		}
		c, err := polars.run(op.name)
		if err != nil {
			return err
		}
		if round > 0 { // the first one warms up
			ours, theirs, others = append(ours, a), append(theirs, b), append(others, c)
		}
	}
	peak, err := pandas.run("memory " + op.name)
	if err != nil {
		return err
	}
	wall := func(c cost) float64 { return c.Wall }
	cpu := func(c cost) float64 { return c.CPU }
	ms := func(costs []cost, f func(cost) float64) string {
		return fmt.Sprintf("%7.1fms", 1000*median(costs, f))
	}
	fmt.Printf("%-10s %s %s %s   %s %s %s   %6.2f %6.2f %6.2f   %.0f %.0f %.2f\n", op.name,
		ms(ours, wall), ms(theirs, wall), ms(others, wall), ms(ours, cpu), ms(theirs, cpu), ms(others, cpu),
		medianRatio(ours, theirs, wall), medianRatio(ours, theirs, cpu), op.target,
		ours[0].Memory/1e6, peak.Memory/1e6, ours[0].Memory/peak.Memory)
	return nil
}

func median(costs []cost, f func(cost) float64) float64 {
	values := make([]float64, len(costs))
	for i, c := range costs {
		values[i] = f(c)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func medianRatio(a, b []cost, f func(cost) float64) float64 {
	values := make([]float64, len(a))
	for i := range a {
		values[i] = f(a[i]) / f(b[i])
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// scale prints nanoseconds per row: a cost that grows faster than the rows shows.
func scale(chosen []operation, largest int) {
	fmt.Printf("\nns per row ")
	for rows := 10_000; rows <= largest; rows *= 10 {
		fmt.Printf("%10d", rows)
	}
	fmt.Println()
	costs := map[string][]float64{}
	for rows := 10_000; rows <= largest; rows *= 10 {
		raw := makeRaw(rows)
		d := makeData(raw, slices.ContainsFunc(chosen, func(op operation) bool { return op.name == "csvread" }))
		for _, op := range chosen {
			var runs []cost
			for range 3 {
				runs = append(runs, runHere(op, dataFor(op, d, raw)))
			}
			costs[op.name] = append(costs[op.name], 1e9*median(runs, func(c cost) float64 { return c.CPU })/float64(rows))
		}
	}
	for _, op := range chosen {
		fmt.Printf("%-11s", op.name)
		for _, c := range costs[op.name] {
			fmt.Printf("%10.1f", c)
		}
		fmt.Println()
	}
}
