package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// switchStmt writes a switch. One over an interface compares by compiled code.
func (l *lowerer) switchStmt(s *ast.SwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.stmt(s.Init)
	}
	l.mark(s)
	tag := ""
	var tagType types.Type
	if s.Tag != nil {
		tagType = types.Default(l.typeOf(s.Tag))
		tag = l.temp()
		l.defineTemp(tag, s.Tag, tagType)
	}
	chosen := ""
	if fallsAround(s) {
		chosen = l.chosen(s, tag, tagType)
	}
	l.fn.loops = append(l.fn.loops, &loop{label: label, isSwitch: true})
	if label != "" {
		l.line("%s:", label)
	}
	l.line("switch {")
	for i, c := range s.Body.List {
		switch cc := c.(*ast.CaseClause); {
		case chosen != "":
			l.line("case %s == %d:", chosen, i)
		case cc.List == nil:
			l.line("default:")
		default:
			l.line("case %s:", l.caseConds(tag, tagType, cc))
		}
		l.stmts(c.(*ast.CaseClause).Body)
	}
	l.line("}")
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

func (l *lowerer) caseConds(tag string, tagType types.Type, cc *ast.CaseClause) string {
	var conds []string
	for _, e := range cc.List {
		conds = append(conds, l.caseCond(tag, tagType, e))
	}
	return strings.Join(conds, " || ")
}

// fallsAround reports whether a switch has a default that is not its last clause, and a clause
// that falls through: the interpreter moves the default to the end.
func fallsAround(s *ast.SwitchStmt) bool {
	early, falls := false, false
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		early = early || cc.List == nil && i < len(s.Body.List)-1
		if n := len(cc.Body); n > 0 {
			b, ok := cc.Body[n-1].(*ast.BranchStmt)
			falls = falls || ok && b.Tok == token.FALLTHROUGH
		}
	}
	return early && falls
}

// chosen writes the choice of a clause, as its number, before the switch itself.
func (l *lowerer) chosen(s *ast.SwitchStmt, tag string, tagType types.Type) string {
	n := l.temp()
	l.line("%s := -1", n)
	l.line("switch {")
	for i, c := range s.Body.List {
		cc := c.(*ast.CaseClause)
		if cc.List == nil {
			l.line("default:")
		} else {
			l.line("case %s:", l.caseConds(tag, tagType, cc))
		}
		l.line("%s = %d", n, i)
	}
	l.line("}")
	return n
}

func (l *lowerer) caseCond(tag string, tagType types.Type, e ast.Expr) string {
	if tag == "" {
		if t := l.typeOf(e); types.IsInterface(t) {
			return l.equalText(l.operand(e), t, "true", types.Typ[types.Bool])
		}
		return l.expr(e)
	}
	t := l.typeOf(e)
	if isNil(t) {
		return tag + " == nil"
	}
	if types.IsInterface(tagType) || types.IsInterface(t) || !simple(tagType) {
		return l.equalText(tag, tagType, l.operand(e), t)
	}
	if s, ok := l.bare(e); ok {
		return "(" + tag + " == " + s + ")"
	}
	return "(" + tag + " == " + l.operand(e) + ")"
}

// typeSwitch writes a type switch as a chain of assertions.
func (l *lowerer) typeSwitch(s *ast.TypeSwitchStmt, label string) {
	l.line("{")
	if s.Init != nil {
		l.stmt(s.Init)
	}
	l.mark(s)
	var x ast.Expr
	switch a := s.Assign.(type) {
	case *ast.ExprStmt:
		x = ast.Unparen(a.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		x = ast.Unparen(a.Rhs[0]).(*ast.TypeAssertExpr).X
	}
	from := l.typeOf(x)
	orig, val := l.temp(), l.temp()
	l.line("var %s %s = %s", orig, l.text(from), l.expr(x))
	if compiledIface(from) {
		l.line("%s := %s(%s)", val, l.rt("In"), orig)
	} else {
		l.line("var %s interface{} = %s", val, orig)
	}
	l.fn.loops = append(l.fn.loops, &loop{label: label, isSwitch: true})
	if label != "" {
		l.line("%s:", label)
	}
	l.line("switch {")
	for _, c := range s.Body.List {
		l.typeCase(c.(*ast.CaseClause), orig, val, from)
	}
	l.line("}")
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

func (l *lowerer) typeCase(cc *ast.CaseClause, orig, val string, from types.Type) {
	if cc.List == nil {
		l.line("default:")
	} else {
		var conds []string
		for _, e := range cc.List {
			if isNil(l.typeOf(e)) {
				conds = append(conds, val+" == nil")
				continue
			}
			conds = append(conds, l.tester(l.typeOf(e))+"("+val+")")
		}
		l.line("case %s:", strings.Join(conds, " || "))
	}
	if obj := l.info.Implicits[cc]; obj != nil {
		t := l.sub(obj.Type())
		if len(cc.List) == 1 && !isNil(l.typeOf(cc.List[0])) {
			l.line("%s, _ := %s(%s)", l.local(obj), l.asserter(t, nil, true), val)
		} else {
			l.line("var %s %s = %s", l.local(obj), l.text(t), orig)
		}
	}
	l.stmts(cc.Body)
}

// tester names a function that reports whether an interface{} holds a T.
func (l *lowerer) tester(t types.Type) string {
	is := l.asserter(t, nil, true)
	return l.once("test "+l.key(t), "test", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) bool {\n_, ok := %s(x)\nreturn ok\n}\n", name, is)
	})
}
