package engine

import (
	"context"
	"fmt"
	"log"
	"os"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"

	"reprise/kernel/cell"
)

// debugLowering adds the lowered text to errors of the interpreter.
var debugLowering = os.Getenv("REPRISE_DEBUG_LOWERING") != ""

// runtimeState is what lowered programs call at run time.
type runtimeState struct {
	e        *Engine
	stop     *bool   // the interpreted stop flag
	line     *int    // the interpreted place marker
	top      *int    // the same for the statements of the cell itself
	body     *func() // the interpreted variable that holds the cell
	wrappers map[reflect.Type]reflect.Type
	types    *typeTable

	mu      sync.Mutex
	runs    map[unsafe.Pointer]*run // by label of the goroutine
	cur     *run
	begun   int
	others  atomic.Int64 // goroutines that cells started and that are alive
	feeding stdinFeed
	shown   sync.Map // name of a display -> the shower
	tokens  tokens
	files   *files // that cells used
}

// A run is one cell while it or its goroutines run.
type run struct {
	cell     Cell
	number   int           // of the execution
	prog     *cell.Program // the Go that runs
	out      Output
	ctx      context.Context
	stopped  chan struct{} // closed to stop the cell
	stopOnce sync.Once
	cause    string // why it was stopped
	results  []any
	defined  int
	exited   bool
	panicked *Fault // of a goroutine
	once     sync.Once
	live     context.Context // ends when the cell is stopped or over; see Context
	facts    *facts          // for the ledger
	alive    atomic.Int64    // goroutines that it started and that have not ended
	left     chan struct{}   // told when one ends
}

func newRuntime(e *Engine) *runtimeState {
	r := &runtimeState{e: e, runs: map[unsafe.Pointer]*run{}, files: newFiles()}
	r.types = newTypeTable(e.pkg)
	return r
}

func (rt *runtimeState) bind(vars map[string]reflect.Value) {
	rt.stop = vars["s۰"].Addr().Interface().(*bool)
	rt.line = vars["l۰"].Addr().Interface().(*int)
	rt.top = vars["m۰"].Addr().Interface().(*int)
	rt.body = vars["c۰"].Addr().Interface().(*func())
}

// setStop writes the flag that interpreted loops read. The race detector is kept out: a
// late view of the flag is harmless.
//
//go:norace
func (rt *runtimeState) setStop(on bool) {
	if rt.stop != nil {
		*rt.stop = on
	}
}

//go:norace
func (rt *runtimeState) marks() (line, top int) { return *rt.line, *rt.top }

// unmark forgets the places of the cell before.
//
//go:norace
func (rt *runtimeState) unmark() { *rt.line, *rt.top = 0, 0 }

// begin makes a cell the current one. Its context ends with an interrupt.
func (rt *runtimeState) begin(parent context.Context, c Cell, out Output, f *facts) (context.Context, *run, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	r := &run{cell: c, out: out, ctx: ctx, stopped: make(chan struct{}), left: make(chan struct{}, 1), facts: f}
	rt.mu.Lock()
	rt.begun++
	r.number = rt.begun
	outer := rt.cur
	rt.cur = r
	rt.mu.Unlock()
	rt.setStop(false)
	watch := context.AfterFunc(parent, func() {
		rt.halt(r, "interrupted") // first: who sees the end of ctx asks whether to stop
		cancel()
	})
	return ctx, r, func() {
		watch()
		cancel()
		rt.mu.Lock()
		rt.cur = outer
		if outer == nil {
			rt.cur = r // goroutines that go on print into the last cell
		}
		rt.mu.Unlock()
	}
}

func (rt *runtimeState) current() *run {
	rt.mu.Lock()
	defer rt.mu.Unlock()
	return rt.cur
}

func (r *run) reset(p *cell.Program) {
	r.prog = p
	r.results, r.defined, r.exited, r.panicked = nil, 0, false, nil
}

func (r *run) reached() int { return r.defined }

