package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func (l *lowerer) stmts(list []ast.Stmt) {
	for _, s := range list {
		l.stmt(s)
	}
}

// stmt writes one statement.
func (l *lowerer) stmt(s ast.Stmt) {
	switch s := s.(type) {
	case *ast.EmptyStmt:
	case *ast.ExprStmt:
		l.mark(s)
		l.exprStmt(s.X)
	case *ast.AssignStmt:
		l.mark(s)
		l.assign(s)
	case *ast.IncDecStmt:
		l.mark(s)
		l.line("%s%s", l.expr(s.X), s.Tok)
	case *ast.DeclStmt:
		l.declStmt(s)
	case *ast.ReturnStmt:
		l.mark(s)
		l.returnStmt(s)
	case *ast.BlockStmt:
		l.line("{")
		l.stmts(s.List)
		l.line("}")
	case *ast.IfStmt:
		l.ifStmt(s)
	case *ast.ForStmt:
		l.forStmt(s, "")
	case *ast.RangeStmt:
		l.rangeStmt(s, "")
	case *ast.SwitchStmt:
		l.switchStmt(s, "")
	case *ast.TypeSwitchStmt:
		l.typeSwitch(s, "")
	case *ast.SelectStmt:
		l.selectStmt(s, "")
	case *ast.LabeledStmt:
		l.labeled(s)
	case *ast.BranchStmt:
		l.branch(s)
	case *ast.GoStmt:
		l.mark(s)
		l.goStmt(s)
	case *ast.DeferStmt:
		l.mark(s)
		l.deferStmt(s)
	case *ast.SendStmt:
		l.mark(s)
		l.send(s)
	default:
		l.fail(s, "%T", s)
	}
}

func (l *lowerer) exprStmt(e ast.Expr) {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
		l.line("%s", l.receive(u, false))
		return
	}
	if c, ok := e.(*ast.CallExpr); ok && !l.info.Types[c.Fun].IsType() {
		tv := l.info.Types[ast.Unparen(c.Fun)]
		if tv.IsBuiltin() && !l.info.Types[e].IsVoid() && !isName(c.Fun, "copy", "recover") {
			l.discard(e)
			return
		}
		l.line("%s", l.expr(e))
		return
	}
	l.discard(e)
}

func isName(e ast.Expr, names ...string) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	for _, n := range names {
		if ok && id.Name == n {
			return true
		}
	}
	return false
}

// discard evaluates an expression into a variable of its own: the interpreter gives all
// blank identifiers of a function one slot.
func (l *lowerer) discard(e ast.Expr) {
	tv := l.info.Types[e]
	if tv.IsType() || isNil(l.typeOf(e)) || tv.Value != nil {
		return
	}
	if tup, ok := l.typeOf(e).(*types.Tuple); ok {
		if tup.Len() > 0 {
			l.tuple(e)
		}
		return
	}
	l.line("%s := %s", l.temp(), l.conv(e, types.Default(l.typeOf(e))))
}

// tuple evaluates an expression with several values into temporaries.
func (l *lowerer) tuple(e ast.Expr) (names []string, ts []types.Type) {
	t, isTuple := l.typeOf(e).(*types.Tuple)
	if isTuple {
		for i := range t.Len() {
			names, ts = append(names, l.temp()), append(ts, l.sub(t.At(i).Type()))
		}
		if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			l.line("%s := %s", strings.Join(names, ", "), l.expr(call))
			return names, ts
		}
	} else {
		names, ts = []string{l.temp(), l.temp()}, []types.Type{l.typeOf(e), types.Typ[types.Bool]}
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.TypeAssertExpr:
		l.line("%s, %s := %s", names[0], names[1], l.assertion(x, true))
	case *ast.UnaryExpr:
		l.line("%s, %s := %s", names[0], names[1], l.receive(x, true))
	default:
		l.line("%s, %s := %s", names[0], names[1], l.expr(e))
		if l.fn.repeats() { // of a key that is not there, the interpreter keeps what it found last time
			l.line("if !%s { %s = %s }", names[1], names[0], l.zeroText(ts[0]))
		}
	}
	return names, ts
}

func (l *lowerer) declStmt(s *ast.DeclStmt) {
	g := s.Decl.(*ast.GenDecl)
	if g.Tok != token.VAR {
		return
	}
	for _, spec := range g.Specs {
		v := spec.(*ast.ValueSpec)
		l.mark(v)
		switch {
		case len(v.Values) == 0:
			for _, id := range v.Names {
				if obj := l.info.Defs[id]; obj != nil && id.Name != "_" {
					l.line("var %s %s", l.local(obj), l.text(obj.Type()))
				}
			}
		case len(v.Values) == len(v.Names):
			for i, id := range v.Names {
				obj := l.info.Defs[id]
				if id.Name == "_" || obj == nil {
					l.discard(v.Values[i])
					continue
				}
				val := l.renewed(v.Values[i], l.conv(v.Values[i], obj.Type()))
				l.line("var %s %s = %s", l.local(obj), l.text(obj.Type()), val)
			}
		default:
			temps, ts := l.tuple(v.Values[0])
			for i, id := range v.Names {
				l.store(id, temps[i], ts[i])
			}
		}
	}
}

func (l *lowerer) ifStmt(s *ast.IfStmt) {
	wrap := s.Init != nil
	if wrap {
		l.line("{")
		l.stmt(s.Init)
	}
	l.mark(s.Cond)
	l.line("if %s {", l.cond(s.Cond))
	l.stmts(s.Body.List)
	switch e := s.Else.(type) {
	case nil:
	case *ast.BlockStmt:
		l.line("} else {")
		l.stmts(e.List)
	default:
		l.line("} else {")
		l.stmt(e)
	}
	l.line("}")
	if wrap {
		l.line("}")
	}
}

func (l *lowerer) labeled(s *ast.LabeledStmt) {
	label := l.label(s.Label.Name)
	l.fn.labels = true
	switch x := s.Stmt.(type) {
	case *ast.ForStmt:
		l.forStmt(x, label)
	case *ast.RangeStmt:
		l.rangeStmt(x, label)
	case *ast.SwitchStmt:
		l.switchStmt(x, label)
	case *ast.TypeSwitchStmt:
		l.typeSwitch(x, label)
	case *ast.SelectStmt:
		l.selectStmt(x, label)
	default:
		l.line("%s:", label)
		l.stmt(s.Stmt)
	}
}

func (l *lowerer) label(name string) string { return name + "۰" }
