package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// assign writes =, := and the assignment operations.
func (l *lowerer) assign(s *ast.AssignStmt) {
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		l.assignOp(s)
	case len(s.Lhs) == 1:
		l.assignOne(s.Lhs[0], s.Rhs[0])
	case len(s.Lhs) == len(s.Rhs):
		l.assignParallel(s)
	default:
		places := l.places(s.Lhs)
		temps, ts := l.tuple(s.Rhs[0])
		for i, lhs := range s.Lhs {
			l.storeAt(lhs, places[i], temps[i], ts[i])
		}
	}
}

// assignOp writes x op= y. A call on the right may change what x means.
func (l *lowerer) assignOp(s *ast.AssignStmt) {
	x := ""
	if l.calls(s.Rhs[0]) {
		x = l.place(s.Lhs[0])
	}
	if x == "" {
		x = l.expr(s.Lhs[0])
	}
	y, ok := l.bare(s.Rhs[0])
	if !ok {
		y = l.expr(s.Rhs[0])
	}
	if s.Tok == token.SHL_ASSIGN || s.Tok == token.SHR_ASSIGN {
		y = l.shiftCount(s.Rhs[0])
	}
	l.line("%s %s %s", x, s.Tok, y)
}

// calls reports whether evaluating e calls a function.
func (l *lowerer) calls(e ast.Node) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && l.canFail(c) {
			found = true
		}
		_, lit := n.(*ast.FuncLit)
		return !found && !lit
	})
	return found
}

func (l *lowerer) places(lhs []ast.Expr) []string {
	var places []string
	for _, e := range lhs {
		places = append(places, l.place(e))
	}
	return places
}

// storeAt assigns a written value to a place that was evaluated before, or to a plain name.
func (l *lowerer) storeAt(lhs ast.Expr, place, x string, t types.Type) {
	if place == "" {
		l.store(lhs, x, t)
		return
	}
	l.line("%s = %s", place, l.convText(x, t, l.typeOf(lhs)))
}

func (l *lowerer) assignOne(lhs, rhs ast.Expr) {
	if isName(lhs, "_") {
		l.discard(rhs)
		return
	}
	if obj := l.defined(lhs); obj != nil {
		t := l.sub(obj.Type())
		if types.IsInterface(t) || isFunc(t) {
			val := l.conv(rhs, t)
			l.line("var %s %s = %s", l.local(obj), l.text(t), val)
			return
		}
		val := l.renewed(rhs, l.conv(rhs, t))
		l.line("%s := %s", l.local(obj), val)
		return
	}
	place := ""
	if _, lit := ast.Unparen(rhs).(*ast.CompositeLit); lit && l.calls(lhs) {
		place = l.place(lhs) // before what the literal calls
	}
	val := l.copied(rhs, l.conv(rhs, l.typeOf(lhs)))
	if _, star := ast.Unparen(rhs).(*ast.StarExpr); star && l.isMapElement(lhs) {
		t := l.temp() // what a nil pointer points to would delete the element
		l.line("%s := %s", t, val)
		val = t
	}
	if place == "" {
		place = l.expr(lhs)
	}
	l.line("%s = %s", place, val)
}

// renewed writes the first value of a variable that is declared. In a loop, the interpreter would make
// all slices, arrays and maps of one literal in one variable.
func (l *lowerer) renewed(e ast.Expr, val string) string {
	if l.fn.repeats() {
		return l.copied(e, val)
	}
	return val
}

// copied writes a composite literal into a variable of its own, before it is assigned. The interpreter
// would put a struct in the place of the variable, which closures and pointers have.
func (l *lowerer) copied(e ast.Expr, lit string) string {
	if _, ok := ast.Unparen(e).(*ast.CompositeLit); !ok {
		return lit
	}
	name := l.temp()
	l.line("%s := %s", name, lit)
	return name
}

func (l *lowerer) isMapElement(e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return false
	}
	_, ok = l.typeOf(x.X).Underlying().(*types.Map)
	return ok
}

func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// defined is the variable that an identifier on the left of := declares, or nil.
func (l *lowerer) defined(lhs ast.Expr) types.Object {
	id, ok := lhs.(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil
	}
	return l.info.Defs[id]
}

// store assigns a written value of type t.
func (l *lowerer) store(lhs ast.Expr, x string, t types.Type) {
	if isName(lhs, "_") {
		return
	}
	if obj := l.defined(lhs); obj != nil {
		to := l.sub(obj.Type())
		l.line("var %s %s = %s", l.local(obj), l.text(to), l.convText(x, t, to))
		return
	}
	l.line("%s = %s", l.expr(lhs), l.convText(x, t, l.typeOf(lhs)))
}

// assignParallel writes a, b = b, a: all right sides, and the operands on the left, first.
func (l *lowerer) assignParallel(s *ast.AssignStmt) {
	lhs := l.places(s.Lhs)
	var temps []string
	var ts []types.Type
	for i, e := range s.Rhs {
		t := l.typeOf(e)
		if !isName(s.Lhs[i], "_") {
			if obj := l.defined(s.Lhs[i]); obj != nil {
				t = l.sub(obj.Type())
			} else {
				t = l.typeOf(s.Lhs[i])
			}
		}
		t = types.Default(t)
		name := l.temp()
		l.defineTemp(name, e, t)
		temps, ts = append(temps, name), append(ts, t)
	}
	for i, e := range s.Lhs {
		l.storeAt(e, lhs[i], temps[i], ts[i])
	}
}

// place evaluates the operands of an assignable expression, so that later assignments of
// the same statement do not change what it means. "" for plain names.
func (l *lowerer) place(e ast.Expr) string {
	switch x := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		base, i := l.temp(), l.temp()
		switch u := l.typeOf(x.X).Underlying().(type) {
		case *types.Map:
			l.line("%s := %s", base, l.open(x.X))
			l.line("var %s %s = %s", i, l.text(u.Key()), l.conv(x.Index, u.Key()))
			return base + "[" + i + "]"
		case *types.Slice:
			l.line("%s := %s", base, l.open(x.X))
			l.line("%s := %s", i, l.intIndex(x.Index))
			return base + "[" + i + "]"
		}
		l.line("%s := %s", i, l.intIndex(x.Index))
		return l.operand(x.X) + "[" + i + "]"
	case *ast.StarExpr:
		p := l.temp()
		l.line("%s := %s", p, l.open(x.X))
		return "*" + p
	case *ast.SelectorExpr:
		sel := l.info.Selections[x]
		if sel == nil {
			return l.expr(x)
		}
		base := l.place(x.X)
		if t := l.typeOf(x.X); base == "" || isPointer(t) {
			if base = l.operand(x.X); isPointer(t) {
				p := l.temp()
				l.line("%s := %s", p, base)
				base = p
			}
		}
		s, _ := l.path(base, l.sub(sel.Recv()), sel.Index())
		return s
	}
	return ""
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// declStmt writes local declarations. Types are written where they are used, constants
// as their values.
