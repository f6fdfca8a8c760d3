package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Channel operations go through compiled code, so that an interrupt can wake them. Values
// travel by pointer: their type is then the interpreter's own.

// receive writes <-ch, or its two-valued form.
func (l *lowerer) receive(e *ast.UnaryExpr, ok bool) string {
	c := l.typeOf(e.X).Underlying().(*types.Chan)
	return l.receiver(c, ok) + "(" + l.open(e.X) + ")"
}

// receiver names the function that receives from a channel type.
func (l *lowerer) receiver(c *types.Chan, ok bool) string {
	elem, ch := l.text(c.Elem()), l.text(c)
	both := l.once("recv "+ch, "recv", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(ch %s) (%s, bool) {\nvar v %s\nok := %s(ch, &v)\nreturn v, ok\n}\n", name, ch, elem, elem, l.rt("Recv"))
	})
	if ok {
		return both
	}
	return l.once("recv1 "+ch, "recv", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(ch %s) %s {\nv, _ := %s(ch)\nreturn v\n}\n", name, ch, elem, both)
	})
}

// send writes ch <- v.
func (l *lowerer) send(s *ast.SendStmt) {
	c := l.typeOf(s.Chan).Underlying().(*types.Chan)
	ch := l.text(c)
	f := l.once("send "+ch, "send", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(ch %s, v %s) { %s(ch, &v) }\n", name, ch, l.text(c.Elem()), l.rt("Send"))
	})
	l.line("%s(%s, %s)", f, l.open(s.Chan), l.conv(s.Value, c.Elem()))
}

