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

// markTop stores which statement of the cell runs: the second place of a fault.
func (l *lowerer) markTop(n ast.Node) {
	if off := l.src.offset(n.Pos()); off >= 0 && l.canFailDeep(n) {
		line, col := l.src.place(off)
		l.line("m۰ = %d", marker(l.srcNo, line, col))
	}
	l.mark(n)
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
			if n.Op == token.QUO || n.Op == token.REM {
				if _, lit := n.Y.(*ast.BasicLit); !lit {
					fails = true
				}
			}
		case *ast.AssignStmt:
			if n.Tok == token.QUO_ASSIGN || n.Tok == token.REM_ASSIGN {
				fails = true
			}
		case *ast.CallExpr:
			fails = !l.info.Types[n.Fun].IsType() && !(l.info.Types[ast.Unparen(n.Fun)].IsBuiltin() && isName(n.Fun, "len", "cap", "append", "min", "max", "copy", "delete", "new", "real", "imag", "complex"))
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

// exprStmt writes an expression whose value nobody wants.
