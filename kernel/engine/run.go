package engine

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"io"
	"os"
	"sync"

	"github.com/traefik/yaegi/interp"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/ledger"
	"reprise/kernel/modules"
	"reprise/nnlib/rng"
	"reprise/nnlib/trace"
)

// Packages is what cells may import: types and documentation.
type Packages = cell.Packages

// A Config holds what an Engine needs from outside.
type Config struct {
	Root     *rng.Tree        // of all randomness that cells draw
	Exports  []interp.Exports // the compiled packages
	Packages Packages
	Workers  Workers // those who play the runs of experiments; may be nil
	// Unrecorded leaves the ledger out, to measure what it costs.
	Unrecorded bool
	// Render turns the value of a cell into a bundle; nil shows its text.
	Render func(v any) display.Bundle
	// Traces collects what trainings leave; nil when there are none.
	Traces *trace.Collector
}

// An Engine runs the cells of one notebook. One Run at a time.
type Engine struct {
	config  Config
	modules *modules.Modules // what %get fetched, and the compiled packages
	interp  *interp.Interpreter
	kept    kept            // by interp, for nothing
	globals globals         // of interp
	loaded  map[string]bool // imports that interp has
	pkg     *cell.Package
	rt      *runtimeState
	memory  *memory // of what ran
	quiet   bool    // %audit off
	folder  string  // in which the session began

	mu  sync.Mutex
	env map[string]bool // variables that cells have set
}

// New returns an engine with an empty notebook.
func New(c Config) (*Engine, error) {
	if c.Root == nil || c.Packages == nil {
		return nil, errors.New("engine: Config wants Root and Packages")
	}
	c.Packages = modules.New(c.Packages)
	folder, _ := os.Getwd() // one that was removed has no name
	e := &Engine{config: c, modules: c.Packages.(*modules.Modules), pkg: cell.NewPackage(c.Packages), memory: newMemory(), folder: folder}
	return e, e.start()
}

// start makes a fresh interpreter.
func (e *Engine) start() error {
	e.rt = newRuntime(e)
	e.interp = interp.New(interp.Options{Stdout: e.rt.writer(Stdout), Stderr: io.Discard, Stdin: e.rt.stdin()})
	e.kept, e.globals, e.loaded = kept{}, globals{}, map[string]bool{}
	for _, x := range append(append([]interp.Exports{}, e.config.Exports...), e.rt.exports(), e.rt.overlays(), e.rt.watches()) {
		if err := e.interp.Use(unhooked(x)); err != nil {
			return fmt.Errorf("engine: loading symbols: %w", err)
		}
	}
	if err := e.exec("var s۰ bool\nvar l۰, m۰ int\nvar c۰ func()\n"); err != nil {
		return fmt.Errorf("engine: starting the interpreter: %w", err)
	}
	vars := e.interp.Globals()
	e.rt.bind(vars)
	hidePlaces(e.interp, &e.rt.line, &e.rt.top)
	e.kept, e.globals = keptBy(e.interp), globalsOf(e.interp)
	e.rt.wrappers = wrapperTypes(e.config.Exports)
	return nil
}

// unhooked spells the path of fmt so that Use does not put functions of its own in its place
// and does not compile its generic packages: cells have better ones.
func unhooked(x interp.Exports) interp.Exports {
	if x["fmt/fmt"] == nil {
		return x
	}
	y := interp.Exports{}
	for k, v := range x {
		if k == "fmt/fmt" {
			k = "fmt/./fmt"
		}
		y[k] = v
	}
	return y
}

// Package is the live notebook.
func (e *Engine) Package() *cell.Package { return e.pkg }

// Root is the root of the session's randomness.
func (e *Engine) Root() *rng.Tree { return e.config.Root }

// Reset forgets everything that cells declared.
func (e *Engine) Reset() error {
	if err := e.modules.Close(); err != nil {
		return fmt.Errorf("engine: forgetting modules: %w", err)
	}
	e.pkg.Reset()
	e.memory.forget()
	return e.start()
}

// IsComplete says whether code can be run as it stands.
func (e *Engine) IsComplete(code string) cell.State { return cell.IsComplete(code) }

// Close ends the engine. Goroutines that cells started are asked to stop.
func (e *Engine) Close() error {
	e.Interrupt()
	return e.modules.Close()
}

