package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A yieldBody is the body of a range over func: a function that the iterator calls. What leaves
// the body is noted in exit and done after the iterator has returned.
type yieldBody struct {
	exit    string // 0 goes on, 1 break, 2 return, from 3 the branches
	outs    []*branchOut
	results []string
	outer   *fn
}

type branchOut struct {
	tok    token.Token
	target *loop
	label  *ast.Ident
}

// rangeFunc writes a range over a function as a call of it.
func (l *lowerer) rangeFunc(s *ast.RangeStmt, label string, sig *types.Signature) {
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	y := &yieldBody{exit: l.temp(), outer: l.fn}
	done := l.temp()
	l.line("{")
	l.line("%s := 0", y.exit)
	l.line("%s := false", done)
	home := l.fn.home()
	for i := range home.sig.Results().Len() {
		name := l.temp()
		y.results = append(y.results, name)
		l.line("var %s %s", name, l.text(home.sig.Results().At(i).Type()))
	}
	call := l.open(s.X)
	var params []string
	names := []string{"", ""}
	for i := range yield.Params().Len() {
		names[i] = l.temp()
		params = append(params, names[i]+" "+l.text(yield.Params().At(i).Type()))
	}
	l.line("%s(func(%s) bool {", call, strings.Join(params, ", "))
	outer := l.fn
	l.fn = newFn(outer, yield)
	l.fn.yield = y
	l.fn.loops = []*loop{{label: label, yield: y}}
	l.line("if %s { panic(\"range function continued iteration after function for loop body returned false\") }", done)
	l.stopCheck()
	kt, vt := types.Type(nil), types.Type(nil)
	if yield.Params().Len() > 0 {
		kt = yield.Params().At(0).Type()
	}
	if yield.Params().Len() > 1 {
		vt = yield.Params().At(1).Type()
	}
	l.bindRange(s, names[0], names[1], kt, vt)
	l.stmts(s.Body.List)
	l.line("return true")
	l.line("})")
	l.fn = outer
	l.line("%s = true", done)
	l.leaveYield(y)
	l.line("}")
}

// yieldBranch leaves the body of a range over func by break or continue.
func (l *lowerer) yieldBranch(s *ast.BranchStmt, target *loop) {
	y := l.fn.yield
	if target.yield == y && y != nil {
		if s.Tok == token.CONTINUE {
			l.line("return true")
		} else {
			l.line("%s = 1", y.exit)
			l.line("return false")
		}
		return
	}
	y.outs = append(y.outs, &branchOut{s.Tok, target, s.Label})
	l.line("%s = %d", y.exit, len(y.outs)+2)
	l.line("return false")
}

// yieldReturn leaves the body of a range over func by a return of the function around it.
func (l *lowerer) yieldReturn(s *ast.ReturnStmt) {
	home := l.fn.home()
	y := l.fn.yield
	for i, x := range l.returned(s, home.sig) {
		l.line("%s = %s", y.results[i], x)
	}
	l.line("%s = 2", y.exit)
	l.line("return false")
}

// leaveYield does, after the iterator's return, what the body asked for.
func (l *lowerer) leaveYield(y *yieldBody) {
	if l.fn.yield != nil { // a loop within the body of another one: pass it on
		l.line("if %s == 2 {", y.exit)
		for i, r := range y.results {
			l.line("%s = %s", l.fn.yield.results[i], r)
		}
		l.line("%s = 2", l.fn.yield.exit)
		l.line("return false\n}")
	} else {
		l.line("if %s == 2 {", y.exit)
		l.leave(y.results)
		l.line("}")
	}
	for i, out := range y.outs {
		l.line("if %s == %d {", y.exit, i+3)
		l.branch(&ast.BranchStmt{Tok: out.tok, Label: out.label})
		l.line("}")
	}
}
