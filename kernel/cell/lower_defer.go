package cell

import (
	"go/ast"
	"go/types"
	"strings"
)

// The interpreter's own defer runs deferred calls outside of their function's panic, loses those
// that panic themselves, and waits for ever for closures that share the function's frame. So
// the body of a function that defers becomes a closure; compiled code calls it, keeps
// the deferred calls, and runs them as Go does (Defers in package engine).

// defers reports whether a function has deferred calls of its own.
func (l *lowerer) defers(body *ast.BlockStmt) bool {
	return l.holds(body, func(n ast.Node) bool { _, ok := n.(*ast.DeferStmt); return ok })
}

// rangesFunc reports whether a function ranges over functions, which calls them.
func (l *lowerer) rangesFunc(body *ast.BlockStmt) bool {
	return l.holds(body, func(n ast.Node) bool {
		r, ok := n.(*ast.RangeStmt)
		return ok && isFunc(l.typeOf(r.X))
	})
}

// recovers reports whether a function calls recover itself.
func (l *lowerer) recovers(body *ast.BlockStmt) bool { return callsRecover(l.info, body) }

func callsRecover(info *types.Info, body *ast.BlockStmt) bool {
	return inFunc(body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || id.Name != "recover" {
			return false
		}
		_, ok = info.Uses[id].(*types.Builtin)
		return ok
	})
}

func (l *lowerer) holds(body *ast.BlockStmt, is func(ast.Node) bool) bool { return inFunc(body, is) }

// inFunc looks for a node in a function, but not in the literals in it.
func inFunc(body *ast.BlockStmt, is func(ast.Node) bool) bool {
	found := false
	if body == nil {
		return false
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if _, lit := n.(*ast.FuncLit); lit || found {
			return false
		}
		found = n != nil && is(n)
		return !found
	})
	return found
}

// protected writes a body whose deferred calls are run when it is left. Its returns set the
// results and leave the closure.
func (l *lowerer) protected(body func()) {
	l.fn.stack = l.temp()
	l.line("%s := %s()", l.fn.stack, l.rt("NewDefers"))
	name := l.temp()
	l.line("%s := func() {", name)
	body()
	l.line("}")
	l.line("%s(%s, %s)", l.rt("Protect"), l.fn.stack, name)
	l.line("return %s", strings.Join(l.fn.results, ", "))
}

// bodyText is the text of the cell's own statements.
func (l *lowerer) bodyText() string {
	f := l.bodyFn
	text := l.body.String()
	if f.recovers != "" {
		text = f.recovers + " := " + l.rt("Deferred") + "()\n" + text
	}
	if f.stack != "" {
		text = f.stack + " := " + l.rt("NewDefers") + "()\nt۰body := func() {\n" + text + "}\n" +
			l.rt("Protect") + "(" + f.stack + ", t۰body)\n"
	}
	return text
}

// deferStmt writes a defer: the operands of the call are evaluated now.
func (l *lowerer) deferStmt(s *ast.DeferStmt) {
	home := l.fn.home()
	if home.stack == "" { // the cell's own statements: bodyText writes the rest
		home.stack = l.temp()
	}
	fun := ast.Unparen(s.Call.Fun)
	lit, isLit := fun.(*ast.FuncLit)
	outer := l.deferred
	l.deferred = lit
	call := l.suspended(s.Call)
	l.deferred = outer
	f := ""
	if isLit && len(s.Call.Args) == 0 && l.fn.isLast(call) {
		f = call[:len(call)-len("()")]
	} else {
		f = "func() { " + call + " }"
	}
	if isName(fun, "recover") && l.info.Types[fun].IsBuiltin() {
		return // it is not called by a deferred function, so it does nothing
	}
	token := "false"
	if !isLit && l.mayRecover(fun) {
		token = "true"
	}
	l.line("%s(%s, %s, %s)", l.rt("Defer"), home.stack, l.kept(f), token)
}

// isLast reports whether a call of a literal without results is the whole text.
func (f *fn) isLast(call string) bool {
	return len(call) > 3 && call[len(call)-3:] == "}()"
}

// mayRecover reports whether a deferred function may call recover itself.
func (l *lowerer) mayRecover(fun ast.Expr) bool {
	var f *types.Func
	switch x := fun.(type) {
	case *ast.Ident:
		f, _ = l.info.Uses[x].(*types.Func)
	case *ast.SelectorExpr:
		f, _ = l.info.Uses[x.Sel].(*types.Func)
	default:
		return !l.info.Types[fun].IsBuiltin()
	}
	if f == nil || types.IsInterface(f.Type()) {
		return !l.info.Types[fun].IsBuiltin()
	}
	if foreignFunc(f) != nil {
		return false
	}
	d := l.declOf(f)
	if d == nil {
		return true
	}
	decl, ok := d.node.(*ast.FuncDecl)
	return !ok || callsRecover(d.info, decl.Body)
}