// halt stops a run: its loops see the flag, its waits the channel.
func (rt *runtimeState) halt(r *run, cause string) {
	r.stopOnce.Do(func() {
		r.cause = cause
		close(r.stopped)
		rt.setStop(true)
	})
}

// Interrupt asks the running cell to stop.
func (e *Engine) Interrupt() {
	if r := e.rt.current(); r != nil {
		e.rt.halt(r, "interrupted")
	}
}

// execute runs the compiled cell in a goroutine of its own, which an interrupt can end.
func (rt *runtimeState) execute(ctx context.Context, r *run) *Fault {
	done := make(chan struct{})
	var caught any
	finished := false
	body := *rt.body
	*rt.body = nil
	go func() {
		defer close(done)
		defer rt.enter(r)()
		defer func() { caught = recover() }()
		body()
		finished = true
	}()
	watch := rt.watchStack(r)
	<-done
	watch.Stop()
	if r.cause == "stack" {
		forgetStack()
	}
	return rt.judge(r, caught, finished)
}

// judge turns the end of a run into a fault, or nil.
func (rt *runtimeState) judge(r *run, caught any, finished bool) *Fault {
	switch {
	case r.panicked != nil:
		return r.panicked
	case r.cause == "interrupted" && !finished:
		return &Fault{Name: "Interrupted", Message: "the cell was interrupted", Places: rt.where()}
	case r.cause == "stack" && !finished:
		return &Fault{Name: "Recursion", Message: "the recursion does not end: the stack grew over " + stackLimitText, Places: rt.where()}
	case r.exited || caught == nil:
		return nil
	}
	return rt.panicFault(caught)
}

// where are the places that the program marked last: the failing statement, and the
// statement of the cell that led there.
func (rt *runtimeState) where() []Place {
	var places []Place
	line, top := rt.marks()
	for i, m := range []int{line, top} {
		if p, ok := rt.e.pkg.PlaceOf(m); ok && (i == 0 || p.Cell != places[0].Cell || p.Line != places[0].Line) {
			places = append(places, Place{Cell: p.Cell, Line: p.Line, Column: p.Col, Text: p.Text})
		}
		if len(places) == 0 {
			return nil
		}
	}
	return places
}

// mine is the run that the calling goroutine belongs to.
func (rt *runtimeState) mine() *run {
	if rt.others.Load() == 0 {
		return rt.current()
	}
	id := label()
	rt.mu.Lock()
	defer rt.mu.Unlock()
	if r := rt.runs[id]; r != nil {
		return r
	}
	return rt.cur
}

// Stop ends the calling goroutine if its cell was stopped. Goexit rather than panic: deferred
// functions run, recover does not catch it, and deep stacks unwind in linear time.
func (rt *runtimeState) Stop() {
	r := rt.mine()
	if r == nil {
		return
	}
	select {
	case <-r.stopped:
		runtime.Goexit()
	default:
	}
}

// Exit is os.Exit in a cell: it ends the cell.
func (rt *runtimeState) Exit(code int) {
	panic(fmt.Sprintf("os.Exit(%d): a cell can not end the notebook", code))
}

// Goexit ends the calling goroutine.
func (rt *runtimeState) Goexit() {
	if r := rt.mine(); r != nil {
		r.exited = true
	}
	runtime.Goexit()
}

// Defined notes that the first n variables of the cell have their values.
func (rt *runtimeState) Defined(n int) { rt.current().defined = n }

// Result takes the values of the last expression.
func (rt *runtimeState) Result(vals ...any) { rt.current().results = vals }

// Value takes the value of the last expression, when its type is known.
func (rt *runtimeState) Value(id int, v any) { rt.Result(rt.types.Box(id, v)) }

// Outdate tells a function that calls methods directly that one of them was declared again. Goroutines
// of earlier cells may be in it: as with the stop flag, a late view is harmless.
//
//go:norace
func Outdate(flag *bool) { *flag = true }

