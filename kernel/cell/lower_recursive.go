package cell

import (
	"fmt"
	"go/ast"
	"go/types"
)

// Types that refer to themselves without a struct around it (type State func() State) are unknown to
// the interpreter. A value of one runs as an interface{} that holds a value of its underlying
// type, in which the type itself is interface{} again. It is opened where its underlying type is
// used, and closed where a value becomes one.

// recursiveNamed is t when it is such a type, or nil.
func recursiveNamed(t types.Type) *types.Named {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !IsOwn(n.Obj().Pkg()) {
		return nil
	}
	switch n.Underlying().(type) {
	case *types.Struct, *types.Interface, *types.Basic:
		return nil
	}
	if !recursive(n.Underlying(), n.Origin().Obj(), map[types.Object]bool{}) {
		return nil
	}
	return n
}

// opened writes a value with its underlying type.
func (l *lowerer) opened(x string, t types.Type) string {
	n := recursiveNamed(l.sub(t))
	if n == nil {
		return x
	}
	return l.once("open "+l.key(n), "open", func(name string) {
		text := l.text(n.Underlying())
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nvar v %s\nif x != nil { v = x.(%s) }\nreturn v\n}\n", name, text, text, text)
	}) + "(" + x + ")"
}

// open is opened for an expression.
func (l *lowerer) open(e ast.Expr) string {
	if recursiveNamed(l.typeOf(e)) == nil {
		return l.operand(e)
	}
	return l.opened(l.expr(e), l.typeOf(e))
}

// closed writes a value of the underlying type of t as a t.
func (l *lowerer) closed(x string, t types.Type) string {
	n := recursiveNamed(l.sub(t))
	if n == nil {
		return x
	}
	return l.once("close "+l.key(n), "close", func(name string) {
		test := "if v == nil { return nil }\n"
		if _, ok := n.Underlying().(*types.Array); ok {
			test = ""
		}
		fmt.Fprintf(&l.funcs, "func %s(v %s) interface{} {\n%sreturn %s(v)\n}\n", name, l.text(n.Underlying()), test, l.rt("Same"))
	}) + "(" + x + ")"
}
