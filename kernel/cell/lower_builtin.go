package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// builtin writes the use of a predeclared function.
func (l *lowerer) builtin(e *ast.CallExpr, fun ast.Expr) (s string) {
	name := ""
	switch f := fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		return l.unsafeCall(e, f.Sel.Name)
	}
	if isMulti(l, e) {
		return l.spreadBuiltin(e, fun)
	}
	arg := func(i int) string { return l.opened(l.expr(e.Args[i]), l.typeOf(e.Args[i])) }
	switch name {
	case "append":
		return l.append(e)
	case "len", "cap":
		if a, ok := deref(l.typeOf(e.Args[0])).Underlying().(*types.Array); ok { // a pointer may be nil
			return l.arrayLen(e.Args[0], a)
		}
	case "min", "max":
		return l.minMax(name, e)
	case "clear":
		return l.clear(e)
	case "make":
		t := l.typeOf(e.Args[0])
		args := []string{l.text(t)}
		if recursiveNamed(t) != nil {
			args[0] = l.text(t.Underlying())
			defer func() { s = l.closed(s, t) }()
		}
		if c, ok := t.Underlying().(*types.Chan); ok && c.Dir() != types.SendRecv {
			args[0] = "chan (" + l.text(c.Elem()) + ")"
			defer func() { s = "(" + l.text(t) + ")(" + s + ")" }()
		}
		for _, a := range e.Args[1:] {
			args = append(args, l.intIndex(a))
		}
		return "make(" + strings.Join(args, ", ") + ")"
	case "new":
		if l.info.Types[e.Args[0]].IsType() {
			return "new(" + l.text(l.typeOf(e.Args[0])) + ")"
		}
		return l.newOf(e)
	case "delete":
		m := l.typeOf(e.Args[0]).Underlying().(*types.Map)
		return "delete(" + arg(0) + ", " + l.conv(e.Args[1], m.Key()) + ")"
	case "panic":
		return l.rt("Panic") + "(" + l.conv(e.Args[0], types.NewInterfaceType(nil, nil)) + ")"
	case "recover":
		home := l.fn.home()
		if home.recovers == "" { // the cell's own statements: bodyText writes the rest
			home.recovers = l.temp()
		}
		return l.rt("Recover") + "(" + home.recovers + ")"
	case "print", "println":
		var args []string
		for i, a := range e.Args {
			args = append(args, l.box(arg(i), l.typeOf(a)))
		}
		return l.rt(strings.ToUpper(name[:1])+name[1:]) + "(" + strings.Join(args, ", ") + ")"
	}
	var args []string
	for i := range e.Args {
		args = append(args, arg(i))
	}
	return name + "(" + strings.Join(args, ", ") + ")"
}

func (l *lowerer) append(e *ast.CallExpr) string {
	s, ok := l.typeOf(e.Args[0]).Underlying().(*types.Slice)
	if !ok {
		s = l.typeOf(e).Underlying().(*types.Slice)
	}
	first := l.opened(l.expr(e.Args[0]), l.typeOf(e.Args[0]))
	if isNil(l.typeOf(e.Args[0])) {
		first = l.text(l.typeOf(e).Underlying()) + "(nil)"
	}
	args := []string{first}
	for i, a := range e.Args[1:] {
		if e.Ellipsis.IsValid() && i == len(e.Args)-2 {
			args = append(args, l.opened(l.expr(a), l.typeOf(a))+"...")
			continue
		}
		x := l.conv(a, s.Elem())
		if len(e.Args) > 2 && l.aliases(a) {
			x = l.same(s.Elem()) + "(" + x + ")"
		}
		args = append(args, x)
	}
	if l.looksSpread(s, e.Args[1:]) && !e.Ellipsis.IsValid() {
		args = []string{first, l.listed(s, args[1:])}
	}
	return l.closed("append("+strings.Join(args, ", ")+")", l.typeOf(e))
}

// aliases reports whether the interpreter hands e on as a place rather than as its value.
func (l *lowerer) aliases(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.IndexExpr, *ast.StarExpr, *ast.SelectorExpr:
		return l.info.Types[e].Value == nil
	}
	return false
}

