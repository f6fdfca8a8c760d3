package engine

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// A runtimeError is what a cell recovers where a compiled program recovers a runtime.Error.
type runtimeError string

// Error is the message, as the Go run-time system words it.
func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks it as a runtime.Error.
func (e runtimeError) RuntimeError() {}

// An assertionError is what a failed type assertion panics with.
type assertionError string

// Error is the message, as the Go run-time system words it.
func (e assertionError) Error() string { return "interface conversion: " + string(e) }

// RuntimeError marks it as a runtime.Error.
func (e assertionError) RuntimeError() {}

var (
	_ runtime.Error = runtimeError("")
	_ runtime.Error = assertionError("")
)

// reworded are the panics of package reflect that stand for those of the language.
var reworded = []struct{ reflect, message string }{
	{"reflect: slice index out of range", "index out of range"},
	{"reflect: array index out of range", "index out of range"},
	{"reflect: string index out of range", "index out of range"},
	{"reflect.Value.Slice: slice index out of bounds", "slice bounds out of range"},
	{"reflect.Value.Slice: string slice index out of bounds", "slice bounds out of range"},
	{"reflect.Value.Slice3: slice index out of bounds", "slice bounds out of range"},
	{"reflect: call of reflect.Value.Field on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.Set on zero Value", "invalid memory address or nil pointer dereference"},
	{"reflect: call of reflect.Value.", "invalid memory address or nil pointer dereference"},
	{"reflect: call of nil function", "invalid memory address or nil pointer dereference"},
	{"reflect: Call of nil function", "invalid memory address or nil pointer dereference"},
	{"reflect.Value.Call: call of nil function", "invalid memory address or nil pointer dereference"},
	{"reflect: function value is nil", "invalid memory address or nil pointer dereference"},
	{"reflect: Method on nil interface value", "invalid memory address or nil pointer dereference"},
	{"reflect.MakeSlice: negative len", "makeslice: len out of range"},
	{"reflect.MakeSlice: negative cap", "makeslice: cap out of range"},
	{"reflect.MakeSlice: len > cap", "makeslice: cap out of range"},
	{"reflect.MakeChan: negative buffer size", "makechan: size out of range"},
	{"invalid memory address", "invalid memory address or nil pointer dereference"},
}

// Recovered is what recover returns to a cell.
func Recovered(v any) any {
	var text string
	switch x := v.(type) {
	case *reflect.ValueError:
		text = x.Error()
	case string:
		if !strings.HasPrefix(x, "reflect") {
			return v
		}
		text = x
	case runtime.Error:
		return v
	default:
		return v
	}
	for _, r := range reworded {
		if strings.HasPrefix(text, r.reflect) {
			return runtimeError(r.message)
		}
	}
	_, rest, _ := strings.Cut(text, ": ")
	return runtimeError(rest)
}

// Index is i, an index into something of length n.
func Index(i, n int) int {
	if i < 0 {
		Fail(fmt.Sprintf("index out of range [%d]", i))
	}
	if i >= n {
		Fail(fmt.Sprintf("index out of range [%d] with length %d", i, n))
	}
	return i
}

// Low is low, of the bounds low:high of something of length n and of a capacity; below 0: of a string.
func Low(low, high, n, capacity int) int {
	limit, what := capacity, "capacity"
	if limit < 0 {
		limit, what = n, "length"
	}
	switch {
	case high < 0:
		Fail(fmt.Sprintf("slice bounds out of range [:%d]", high))
	case high > limit:
		Fail(fmt.Sprintf("slice bounds out of range [:%d] with %s %d", high, what, limit))
	case low < 0:
		Fail(fmt.Sprintf("slice bounds out of range [%d:]", low))
	case low > high:
		Fail(fmt.Sprintf("slice bounds out of range [%d:%d]", low, high))
	}
	return low
}

// Fail panics with an error of the run-time system.
func Fail(message string) { panic(runtimeError(message)) }

// panicFault makes the fault of a panic.
func (rt *runtimeState) panicFault(v any) *Fault {
	f := &Fault{Name: "Panic", Places: rt.where()}
	switch x := Recovered(v).(type) {
	case error:
		f.Message = x.Error()
	case string:
		f.Message = x
		if rest, ok := strings.CutPrefix(x, "not supported here: "); ok {
			f.Name, f.Message = "NotSupported", rest
		}
	default:
		f.Message = fmt.Sprintf("%v", rt.types.Shown(x))
		if _, ok := x.(fmt.Stringer); !ok {
			f.Message = fmt.Sprintf("%s(%s)", rt.types.nameOf(x), f.Message)
		}
	}
	return f
}

// errorFault is the fault of a cell that ends in an error.
func (rt *runtimeState) errorFault(err error) *Fault {
	name, places := "Error", rt.where() // before the cell's methods run
	var c cellError
	if several, ok := err.(cellErrors); ok {
		c = several.cellError
	}
	if c.t != nil || errors.As(err, &c) {
		name = strings.TrimPrefix(typeName(c.t.Go), "*")
	}
	return &Fault{Name: name, Message: err.Error(), Places: places}
}
