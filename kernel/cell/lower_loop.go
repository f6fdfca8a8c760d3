package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
)

// A loop is what break and continue may leave.
type loop struct {
	label    string
	pos      token.Pos
	isSwitch bool   // or a select: break leaves it, continue does not mean it
	brief    bool   // it ends by itself, before anybody would want to stop it
	before   string // written before a continue: what carries a copied variable over
	yield    *yieldBody
}

// forStmt writes a for loop. When a closure or a pointer may keep the loop's variables, each
// iteration gets variables of its own, as the language says since Go 1.22.
func (l *lowerer) forStmt(s *ast.ForStmt, label string) {
	l.loopAt = s.Pos()
	if a, ok := s.Init.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && l.captures(s, a.Lhs) {
		l.forCopies(s, a, label)
		return
	}
	l.line("{")
	if s.Init != nil {
		l.stmt(s.Init)
	}
	post := ""
	if s.Post != nil {
		post = l.oneLine(s.Post)
	}
	cond := ""
	if s.Cond != nil {
		l.mark(s.Cond)
		cond = l.cond(s.Cond)
	}
	l.markOnce(s.Body, s.Cond, s.Post)
	l.openLoop(label, fmt.Sprintf("for ; %s; %s {", cond, post), &loop{label: label, brief: l.isBrief(s)})
	l.stmts(s.Body.List)
	l.closeLoop()
	l.line("}")
	l.fn.marked = 0
}

// markOnce stores the place of the only statement of a loop that can fail before the loop, so
// that its iterations need not. Calls leave other places behind: then it does nothing.
func (l *lowerer) markOnce(body *ast.BlockStmt, head ...ast.Node) {
	var only ast.Stmt
	count := 0
	ast.Inspect(body, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.IfStmt, *ast.LabeledStmt:
			count = 2
		case *ast.CallExpr:
			if l.canFail(x) {
				count = 2
			}
		case *ast.AssignStmt, *ast.IncDecStmt:
			if l.canFail(x) {
				only = x.(ast.Stmt)
				count++
			}
		}
		return count < 2
	})
	for _, n := range head {
		if n != nil && !isNilNode(n) && l.canFail(n) {
			return
		}
	}
	if count != 1 {
		return
	}
	if off := l.src.offset(only.Pos()); off >= 0 {
		line, col := l.src.place(off)
		l.fn.marked = marker(l.srcNo, line, col)
		l.line("l۰ = %d", l.fn.marked)
	}
}

func isNilNode(n ast.Node) bool { return reflect.ValueOf(n).IsNil() }

// cond writes a condition without brackets around it: in brackets, the interpreter does not
// see that a comparison can be done by the branch itself.
func (l *lowerer) cond(e ast.Expr) string {
	s := l.expr(ast.Unparen(e))
	_, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok || l.info.Types[e].Value != nil || !strings.HasPrefix(s, "(") {
		return s
	}
	return s[1 : len(s)-1] // those of binary
}

// openLoop writes the head of a loop and the test of the stop flag.
func (l *lowerer) openLoop(label, head string, lp *loop) {
	if label != "" {
		l.line("%s:", label)
	}
	l.line("%s", head)
	if !lp.brief {
		l.stopCheck()
	}
	lp.pos = l.loopAt
	l.fn.loops = append(l.fn.loops, lp)
}

func (l *lowerer) closeLoop() {
	l.fn.loops = l.fn.loops[:len(l.fn.loops)-1]
	l.line("}")
}

// oneLine writes a simple statement for the head of a loop; one that needs several lines
// becomes a call of a closure.
func (l *lowerer) oneLine(s ast.Stmt) string {
	text := l.captured(func() {
		marked := l.fn.marked
		switch x := s.(type) {
		case *ast.IncDecStmt:
			l.line("%s%s", l.expr(x.X), x.Tok)
		case *ast.AssignStmt:
			l.assign(x)
		default:
			l.stmt(s)
		}
		l.fn.marked = marked
	})
	n := 0
	for _, c := range text {
		if c == '\n' {
			n++
		}
	}
	if n == 1 {
		return text[:len(text)-1]
	}
	return "func() {\n" + text + "}()"
}

// captured returns what f writes.
func (l *lowerer) captured(f func()) string {
	out := l.out
	b := newBuilder()
	l.out = b
	f()
	l.out = out
	return b.String()
}

