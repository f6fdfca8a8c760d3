package cell

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math"
)

// A loop of so many iterations, with so many statements that do nothing but arithmetic, takes
// less than a millisecond.
const (
	briefCount = 1000
	briefBody  = 8
)

// isBrief reports whether a loop counts from one constant to another, and does little.
func (l *lowerer) isBrief(s *ast.ForStmt) bool {
	init, ok := s.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE || len(init.Lhs) != 1 || l.assigned(s.Body, init.Lhs[0]) {
		return false
	}
	cond, ok := s.Cond.(*ast.BinaryExpr)
	post, counts := s.Post.(*ast.IncDecStmt)
	if !ok || !counts || !l.isVar(cond.X, init.Lhs[0]) || !l.isVar(post.X, init.Lhs[0]) {
		return false
	}
	up := post.Tok == token.INC && (cond.Op == token.LSS || cond.Op == token.LEQ)
	down := post.Tok == token.DEC && (cond.Op == token.GTR || cond.Op == token.GEQ)
	n := math.Abs(l.counts(cond.Y) - l.counts(init.Rhs[0]))
	return (up || down) && n <= briefCount && l.isShort(s.Body)
}

// isVar reports whether e is the variable that v defines.
func (l *lowerer) isVar(e, v ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	return ok && l.defined(v) != nil && l.info.Uses[id] == l.defined(v)
}

// counts is the value of a constant, or infinite.
func (l *lowerer) counts(e ast.Expr) float64 {
	if v := l.info.Types[e].Value; v != nil && v.Kind() == constant.Int {
		n, _ := constant.Float64Val(v)
		return n
	}
	return math.Inf(1)
}

// isShort reports whether a body has few statements, none of which can take long.
func (l *lowerer) isShort(body *ast.BlockStmt) bool {
	n, short := 0, true
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			n++
			for _, e := range x.Lhs {
				short = short && (isName(e, "_") || isBasic(l.typeOf(e)))
			}
		case *ast.IncDecStmt, *ast.IfStmt, *ast.BranchStmt, *ast.ReturnStmt:
			n++
		case *ast.BinaryExpr:
			short = short && (isNil(l.typeOf(x.X)) || isBasic(l.typeOf(x.X)))
		case *ast.BlockStmt, *ast.EmptyStmt:
		case ast.Stmt, *ast.FuncLit, *ast.CompositeLit, *ast.CallExpr:
			short = false
		}
		return short
	})
	return short && n <= briefBody
}

// isBasic reports whether a value is a number or a boolean.
func isBasic(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsNumeric|types.IsBoolean) != 0
}
