package cell

import (
	"fmt"
	"go/ast"
	"go/types"
)

// assertion writes x.(T), or its two-valued form.
func (l *lowerer) assertion(e *ast.TypeAssertExpr, ok bool) string {
	from := l.typeOf(e.X)
	x := l.expr(e.X)
	if compiledIface(from) {
		x = l.rt("In") + "(" + x + ")"
	}
	return l.asserter(l.sub(l.info.TypeOf(e.Type)), from, ok) + "(" + x + ")"
}

// asserter names the function that asserts that an interface{} holds a T.
func (l *lowerer) asserter(t, from types.Type, ok bool) string {
	text := l.text(t)
	is := l.once("is "+l.key(t), "is", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) (%s, bool) {\nvar v %s\n%s}\n", name, text, text, l.assertBody(t, text))
	})
	if ok {
		return is
	}
	from = l.sub(from)
	return l.once("must "+l.key(t)+" from "+l.key(from), "must", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nv, ok := %s(x)\nif !ok { %s(x, %d, %d) }\nreturn v\n}\n",
			name, text, is, l.rt("BadAssert"), l.typeID(t), l.typeID(from))
	})
}

func (l *lowerer) assertBody(t types.Type, text string) string {
	switch {
	case compiledIface(t):
		return fmt.Sprintf("if x == nil { return nil, false }\ny := %s(x, (*%s)(nil))\nif y == nil { return nil, false }\nreturn y.(%s), true\n", l.rt("As"), text, text)
	case types.IsInterface(t):
		return fmt.Sprintf("if x != nil && %s(x, %d) { return x, true }\nreturn nil, false\n", l.rt("Implements"), l.typeID(t))
	case exact(t):
		l.typeID(t)
		return fmt.Sprintf("v, ok := x.(%s)\nreturn v, ok\n", text)
	}
	if recursiveNamed(t) != nil {
		return fmt.Sprintf("return %s(x, %d)\n", l.rt("Unbox"), l.typeID(t))
	}
	if empty(t) { // the interpreter asserts no empty structs
		return fmt.Sprintf("_, ok := %s(x, %d)\nreturn v, ok\n", l.rt("Unbox"), l.typeID(t))
	}
	return fmt.Sprintf("y, ok := %s(x, %d)\nif !ok { return v, false }\nreturn y.(%s), true\n", l.rt("Unbox"), l.typeID(t), text)
}

// rawAs names a function that turns the raw content of an interface{} into a T.
func (l *lowerer) rawAs(t types.Type, text string) string {
	if recursiveNamed(t) != nil {
		text = "*" + l.key(t)
	}
	return l.once("raw "+text, "raw", func(name string) {
		if recursiveNamed(t) != nil {
			fmt.Fprintf(&l.funcs, "func %s(x interface{}) interface{} { return x }\n", name)
			return
		}
		if empty(t) {
			fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nvar v %s\nreturn v\n}\n", name, text, text)
			return
		}
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s { return x.(%s) }\n", name, text, text)
	})
}

// empty reports whether t is a struct without fields.
func empty(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}