// selectStmt writes a select: the choice is made by compiled code.
func (l *lowerer) selectStmt(s *ast.SelectStmt, label string) {
	l.line("{")
	l.mark(s)
	var cases []string
	vals := make([]string, len(s.Body.List))
	oks := make([]string, len(s.Body.List))
	hasDefault := false
	for i, c := range s.Body.List {
		cc := c.(*ast.CommClause)
		switch x := cc.Comm.(type) {
		case nil:
			hasDefault = true
			cases = append(cases, l.rt("Default")+"()")
		case *ast.SendStmt:
			ch := l.typeOf(x.Chan).Underlying().(*types.Chan)
			vals[i] = l.temp()
			l.defineTemp(vals[i], x.Value, ch.Elem())
			cases = append(cases, fmt.Sprintf("%s(%s, &%s)", l.rt("SendCase"), l.open(x.Chan), vals[i]))
		default:
			r := received(x)
			ch := l.typeOf(r.X).Underlying().(*types.Chan)
			vals[i], oks[i] = l.temp(), l.temp()
			l.line("var %s %s", vals[i], l.text(ch.Elem()))
			l.line("var %s bool", oks[i])
			cases = append(cases, fmt.Sprintf("%s(%s, &%s, &%s)", l.rt("RecvCase"), l.open(r.X), vals[i], oks[i]))
		}
	}
	_ = hasDefault
	chosen := l.temp()
	l.line("%s := %s(%s)", chosen, l.rt("Select"), strings.Join(cases, ", "))
	l.fn.loops = append(l.fn.loops, &loop{label: label, isSwitch: true})
	if label != "" {
		l.line("%s:", label)
	}
	l.line("switch {")
	for i, c := range s.Body.List {
		cc := c.(*ast.CommClause)
		l.line("case %s == %d:", chosen, i)
		if a, ok := cc.Comm.(*ast.AssignStmt); ok {
			ch := l.typeOf(received(a).X).Underlying().(*types.Chan)
			l.store(a.Lhs[0], vals[i], ch.Elem())
			if len(a.Lhs) > 1 {
				l.store(a.Lhs[1], oks[i], types.Typ[types.Bool])
			}
		}
		l.stmts(cc.Body)
	}
	l.line("}")
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

// received is the receive operation of a case.
func received(s ast.Stmt) *ast.UnaryExpr {
	var e ast.Expr
	switch x := s.(type) {
	case *ast.ExprStmt:
		e = x.X
	case *ast.AssignStmt:
		e = x.Rhs[0]
	}
	u, _ := ast.Unparen(e).(*ast.UnaryExpr)
	if u == nil || u.Op != token.ARROW {
		panic("internal error: select case without a receive")
	}
	return u
}

// goStmt starts a goroutine by way of compiled code, which recovers its panics and knows
// which cell it belongs to. Function and arguments are evaluated now.
func (l *lowerer) goStmt(s *ast.GoStmt) {
	l.line("{")
	call := l.suspended(s.Call)
	f := l.kept(l.made(types.NewSignatureType(nil, nil, nil, nil, nil, false), "func() { "+call+" }"))
	l.line("%s(%s)", l.rt("Go"), f)
	l.line("}")
}

// kept puts a function literal into a variable first. A literal that is an argument of
// a compiled function itself would see what its variables are later, not now.
func (l *lowerer) kept(lit string) string {
	name := l.temp()
	l.line("%s := %s", name, lit)
	return name
}

// suspended evaluates the operands of a call into temporaries and writes the call over them.
func (l *lowerer) suspended(e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	if lit, ok := fun.(*ast.FuncLit); ok && len(e.Args) == 0 {
		return l.funcLit(lit) + "()"
	}
	if l.info.Types[fun].IsBuiltin() {
		return l.suspendedBuiltin(e, fun)
	}
	sig := l.typeOf(fun).Underlying().(*types.Signature)
	if isMulti(l, e) {
		l.fail(e, "go or defer of a call whose arguments are the results of another call")
	}
	head, compiled := l.suspendedFunc(fun, sig)
	var args []string
	for i, a := range l.args(sig, e, compiled) {
		name := l.temp()
		dots := ""
		t := paramType(sig, i)
		if list, ok := strings.CutSuffix(a, "..."); ok {
			a, dots = list, "..."
			t = sig.Params().At(i).Type()
		}
		if dots != "" && !e.Ellipsis.IsValid() {
			a = l.kept(a)
		} else {
			a = l.renewed(e.Args[i], a)
		}
		l.line("var %s %s = %s", name, l.text(t), a)
		args = append(args, name+dots)
	}
	return callWith(head, strings.Join(args, ", "))
}

// suspendedFunc evaluates the function of a call, or the receiver of a method.
func (l *lowerer) suspendedFunc(fun ast.Expr, sig *types.Signature) (head string, compiled *types.Func) {
	switch f := fun.(type) {
	case *ast.FuncLit:
		return l.funcLit(f) + "(", nil
	case *ast.Ident:
		if _, ok := l.info.Uses[f].(*types.Func); ok {
			return l.callee(fun)
		}
	case *ast.SelectorExpr:
		sel := l.info.Selections[f]
		if sel == nil {
			if _, ok := l.info.Uses[f.Sel].(*types.Func); ok {
				return l.callee(fun)
			}
		} else if sel.Kind() == types.MethodVal && !isTypeParam(sel.Recv()) {
			recv, t, m := l.methodReceiver(f, sel)
			x := l.temp()
			recv = l.renewed(f.X, recv)
			l.line("var %s %s = %s", x, l.text(t), recv)
			if types.IsInterface(t) {
				l.line("if %s == nil { %s(%q) }", x, l.rt("Fail"), "invalid memory address or nil pointer dereference")
			}
			return l.promoted(x, t, m.index, m.Func), foreignFunc(m.Func)
		}
	}
	name := l.temp()
	l.line("var %s %s = %s", name, l.text(sig), l.opened(l.expr(fun), l.typeOf(fun)))
	return name + "(", nil
}

func (l *lowerer) suspendedBuiltin(e *ast.CallExpr, fun ast.Expr) string {
	if isName(fun, "recover") {
		return l.expr(e)
	}
	if isName(fun, "panic") {
		x := l.temp()
		l.line("var %s interface{} = %s", x, l.conv(e.Args[0], types.NewInterfaceType(nil, nil)))
		return l.rt("Panic") + "(" + x + ")"
	}
	if isName(fun, "close", "delete") {
		x := l.temp()
		l.line("%s := %s", x, l.open(e.Args[0]))
		if isName(fun, "close") {
			return "close(" + x + ")"
		}
		k := l.temp()
		m := l.typeOf(e.Args[0]).Underlying().(*types.Map)
		l.line("var %s %s = %s", k, l.text(m.Key()), l.conv(e.Args[1], m.Key()))
		return "delete(" + x + ", " + k + ")"
	}
	return l.expr(e)
}
