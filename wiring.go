package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"reprise/kernel"
	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/swarm"
	"reprise/kernel/symbols"
	"reprise/kernel/worker"
	"reprise/nnlib"
	"reprise/nnlib/experiment"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
	"reprise/notebooks/nb"
)

// languageVersion is the Go that cells are written in. It is not the toolchain's, as saved
// notebooks hold it and are to be the same bytes whatever built the program.
const languageVersion = "1.26"

// firstSeed is what a fresh session is seeded with.
const firstSeed = 1

// startWorker starts this program a second time, as the process that runs cells in folder.
func startWorker(ctx context.Context, folder string, env []string) (*worker.Worker, error) {
	self, err := os.Executable() // under go run it is a temporary file, which is there as long as we are
	if err != nil {
		return nil, err
	}
	return worker.Start(ctx, worker.Options{Path: self, Args: []string{engineVerb}, Env: env, Dir: folder})
}

// startReplica starts this program once more, as a process that plays runs of experiments for
// this one or, where this is `reprise worker`, for a session elsewhere.
func startReplica(ctx context.Context, threads int, answer func(json.RawMessage) (json.RawMessage, error)) (*worker.Worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o := worker.Options{Path: self, Args: []string{engineVerb, "--replica"}, Answer: answer}
	if threads > 0 {
		o.Env = []string{fmt.Sprintf("GOMAXPROCS=%d", threads)}
	}
	return worker.Start(ctx, o)
}

// newSession is what the worker process serves: an engine, and those who play its experiments.
func newSession(worker.Front) (worker.Engine, error) {
	root := rng.Root(firstSeed)
	s := swarm.NewSession(swarm.Config{Root: root, Start: startReplica, Lock: lock})
	e, err := newEngine(root, s, s)
	if err != nil {
		return nil, err
	}
	return s.Around(e), nil
}

// newReplica is what a process serves that plays runs for another.
func newReplica(front worker.Front) (worker.Engine, error) {
	r := swarm.Replica{Front: front}
	return newEngine(rng.Root(firstSeed), r, r)
}

// newEngine is the interpreter, the packages that cells see, and one root of randomness for all of them.
func newEngine(root *rng.Tree, w engine.Workers, play experiment.Evaluator) (*engine.Engine, error) {
	traces := &trace.Collector{}
	e, err := engine.New(engine.Config{
		Root:     root,
		Exports:  symbols.Exports(),
		Packages: symbols.NewImporter(),
		Workers:  w,
		Render:   render,
		Traces:   traces,
	})
	if err != nil {
		return nil, err
	}
	nnlib.Attach(root, e.Progress, e.Poll)
	nnlib.WatchFiles(e.ReadsFile, e.WritesFile)
	experiment.Attach(experiments(e, play))
	nnlib.Interpret(nnlib.Interpreter{As: e.As, TypeName: e.TypeName})
	nnlib.Collect(traces)
	display.Attach(e)
	return e, nil
}

// render shows a value; what could not be shown says why.
func render(v any) display.Bundle {
	if boxed, ok := v.(engine.Boxed); ok && !cell.Mentions(boxed.T.Go) {
		v = boxed.V // nothing of it was declared in a cell: it is what it seems
	}
	b, err := display.Render(v)
	if err != nil {
		return display.Bundle{Data: map[string]any{display.Text: err.Error()}}
	}
	return b
}

// language is the metadata language_info of executed notebooks, as Jupyter clients write
// it from the kernel's own words.
func language() map[string]any {
	v, err := nb.Value(kernel.LanguageInfo(languageVersion))
	if err != nil {
		panic(fmt.Sprintf("internal error: %v", err))
	}
	return v.(map[string]any)
}