// same names a function that returns its argument: a copy of it.
func (l *lowerer) same(t types.Type) string {
	text := l.text(t)
	return l.once("same "+text, "same", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x %s) %s { return x }\n", name, text, text)
	})
}

// arrayLen writes the length of an array that some call returns.
func (l *lowerer) arrayLen(e ast.Expr, a *types.Array) string {
	x, ok := ast.Unparen(e).(*ast.StarExpr)
	if ok {
		e = x.X
	}
	return fmt.Sprintf("func(_ %s) int { return %d }(%s)", l.text(l.typeOf(e)), a.Len(), l.expr(e))
}

// spreadBuiltin writes append(f()) and the like, where f has several results.
func (l *lowerer) spreadBuiltin(e *ast.CallExpr, fun ast.Expr) string {
	t := l.typeOf(e.Args[0]).(*types.Tuple)
	call := &ast.CallExpr{Fun: e.Fun}
	l.info.Types[call] = l.info.Types[e]
	var params []string
	for i := range t.Len() {
		name := l.temp()
		id := &ast.Ident{Name: name, NamePos: e.Pos()}
		v := types.NewVar(e.Pos(), nil, name, t.At(i).Type())
		l.info.Types[id] = types.TypeAndValue{Type: v.Type()}
		l.info.Uses[id] = v
		l.fn.names[v] = name
		call.Args = append(call.Args, id)
		params = append(params, name+" "+l.text(v.Type()))
	}
	result := ""
	if !l.info.Types[e].IsVoid() {
		result = "return "
	}
	head := "func(" + strings.Join(params, ", ") + ")"
	if result != "" {
		head += " " + l.text(l.typeOf(e))
	}
	return head + " { " + result + l.builtin(call, fun) + " }(" + l.expr(e.Args[0]) + ")"
}

// minMax writes min and max, which the interpreter lacks, as a function for the type. NaN and the
// sign of zero are as the language says.
func (l *lowerer) minMax(name string, e *ast.CallExpr) string {
	t := l.typeOf(e)
	text, op := l.text(t), map[string]string{"min": "<", "max": ">"}[name]
	f := l.once(name+" "+text, name, func(f string) {
		extra := ""
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsFloat != 0 {
			extra = fmt.Sprintf("if a != a || b != b { return a + b }\nif a == 0 && b == 0 { return %s }\n",
				map[string]string{"min": text + "(" + l.rt("MinZero") + "(float64(a), float64(b)))", "max": "a + b"}[name])
		}
		fmt.Fprintf(&l.funcs, "func %s(a, b %s) %s {\n%sif b %s a { return b }\nreturn a\n}\n", f, text, text, extra, op)
	})
	s := l.conv(e.Args[0], t)
	for _, a := range e.Args[1:] {
		s = f + "(" + s + ", " + l.conv(a, t) + ")"
	}
	if len(e.Args) == 1 {
		return l.bracketed(e.Args[0], s)
	}
	return s
}

// clear empties a map or zeroes a slice.
func (l *lowerer) clear(e *ast.CallExpr) string {
	t := l.typeOf(e.Args[0]).Underlying()
	text := l.text(t)
	f := l.once("clear "+text, "clear", func(f string) {
		body := fmt.Sprintf("for i := 0; i < len(x); i++ { var z %s; x[i] = z }", l.elemText(t))
		if _, ok := t.Underlying().(*types.Map); ok {
			body = l.rt("ClearMap") + "(x)"
		}
		fmt.Fprintf(&l.funcs, "func %s(x %s) { %s }\n", f, text, body)
	})
	return f + "(" + l.opened(l.expr(e.Args[0]), l.typeOf(e.Args[0])) + ")"
}

func (l *lowerer) elemText(t types.Type) string {
	if s, ok := t.Underlying().(*types.Slice); ok {
		return l.text(s.Elem())
	}
	return "int"
}

// newOf writes new(x) with a value, of Go 1.26.
func (l *lowerer) newOf(e *ast.CallExpr) string {
	t := deref(l.typeOf(e))
	text := l.text(t)
	f := l.once("new "+text, "new", func(f string) {
		fmt.Fprintf(&l.funcs, "func %s(x %s) *%s { return &x }\n", f, text, text)
	})
	return f + "(" + l.conv(e.Args[0], t) + ")"
}