// exports is the table that lowered programs import.
func (rt *runtimeState) exports() interp.Exports {
	v := reflect.ValueOf
	return interp.Exports{cell.RuntimePath + "/rt": {
		"Stop": v(rt.Stop), "Go": v(rt.Go), "Exit": v(rt.Exit), "Goexit": v(rt.Goexit),
		"Defined": v(rt.Defined), "Result": v(rt.Result), "Value": v(rt.Value), "Outdate": v(Outdate),
		"Box": v(rt.types.Box), "Unbox": v(rt.types.Unbox), "Raw": v(rt.types.Raw), "Typed": v(rt.types.Box),
		"Same": v(Same), "In": v(rt.types.In), "Out": v(rt.types.Out), "Shown": v(rt.types.Shown),
		"Type": v(rt.types.Type), "Method": v(rt.types.Method), "Find": v(rt.types.Find),
		"Implements": v(rt.types.Implements), "As": v(rt.As), "BadAssert": v(rt.types.BadAssert),
		"Equal": v(rt.types.Equal), "ErrorsAs": v(rt.types.ErrorsAs),
		"JSONMarshal": v(rt.types.JSONMarshal), "JSONMarshalIndent": v(rt.types.JSONMarshalIndent), "JSONEncode": v(rt.types.JSONEncode),
		"JSONUnmarshal": v(rt.types.JSONUnmarshal), "JSONDecode": v(rt.types.JSONDecode),
		"Logged": v(rt.types.Logged), "LoggedAs": v(rt.types.LoggedAs),
		"XMLMarshal": v(rt.types.XMLMarshal), "XMLMarshalIndent": v(rt.types.XMLMarshalIndent), "XMLEncode": v(rt.types.XMLEncode), "XMLEncodeElement": v(rt.types.XMLEncodeElement),
		"XMLUnmarshal": v(rt.types.XMLUnmarshal), "XMLDecode": v(rt.types.XMLDecode), "XMLDecodeElement": v(rt.types.XMLDecodeElement),
		"NewDefers": v(NewDefers), "Defer": v(Defer), "Protect": v(rt.Protect), "Deferred": v(rt.Deferred),
		"Recover": v(Recover), "Panic": v(Panic),
		"LoggerFatal": v((*log.Logger).Panic), "LoggerFatalf": v((*log.Logger).Panicf), "LoggerFatalln": v((*log.Logger).Panicln),
		"Breakpoint": v(func() { panic("runtime.Breakpoint: no debugger") }),
		"Print":      v(rt.Print), "Println": v(rt.Println),
		"MinZero": v(MinZero), "ClearMap": v(ClearMap), "Keys": v(Keys), "Values": v(Values), "IsNaN": v(IsNaN), "Runes": v(Runes),
		"Index": v(Index), "Low": v(Low),
		"Pointer": v((*unsafe.Pointer)(nil)), "ToPointer": v(ToPointer), "FromPointer": v(FromPointer), "Address": v(Address),
		"UnsafeAdd": v(UnsafeAdd), "UnsafeString": v(UnsafeString), "UnsafeStringData": v(UnsafeStringData),
		"UnsafeSlice": v(UnsafeSlice), "UnsafeSliceData": v(UnsafeSliceData),
		"Send": v(rt.Send), "Recv": v(rt.Recv), "Select": v(rt.Select),
		"SendCase": v(SendCase), "RecvCase": v(RecvCase), "Default": v(Default),
		"Sleep": v(rt.Sleep), "AfterFunc": v(rt.AfterFunc), "NumGoroutine": v(rt.NumGoroutine),
		"WaitGroupWait": v(rt.WaitGroupWait), "WaitGroupGo": v(rt.WaitGroupGo),
		"MutexLock": v(rt.MutexLock), "RWMutexLock": v(rt.RWMutexLock), "RWMutexRLock": v(rt.RWMutexRLock),
		"CondWait": v(rt.CondWait), "Fail": v(Fail),
		"Stdin": v(stdinReader{rt}), "Stdout": v(rt.writer(Stdout)), "Stderr": v(rt.writer(Stderr)),
	}}
}
