package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// isMulti reports whether the only argument is a call with several results.
func isMulti(l *lowerer, e *ast.CallExpr) bool {
	if len(e.Args) != 1 {
		return false
	}
	t, ok := l.typeOf(e.Args[0]).(*types.Tuple)
	return ok && t.Len() > 1
}

// spread writes f(g()) where g has several results.
func (l *lowerer) spread(head string, compiled *types.Func, sig *types.Signature, e *ast.CallExpr) string {
	t := l.typeOf(e.Args[0]).(*types.Tuple)
	var params, args []string
	for i := range t.Len() {
		name := fmt.Sprintf("a۰۰%d", i)
		params = append(params, name+" "+l.text(t.At(i).Type()))
		args = append(args, l.argText(name, t.At(i).Type(), sig, i, compiled))
	}
	return fmt.Sprintf("func(%s)%s { %s%s }(%s)", strings.Join(params, ", "), l.resultText(sig), ret(sig),
		callWith(head, strings.Join(args, ", ")), l.expr(e.Args[0]))
}

// args writes the arguments of a call.
func (l *lowerer) args(sig *types.Signature, e *ast.CallExpr, compiled *types.Func) []string {
	var args []string
	for i, a := range e.Args {
		if e.Ellipsis.IsValid() && i == len(e.Args)-1 {
			args = append(args, l.conv(a, sig.Params().At(i).Type())+"...")
			continue
		}
		to := paramType(sig, i)
		if from := l.typeOf(a); compiled != nil && isAny(to) && !isNil(from) {
			args = append(args, l.argText(l.expr(a), from, sig, i, compiled))
			continue
		}
		x := l.conv(a, to)
		if _, lit := ast.Unparen(a).(*ast.FuncLit); lit && compiled != nil && !types.IsInterface(to) {
			x = l.kept(x)
		}
		args = append(args, x)
	}
	if n := sig.Params().Len() - 1; compiled == nil && sig.Variadic() && !e.Ellipsis.IsValid() && len(args) > n {
		if t := sig.Params().At(n).Type(); l.looksSpread(t, e.Args[n:]) {
			args = append(args[:n:n], l.listed(t, args[n:]))
		}
	}
	return args
}

// looksSpread reports whether the interpreter would take one of the arguments for ...elem, such as a []any for
// ...any, for all of them.
func (l *lowerer) looksSpread(slice types.Type, args []ast.Expr) bool {
	text := l.text(slice)
	return slices.ContainsFunc(args, func(a ast.Expr) bool {
		t := l.typeOf(a)
		return !isNil(t) && l.text(types.Default(t)) == text
	})
}

// listed writes arguments as one slice.
func (l *lowerer) listed(slice types.Type, args []string) string {
	return l.text(slice) + "{" + strings.Join(args, ", ") + "}..."
}

// paramType is the type of the i-th argument.
func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte] // append([]byte, string...)
	}
	return sig.Params().At(i).Type()
}

func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// argText converts one argument. What compiled code takes as any is made to show itself
// as what it is in the cell, or is handed over as plain data.
func (l *lowerer) argText(x string, from types.Type, sig *types.Signature, i int, compiled *types.Func) string {
	to := paramType(sig, i)
	if compiled == nil || !isAny(to) {
		return l.convText(x, from, to)
	}
	variadic := sig.Variadic() && i >= sig.Params().Len()-1
	switch {
	case isNil(from):
		return "nil"
	case compiledIface(from):
		return x
	case takesTypes[compiled.FullName()]:
		if types.IsInterface(from) || !needsShow(from) {
			return x
		}
		l.registerDeep(from, map[types.Type]bool{})
		return fmt.Sprintf("%s(%d, %s)", l.rt("Typed"), l.typeID(from), x)
	case compiled.Pkg().Path() == "fmt" && strings.Contains(compiled.Name(), "can"): // Scan, Sscan: it sets what the pointers point to
		if types.IsInterface(from) {
			return l.rt("Out") + "(" + x + ")"
		}
		return x
	case compiled.Pkg().Path() == "log/slog":
		return l.logArg(x, from, variadic)
	case types.IsInterface(from):
		if variadic {
			return l.rt("Shown") + "(" + x + ")"
		}
		if keepsBoxes[compiled.Pkg().Path()] {
			return x
		}
		return l.rt("Out") + "(" + x + ")"
	case variadic && needsShow(from):
		l.registerDeep(from, map[types.Type]bool{})
		return fmt.Sprintf("%s(%d, %s)", l.rt("Typed"), l.typeID(from), x)
	case keepsBoxes[compiled.Pkg().Path()]:
		return l.box(x, from)
	}
	if Mentions(from) {
		l.registerDeep(from, map[types.Type]bool{})
	}
	return x
}

// logArg writes what slog takes as any. It asks for a method LogValue, and shows the rest as fmt does.
func (l *lowerer) logArg(x string, from types.Type, variadic bool) string {
	switch {
	case types.IsInterface(from):
		return l.rt("Logged") + "(" + l.rt("Shown") + "(" + x + "))"
	case !needsShow(from):
		return x
	}
	l.registerDeep(from, map[types.Type]bool{})
	if variadic {
		return fmt.Sprintf("%s(%s(%d, %s))", l.rt("Logged"), l.rt("Typed"), l.typeID(from), x)
	}
	return fmt.Sprintf("%s(%d, %s)", l.rt("LoggedAs"), l.typeID(from), x)
}

// needsShow reports whether fmt could not show a value of type t by itself.
func needsShow(t types.Type) bool {
	found := Mentions(t)
	walkType(t, func(t types.Type) {
		if types.IsInterface(t) && !compiledIface(t) || hides(t) {
			found = true
		}
	})
	return found
}

// hides reports whether a struct has fields that the interpreter calls otherwise.
func hides(t types.Type) bool {
	s, ok := t.(*types.Struct)
	if !ok {
		return false
	}
	for i := range s.NumFields() {
		if !s.Field(i).Exported() {
			return true
		}
	}
	return false
}

// registerDeep registers the cell types that a value of type t may hold.
func (l *lowerer) registerDeep(t types.Type, seen map[types.Type]bool) {
	walkType(t, func(t types.Type) {
		n, ok := t.(*types.Named)
		if !ok || seen[t] || !IsOwn(n.Obj().Pkg()) || types.IsInterface(t) {
			return
		}
		seen[t] = true
		l.register(t)
		l.register(types.NewPointer(t))
		if n.TypeArgs().Len() == 0 || !hasParams(n) {
			l.registerDeep(n.Underlying(), seen)
		}
	})
}

func hasParams(n *types.Named) bool {
	for i := range n.TypeArgs().Len() {
		if isTypeParam(n.TypeArgs().At(i)) {
			return true
		}
	}
	return false
}
