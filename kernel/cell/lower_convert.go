package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// conversion writes T(x).
func (l *lowerer) conversion(e *ast.CallExpr, to types.Type) string {
	arg := e.Args[0]
	from := l.typeOf(arg)
	if types.IsInterface(to) {
		if isNil(from) {
			return l.zero(to)
		}
		if compiledIface(to) && !types.IsInterface(from) {
			return l.text(to) + "(" + l.conv(arg, to) + ")"
		}
		if types.IsInterface(from) {
			return l.conv(arg, to)
		}
		return "interface{}(" + l.conv(arg, to) + ")"
	}
	if isNil(from) {
		return "(" + l.text(to) + ")(nil)"
	}
	x := l.expr(arg)
	if s, ok := l.unsafeConversion(x, from, to); ok {
		return s
	}
	switch a, b := recursiveNamed(from), recursiveNamed(to); {
	case a != nil && b != nil:
		return x
	case b != nil:
		return l.closed(x, to)
	case a != nil:
		x, from = l.opened(x, from), from.Underlying()
	}
	a, b := l.text(from), l.text(to)
	if a == b {
		return l.bracketed(arg, x)
	}
	if bracketsType(b) {
		b = "(" + b + ")"
	}
	return b + "(" + x + ")"
}

// bracketsType reports whether a type stands in brackets where something is converted to it.
func bracketsType(t string) bool {
	return slices.ContainsFunc([]string{"*", "<-", "(", "func(", "chan ", "chan<-"}, func(p string) bool { return strings.HasPrefix(t, p) })
}

// zero writes the zero value of a type.
func (l *lowerer) zero(t types.Type) string {
	text := l.text(t)
	return l.once("zero "+text, "zero", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s() %s {\nvar v %s\nreturn v\n}\n", name, text, text)
	}) + "()"
}
