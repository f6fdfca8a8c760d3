package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// mark stores where the program is, when the statement can fail. The store costs little,
// but not nothing: a statement that can not fail goes without.
func (l *lowerer) mark(n ast.Node) {
	off := l.src.offset(n.Pos())
	if off < 0 || !l.canFail(n) {
		return
	}
	line, col := l.src.place(off)
	if m := marker(l.srcNo, line, col); m != l.fn.marked {
		l.line("l۰ = %d", m)
	}
}

// markTop stores which statement of the cell runs: the second place of a fault. One that has a loop
// is the first place too, since it may be interrupted before anything in it stores its own.
func (l *lowerer) markTop(n ast.Node) {
	loops := hasLoop(n)
	if off := l.src.offset(n.Pos()); off >= 0 && (loops || l.canFailDeep(n)) {
		line, col := l.src.place(off)
		l.line("m۰ = %d", marker(l.srcNo, line, col))
	}
	if loops {
		l.markAgain(n)
		return
	}
	l.mark(n)
}

func hasLoop(n ast.Node) (has bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.LabeledStmt: // a label may be one's that goto goes back to
			has = true
		}
		return !has
	})
	return has
}

// markAgain stores the place of a statement once more, after calls in it have stored theirs.
func (l *lowerer) markAgain(n ast.Node) {
	if off := l.src.offset(n.Pos()); off >= 0 {
		line, col := l.src.place(off)
		l.line("l۰ = %d", marker(l.srcNo, line, col))
	}
}

// canFailDeep is canFail for a whole compound statement.
func (l *lowerer) canFailDeep(n ast.Node) bool {
	fails := false
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(ast.Stmt); ok && !fails {
			fails = l.canFail(s)
		}
		return !fails
	})
	return fails || l.canFail(n)
}

// canFail reports whether a statement may panic. Of compound statements only the head counts.
func (l *lowerer) canFail(n ast.Node) bool {
	fails := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.BinaryExpr:
			switch n.Op {
			case token.QUO, token.REM:
				_, lit := n.Y.(*ast.BasicLit)
				fails = !lit
			case token.SHL, token.SHR:
				fails = l.mayBeNegative(n.Y)
			case token.EQL, token.NEQ: // of values that cannot be compared
				x, y := l.info.Types[n.X], l.info.Types[n.Y]
				fails = !x.IsNil() && !y.IsNil() && (isInterface(x.Type) || isInterface(y.Type))
			}
		case *ast.AssignStmt:
			switch n.Tok {
			case token.QUO_ASSIGN, token.REM_ASSIGN:
				fails = true
			case token.SHL_ASSIGN, token.SHR_ASSIGN:
				fails = l.mayBeNegative(n.Rhs[0])
			}
		case *ast.CallExpr:
			if t := l.info.Types[n.Fun]; t.IsType() {
				fails = isArray(t.Type) // of a slice that may be too short
				break
			}
			fails = !(l.info.Types[ast.Unparen(n.Fun)].IsBuiltin() && isName(n.Fun, "len", "cap", "append", "min", "max", "copy", "delete", "new", "real", "imag", "complex"))
		case *ast.SelectorExpr:
			if sel := l.info.Selections[n]; sel != nil {
				_, fails = sel.Recv().Underlying().(*types.Pointer)
				fails = fails || sel.Indirect() || types.IsInterface(sel.Recv())
			}
		case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr, *ast.SendStmt, *ast.GoStmt, *ast.DeferStmt:
			fails = true
		}
		return !fails
	})
	return fails
}

// mayBeNegative reports whether a count of a shift can be one that Go refuses.
func (l *lowerer) mayBeNegative(count ast.Expr) bool {
	t := l.info.Types[count]
	if t.Value != nil || t.Type == nil { // a constant that is negative does not compile
		return t.Value == nil
	}
	b, ok := t.Type.Underlying().(*types.Basic)
	return !ok || b.Info()&types.IsUnsigned == 0
}

func isInterface(t types.Type) bool { return t != nil && types.IsInterface(t) }

// isArray is for arrays and pointers to them.
func isArray(t types.Type) bool {
	u := t.Underlying()
	if p, ok := u.(*types.Pointer); ok {
		u = p.Elem().Underlying()
	}
	_, ok := u.(*types.Array)
	return ok
}

// exprStmt writes an expression whose value nobody wants.
