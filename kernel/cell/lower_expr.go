package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// expr writes an expression.
func (l *lowerer) expr(e ast.Expr) string {
	tv := l.info.Types[e]
	if tv.Value != nil {
		return l.constant(tv.Value, l.sub(tv.Type))
	}
	if tv.IsType() {
		return l.text(tv.Type)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return l.operand(ast.Unparen(e))
	case *ast.Ident:
		return l.ident(e)
	case *ast.BasicLit:
		return l.constant(tv.Value, l.sub(tv.Type))
	case *ast.FuncLit:
		return l.made(l.typeOf(e), l.funcLit(e))
	case *ast.CompositeLit:
		return l.composite(e)
	case *ast.SelectorExpr:
		return l.selector(e)
	case *ast.IndexExpr:
		return l.index(e)
	case *ast.IndexListExpr:
		return l.instanceOf(e.X)
	case *ast.SliceExpr:
		return l.slice(e)
	case *ast.StarExpr:
		return "(*" + l.opened(l.expr(e.X), l.typeOf(e.X)) + ")"
	case *ast.UnaryExpr:
		return l.unary(e)
	case *ast.BinaryExpr:
		return l.binary(e)
	case *ast.CallExpr:
		return l.call(e)
	case *ast.TypeAssertExpr:
		return l.assertion(e, false)
	}
	l.fail(e, "%T", e)
	return ""
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

func (l *lowerer) ident(e *ast.Ident) string {
	obj := l.info.Uses[e]
	if obj == nil {
		obj = l.info.Defs[e]
	}
	switch o := obj.(type) {
	case nil:
		return e.Name
	case *types.Nil:
		return "nil"
	case *types.Builtin:
		return o.Name()
	case *types.TypeName:
		return l.text(l.sub(o.Type()))
	case *types.Func:
		if _, ok := l.info.Instances[e]; ok {
			return l.instanceOf(e)
		}
		if !IsOwn(o.Pkg()) { // dot import
			return l.pkgMember(e, o)
		}
		return l.global(o)
	case *types.Var:
		if isPackageLevel(o) {
			if !IsOwn(o.Pkg()) {
				return l.pkgMember(e, o)
			}
			return l.global(o)
		}
		return l.local(o)
	}
	return e.Name
}

// pkgMember writes a member of an imported package.
func (l *lowerer) pkgMember(n ast.Node, obj types.Object) string {
	if IsOwn(obj.Pkg()) {
		return l.global(obj)
	}
	full := obj.Pkg().Path() + "." + obj.Name()
	if to := replaced[full]; to != "" {
		return l.rt(to)
	}
	return l.pkg(obj.Pkg().Path()) + "." + obj.Name()
}

// rt names a function of the run-time support.
func (l *lowerer) rt(name string) string { return l.pkg(RuntimePath) + "." + name }

func (l *lowerer) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.ARROW:
		return l.receive(e, false)
	case token.AND:
		if c, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return l.addressed(l.typeOf(c), l.expr(c))
		}
		return "&" + l.operand(e.X)
	}
	return e.Op.String() + l.operand(e.X)
}

func (l *lowerer) binary(e *ast.BinaryExpr) string {
	switch e.Op {
	case token.EQL, token.NEQ:
		return l.equal(e)
	case token.SHL, token.SHR:
		return "(" + l.operand(e.X) + " " + e.Op.String() + " " + l.shiftCount(e.Y) + ")"
	case token.LAND, token.LOR:
		if l.beginsInNothing(e.X) {
			return l.branched(e)
		}
	}
	x, y := l.both(e.X, e.Y)
	return "(" + x + " " + e.Op.String() + " " + y + ")"
}

// beginsInNothing reports whether the first thing that is done for an operand of && or || may be one that
// the interpreter does nothing for, such as the key of a literal or a type in brackets: it would branch there.
func (l *lowerer) beginsInNothing(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.CompositeLit:
			found = true
		case *ast.CallExpr:
			tv := l.info.Types[x.Fun]
			found = found || tv.IsType() && (isNil(l.typeOf(x.Args[0])) || bracketsType(l.text(tv.Type)))
		}
		_, lit := n.(*ast.FuncLit)
		return !found && !lit
	})
	return found
}

// branched writes && and || with statements.
func (l *lowerer) branched(e *ast.BinaryExpr) string {
	first, second := "return "+l.expr(e.Y), "return false"
	if e.Op == token.LOR {
		first, second = "return true", first
	}
	return "func() bool {\nif " + l.cond(e.X) + " { " + first + " }\n" + second + "\n}()"
}

// shiftCount writes the count of a shift; a negative one panics, as the language says.
func (l *lowerer) shiftCount(e ast.Expr) string {
	if s, ok := l.bare(e); ok {
		return s
	}
	t := l.typeOf(e)
	b, ok := t.Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsUnsigned != 0 {
		return l.operand(e)
	}
	text := l.text(t)
	return l.once("shift "+text, "shift", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(n %s) uint {\nif n < 0 { %s(\"negative shift amount\") }\nreturn uint(n)\n}\n", name, text, l.rt("Fail"))
	}) + "(" + l.expr(e) + ")"
}
