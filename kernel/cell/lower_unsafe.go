package cell

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/types"
)

// Package unsafe: pointers of cells are pointers of the process, so compiled code can do what is
// asked for.

// sizes are those of the machine.
var sizes = types.SizesFor("gc", build.Default.GOARCH)

// unsafeCall writes unsafe.F(...).
func (l *lowerer) unsafeCall(e *ast.CallExpr, name string) string {
	arg := func(i int) string { return l.expr(e.Args[i]) }
	switch name {
	case "Sizeof": // of a type parameter: otherwise it is a constant
		return fmt.Sprintf("uintptr(%d)", sizes.Sizeof(l.typeOf(e.Args[0])))
	case "Alignof":
		return fmt.Sprintf("uintptr(%d)", sizes.Alignof(l.typeOf(e.Args[0])))
	case "Add":
		return fmt.Sprintf("%s(%s, int(%s))", l.rt("UnsafeAdd"), arg(0), arg(1))
	case "String":
		return fmt.Sprintf("%s(%s, int(%s))", l.rt("UnsafeString"), arg(0), arg(1))
	case "StringData":
		return fmt.Sprintf("%s(%s)", l.rt("UnsafeStringData"), arg(0))
	case "Slice":
		return l.typed(l.typeOf(e)) + fmt.Sprintf("(%s(%s, int(%s)))", l.rt("UnsafeSlice"), arg(0), arg(1))
	case "SliceData":
		return l.typed(l.typeOf(e)) + fmt.Sprintf("(%s(%s))", l.rt("UnsafeSliceData"), arg(0))
	}
	l.fail(e, "unsafe.%s", name)
	return ""
}

// unsafeConversion writes a conversion to or from unsafe.Pointer, if it is one.
func (l *lowerer) unsafeConversion(x string, from, to types.Type) (string, bool) {
	switch {
	case isUnsafePointer(from) && isUnsafePointer(to):
		return x, true
	case isUnsafePointer(to):
		return l.rt("ToPointer") + "(" + x + ")", true
	case !isUnsafePointer(from):
		return "", false
	}
	if _, ok := to.Underlying().(*types.Pointer); ok {
		return fmt.Sprintf("%s(%s(%s, (%s)(nil)))", l.typed(to), l.rt("FromPointer"), x, l.text(to)), true
	}
	return l.rt("Address") + "(" + x + ")", true
}

func isUnsafePointer(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.UnsafePointer
}

// typed names a function that takes what compiled code made out of an interface{}.
func (l *lowerer) typed(t types.Type) string {
	text := l.text(t)
	return l.once("typed "+text, "typed", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s { return x.(%s) }\n", name, text, text)
	})
}
