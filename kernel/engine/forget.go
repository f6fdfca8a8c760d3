package engine

import (
	"go/ast"
	"reflect"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// kept are the places where the interpreter keeps the tree and the scopes of every text that it
// ever compiled, for its debugger alone. There is no call that empties them, and they would
// be most of what a notebook costs.
type kept struct{ roots, scopes reflect.Value }

// keptBy finds the places; the interpreter must have compiled something.
func keptBy(i *interp.Interpreter) kept {
	v := reflect.ValueOf(i).Elem()
	notebook := v.FieldByName("scopes").MapIndex(reflect.ValueOf("main")).Elem()
	return kept{settable(v.FieldByName("roots")), settable(notebook.FieldByName("child"))}
}

// settable is an unexported field as one that can be set.
func settable(f reflect.Value) reflect.Value {
	return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
}

// forget drops what the interpreter keeps of a compiled text and does not need to run it. What is
// alive of it, functions and closures hold.
func (e *Engine) forget(f *ast.File) {
	if e.kept.roots.IsValid() {
		e.kept.roots.SetZero()
		e.kept.scopes.SetZero()
	}
	set := e.interp.FileSet()
	if tf := set.File(f.FileStart); tf != nil {
		set.RemoveFile(tf)
	}
}
