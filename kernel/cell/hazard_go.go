package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// goes looks at a goroutine that is started in a loop: several of them run, and what they
// set or send outside themselves comes in an order that chance decides. Elements of slices
// and arrays are left alone: each goroutine has its own, as a rule.
func (w *walk) goes(c *ast.CallExpr) {
	if len(w.loops) == 0 {
		return
	}
	body, info, src := w.body(c.Fun)
	if body == nil {
		return
	}
	inner := &walk{flower: w.flower, info: info, src: src}
	locked := locks(body)
	outside := func(e ast.Expr) (types.Object, bool) {
		id := Root(e)
		if id == nil {
			return nil, false
		}
		obj, ok := info.Uses[id].(*types.Var)
		if !ok || body.Pos() <= obj.Pos() && obj.Pos() < body.End() {
			return nil, false
		}
		// A variable of the loop's own body belongs to one goroutine.
		loop := w.loops[len(w.loops)-1]
		return obj, isPackageLevel(obj) || obj.Pos() < loop.Pos() || obj.Pos() >= loop.End()
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if obj, ok := outside(l); ok && n.Tok != token.DEFINE && !element(info, l) && !(locked && commutes(info, n, i)) {
					inner.add(Race, plainKey(obj.Name()), n)
				}
			}
		case *ast.IncDecStmt:
			if obj, ok := outside(n.X); ok && !element(info, n.X) && !locked {
				inner.add(Race, plainKey(obj.Name()), n)
			}
		case *ast.SendStmt:
			if obj, ok := outside(n.Chan); ok {
				inner.add(Race, plainKey(obj.Name()), n)
			}
		}
		return true
	})
}

// body is what a goroutine runs: a literal, or a function of a cell.
func (w *walk) body(fun ast.Expr) (*ast.BlockStmt, *types.Info, *source) {
	switch f := ast.Unparen(fun).(type) {
	case *ast.FuncLit:
		return f.Body, w.info, w.src
	case *ast.Ident:
		if d := w.v.lookup(w.key(f)); d != nil && d.info != nil {
			if fn, ok := d.node.(*ast.FuncDecl); ok && fn.Body != nil {
				return fn.Body, d.info, d.src
			}
		}
	}
	return nil, nil, nil
}

// element says whether an expression is an element of a slice or an array.
func element(info *types.Info, e ast.Expr) bool {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			t := info.TypeOf(x.X)
			if t == nil {
				return false
			}
			_, isMap := types.Unalias(t).Underlying().(*types.Map)
			return !isMap
		default:
			return false
		}
	}
}

// locks says whether a body locks a mutex.
func locks(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Lock" {
			found = true
		}
		return !found
	})
	return found
}

// commutes says whether an assignment gives the same in every order: whole numbers that are
// added, entries of a map under keys of their own.
func commutes(info *types.Info, a *ast.AssignStmt, i int) bool {
	if _, ok := ast.Unparen(a.Lhs[i]).(*ast.IndexExpr); ok && a.Tok == token.ASSIGN {
		return true
	}
	t := info.TypeOf(a.Lhs[i])
	if t == nil {
		return false
	}
	b, ok := types.Unalias(t).Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsInteger == 0 {
		return false
	}
	switch a.Tok {
	case token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.OR_ASSIGN, token.AND_ASSIGN, token.XOR_ASSIGN:
		return true
	}
	return false
}
