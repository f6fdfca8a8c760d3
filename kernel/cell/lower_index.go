package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

func (l *lowerer) index(e *ast.IndexExpr) string {
	if l.info.Types[e.Index].IsType() {
		return l.instanceOf(e.X)
	}
	x := l.open(e.X)
	switch u := l.typeOf(e.X).Underlying().(type) {
	case *types.Map:
		if isNil(l.typeOf(e.Index)) {
			return x + "[" + l.zero(u.Key()) + "]"
		}
		return x + "[" + l.conv(e.Index, u.Key()) + "]"
	case *types.Slice, *types.Basic:
		if l.saysIndex(e.X) {
			return x + "[" + l.rt("Index") + "(" + l.intValue(e.Index) + ", len(" + x + "))]"
		}
	case *types.Pointer:
		return "(*" + x + ")[" + l.intIndex(e.Index) + "]"
	}
	return x + "[" + l.intIndex(e.Index) + "]"
}

// saysIndex reports whether an index of x is checked before its use, so that the fault can
// tell it: where it costs nothing that counts, in the cell's own statements outside of loops.
func (l *lowerer) saysIndex(x ast.Expr) bool {
	_, isName := ast.Unparen(x).(*ast.Ident)
	return isName && recursiveNamed(l.typeOf(x)) == nil && l.fn == l.bodyFn && len(l.fn.loops) == 0
}

// intValue writes an index as an int.
func (l *lowerer) intValue(e ast.Expr) string {
	s := l.intIndex(e)
	if b, ok := l.typeOf(e).Underlying().(*types.Basic); ok && (b.Kind() == types.Int && l.text(l.typeOf(e)) == "int" || b.Info()&types.IsUntyped != 0) {
		return s
	}
	return "int(" + s + ")"
}

// intIndex writes an index: a plain number when it is constant.
func (l *lowerer) intIndex(e ast.Expr) string {
	if e == nil {
		return ""
	}
	if s, ok := l.bare(e); ok {
		s, _, _ = strings.Cut(s, ".0")
		return s
	}
	return l.expr(e)
}

// operand writes an expression that something is selected from.
func (l *lowerer) operand(e ast.Expr) string { return l.bracketed(e, l.expr(e)) }

// bracketed puts brackets around a written expression if it needs them. A name in brackets would be lost
// to the interpreter in a comparison that && or || goes on from.
func (l *lowerer) bracketed(e ast.Expr, s string) string {
	if l.info.Types[e].Value != nil && !strings.HasPrefix(s, "-") {
		return s
	}
	switch e.(type) {
	case *ast.BinaryExpr:
		if strings.HasPrefix(s, "(") { // binary puts brackets around itself
			return s
		}
	case *ast.Ident, *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.ParenExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
		return s
	}
	return "(" + s + ")"
}

func (l *lowerer) slice(e *ast.SliceExpr) string {
	x := l.open(e.X)
	if _, ok := l.typeOf(e.X).Underlying().(*types.Pointer); ok {
		x = "(*" + x + ")"
	}
	if _, isArray := deref(l.typeOf(e.X)).Underlying().(*types.Array); !isArray && !e.Slice3 && l.saysIndex(e.X) {
		return l.saidSlice(e, x)
	}
	s := x + "[" + l.intIndex(e.Low) + ":" + l.intIndex(e.High)
	if e.Slice3 {
		s += ":" + l.intIndex(e.Max)
	}
	return l.closed(s+"]", l.typeOf(e))
}

// saidSlice writes x[low:high] with bounds that are checked before.
func (l *lowerer) saidSlice(e *ast.SliceExpr, x string) string {
	low, high, limit := "0", "len("+x+")", "cap("+x+")"
	if _, ok := l.typeOf(e.X).Underlying().(*types.Basic); ok {
		limit = "-1"
	}
	if e.Low != nil {
		low = l.intValue(e.Low)
	}
	if e.High != nil {
		high = l.intValue(e.High)
	}
	if l.anyCalls(e.Low, e.High) {
		return x + "[" + l.intIndex(e.Low) + ":" + l.intIndex(e.High) + "]"
	}
	return fmt.Sprintf("%s[%s(%s, %s, len(%s), %s):%s]", x, l.rt("Low"), low, high, x, limit, high)
}

func (l *lowerer) anyCalls(es ...ast.Expr) bool {
	for _, e := range es {
		if e != nil && l.calls(e) {
			return true
		}
	}
	return false
}