// forCopies writes a loop whose variables are new in each iteration.
func (l *lowerer) forCopies(s *ast.ForStmt, init *ast.AssignStmt, label string) {
	l.line("{")
	l.stmt(init)
	var carry, copies string
	hidden := map[types.Object]string{}
	for _, lhs := range init.Lhs {
		obj := l.defined(lhs)
		if obj == nil {
			continue
		}
		outer := l.local(obj)
		inner := l.temp()
		hidden[obj] = inner
		copies += fmt.Sprintf("%s := %s\n", inner, outer)
		carry += fmt.Sprintf("%s = %s\n", outer, inner)
	}
	first := l.temp()
	l.line("%s := true", first)
	l.openLoop(label, "for {", &loop{label: label, before: carry})
	l.line("%s", copies)
	for obj, name := range hidden {
		l.fn.names[obj] = name
	}
	l.line("if %s { %s = false } else {", first, first)
	if s.Post != nil {
		l.stmt(s.Post)
	}
	l.line("}")
	if s.Cond != nil {
		l.line("if !(%s) { break }", l.expr(s.Cond))
	}
	l.stmts(s.Body.List)
	l.line("%s", carry)
	l.closeLoop()
	l.line("}")
}

// captures reports whether a closure or pointer in the loop may keep one of its variables.
func (l *lowerer) captures(n ast.Node, vars []ast.Expr) bool {
	objs := map[types.Object]bool{}
	for _, v := range vars {
		if id, ok := v.(*ast.Ident); ok {
			if obj := l.info.Defs[id]; obj != nil {
				objs[obj] = true
			}
		}
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			found = found || l.mentions(x, objs)
		case *ast.UnaryExpr:
			found = found || x.Op == token.AND && l.mentions(x.X, objs)
		case *ast.SliceExpr:
			if _, ok := l.typeOf(x.X).Underlying().(*types.Array); ok {
				found = found || l.mentions(x.X, objs)
			}
		case *ast.SelectorExpr:
			if sel := l.info.Selections[x]; sel != nil && sel.Kind() != types.FieldVal {
				if f, ok := sel.Obj().(*types.Func); ok && ptrRecv(f) {
					if _, isPtr := l.sub(sel.Recv()).Underlying().(*types.Pointer); !isPtr {
						found = found || l.mentions(x.X, objs)
					}
				}
			}
		case *ast.RangeStmt:
			if _, ok := l.typeOf(x.X).Underlying().(*types.Signature); ok {
				found = found || l.mentions(x.Body, objs) // its body becomes a closure
			}
		}
		return !found
	})
	return found
}

func (l *lowerer) mentions(n ast.Node, objs map[types.Object]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && objs[l.info.Uses[id]] {
			found = true
		}
		return !found
	})
	return found
}

// branch writes break, continue, goto and fallthrough.
func (l *lowerer) branch(s *ast.BranchStmt) {
	switch s.Tok {
	case token.FALLTHROUGH:
		l.line("fallthrough")
		return
	case token.GOTO:
		if l.fn.yield != nil {
			l.fail(s, "goto out of the body of a range over func")
		}
		l.stopCheck()
		l.line("goto %s", l.label(s.Label.Name))
		return
	}
	target, crossed := l.target(s)
	if target == nil {
		l.fail(s, "%s without a loop around it", s.Tok)
	}
	if crossed || target.yield != nil {
		l.yieldBranch(s, target)
		return
	}
	if s.Tok == token.CONTINUE && target.before != "" {
		l.line("%s", target.before)
	}
	if s.Label != nil {
		l.line("%s %s", s.Tok, l.label(s.Label.Name))
		return
	}
	l.line("%s", s.Tok)
}

// target finds the loop that a branch means. crossed: it lies outside of the function that
// a range over func made of its body.
func (l *lowerer) target(s *ast.BranchStmt) (lp *loop, crossed bool) {
	for f := l.fn; f != nil; f = f.outer {
		for i := len(f.loops) - 1; i >= 0; i-- {
			lp := f.loops[i]
			if s.Label != nil && lp.label != l.label(s.Label.Name) || s.Label == nil && s.Tok == token.CONTINUE && lp.isSwitch {
				continue
			}
			return lp, crossed
		}
		if f.yield == nil {
			return nil, false
		}
		crossed = true
	}
	return nil, false
}