// Run runs a cell: its parts in order, Go and magics. The user's mistakes come back as *Fault.
func (e *Engine) Run(ctx context.Context, c Cell, out Output) (Outcome, error) {
	if name, detail, ok := cell.Question(c.Source); ok {
		return e.page(ctx, c, name, detail, out)
	}
	var f *facts
	if !e.config.Unrecorded {
		f = newFacts(c, e.config.Root)
	}
	ctx, r, end := e.rt.begin(ctx, c, out, f)
	defer end()
	e.config.Traces.Start(c.Zoom)
	s := &seeds{given: c.Seeds}
	last, err := e.runParts(ctx, c, out, s)
	last.Seeds, last.Trace = s.taken, e.config.Traces.Take()
	if f == nil {
		return last, err
	}
	if c.Name == expression {
		last.Ledger = f.marks.Drawn()
		return last, err
	}
	last.Running = r.settle()
	last.Facts = e.remember(r, s, last.Running, err == nil)
	last.Ledger = f.drawn
	return last, err
}

// remember completes the facts of a cell, and says below it what its reader should know.
func (e *Engine) remember(r *run, s *seeds, running int, ok bool) ledger.Facts {
	x := &execution{cell: r.cell, facts: r.facts.finish(s, len(e.memory.list), e.memory), running: running, ok: ok}
	stale := e.memory.add(x)
	if b := notice(r.facts.shown, stale); b != nil && !r.cell.Silent && !e.quiet {
		r.out.Display(*b, "", false)
	}
	return x.facts
}

// runParts runs Go and magics in order; the value is the last part's.
func (e *Engine) runParts(ctx context.Context, c Cell, out Output, s *seeds) (last Outcome, err error) {
	for _, p := range parts(c.Source) {
		if p.magic == nil {
			last, err = e.RunGo(ctx, Cell{Name: c.Name, ID: c.ID, Source: p.text, Silent: c.Silent}, out)
		} else {
			call := *p.magic
			call.Engine, call.Cell, call.Out, call.seeds = e, c, out, s
			last, err = e.runMagic(ctx, &call)
		}
		if err != nil {
			return Outcome{}, err
		}
	}
	return last, nil
}

// RunGo runs a cell of Go text alone.
func (e *Engine) RunGo(ctx context.Context, c Cell, out Output) (Outcome, error) {
	prog, err := e.pkg.Prepare(c.Name, c.Source)
	if err != nil {
		return Outcome{}, compileFault(err)
	}
	for _, w := range prog.Warnings {
		out.Stream(Stderr, "warning: "+w+"\n")
	}
	if err := e.load(prog); err != nil {
		return Outcome{}, &Fault{Name: "NotSupported", Message: "the interpreter does not take this cell: " + err.Error(),
			Places: []Place{{Cell: c.Name, Line: 1}}}
	}
	e.pkg.Commit(prog)
	r := e.rt.current()
	r.reset(prog)
	e.rt.unmark()
	r.facts.flow(prog.Flow, e.memory.versions)
	fault := e.rt.execute(ctx, r)
	if fault != nil {
		e.pkg.Settle(prog, r.reached())
		return Outcome{}, fault
	}
	return e.outcome(c, prog, r)
}

// load gives the interpreter a program's declarations.
func (e *Engine) load(prog *cell.Program) error {
	for _, imp := range prog.Imports {
		if e.loaded[imp] {
			continue // by a cell that the interpreter did not take
		}
		if err := e.exec(imp + "\n"); err != nil {
			return err
		}
		e.loaded[imp] = true
	}
	return e.exec(prog.Decls)
}

// exec compiles and runs declarations. The file name never changes: the interpreter
// keeps imports by file.
func (e *Engine) exec(text string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil && debugLowering {
			err = fmt.Errorf("%w\n%s", err, text)
		}
	}()
	f, err := parser.ParseFile(e.interp.FileSet(), "notebook", "package main\n"+text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	defer e.forget(f)
	p, err := e.interp.CompileAST(f)
	if err != nil {
		return err
	}
	e.globals.grow()
	_, err = e.interp.Execute(p)
	return err
}

func compileFault(err error) error {
	var errs *cell.Errors
	if !errors.As(err, &errs) {
		return err
	}
	f := &Fault{Name: errs.Kind, Notes: errs.Notes}
	for _, x := range errs.List {
		f.Places = append(f.Places, Place{Cell: errs.Cell, Line: x.Line, Column: x.Col, Text: x.Text, Message: x.Msg})
	}
	f.Message = errs.List[0].Msg
	if n := len(errs.List); n > 1 {
		f.Message = fmt.Sprintf("%s (and %d more)", f.Message, n-1)
	}
	return f
}
