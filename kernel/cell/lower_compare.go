package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// both writes two operands of one type.
func (l *lowerer) both(a, b ast.Expr) (x, y string) {
	var ok bool
	if x, ok = l.bare(a); !ok {
		x = l.operand(a)
	} else if x[0] == '-' {
		x = "(" + x + ")"
	}
	if y, ok = l.bare(b); !ok {
		y = l.operand(b)
	} else if y[0] == '-' {
		y = "(" + y + ")"
	}
	return x, y
}

// equal writes a comparison. Interfaces are compared by compiled code.
func (l *lowerer) equal(e *ast.BinaryExpr) string {
	tx, ty := l.typeOf(e.X), l.typeOf(e.Y)
	if isNil(tx) || isNil(ty) {
		return "(" + l.operand(e.X) + " " + e.Op.String() + " " + l.operand(e.Y) + ")"
	}
	if types.IsInterface(tx) || types.IsInterface(ty) || !simple(tx) {
		not := ""
		if e.Op == token.NEQ {
			not = "!"
		}
		return not + l.equalText(l.operand(e.X), tx, l.operand(e.Y), ty)
	}
	x, y := l.both(e.X, e.Y)
	return "(" + x + " " + e.Op.String() + " " + y + ")"
}

// equalText compares by compiled code. Of two values that are no interfaces, both are of one
// type, or may be converted to it.
func (l *lowerer) equalText(x string, tx types.Type, y string, ty types.Type) string {
	if types.IsInterface(tx) || types.IsInterface(ty) {
		any := types.NewInterfaceType(nil, nil)
		return fmt.Sprintf("%s(%s, %s)", l.rt("Equal"), l.convText(x, tx, any), l.convText(y, ty, any))
	}
	tx, ty = types.Default(tx), types.Default(ty)
	if c, ok := tx.Underlying().(*types.Chan); ok && c.Dir() == types.SendRecv {
		x = "(" + l.text(ty) + ")(" + x + ")"
	} else if ok {
		y = "(" + l.text(tx) + ")(" + y + ")"
	} else {
		y = l.convText(y, ty, tx)
	}
	return fmt.Sprintf("%s(%s, %s)", l.rt("Equal"), x, y)
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// simple types are compared rightly by the interpreter.
func simple(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}
