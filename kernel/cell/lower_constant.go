package cell

import (
	"go/ast"
	"go/constant"
	"go/types"
	"math/big"
	"strconv"
	"strings"
)

// constant writes a constant as its value: the interpreter's own constant arithmetic is
// not Go's (math.Pi * 1e10 does not compile).
func (l *lowerer) constant(val constant.Value, t types.Type) string {
	b, ok := types.Default(t).Underlying().(*types.Basic)
	if !ok { // an untyped constant that became an interface
		b = types.Default(types.Typ[untypedKind(val)]).(*types.Basic)
	}
	lit := literal(val, b)
	switch b.Kind() {
	case types.Int, types.Float64, types.String, types.Bool, types.Complex128:
		if n, ok := t.(*types.Named); !ok || n.Obj().Pkg() == nil || IsOwn(n.Obj().Pkg()) {
			return lit
		}
	}
	return l.text(types.Default(t)) + "(" + lit + ")"
}

func untypedKind(val constant.Value) types.BasicKind {
	switch val.Kind() {
	case constant.Bool:
		return types.UntypedBool
	case constant.String:
		return types.UntypedString
	case constant.Int:
		return types.UntypedInt
	case constant.Float:
		return types.UntypedFloat
	}
	return types.UntypedComplex
}

// literal writes a value in the form that a basic type takes without loss.
func literal(val constant.Value, b *types.Basic) string {
	switch info := b.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(val))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(val))
	case info&types.IsInteger != 0:
		return constant.ToInt(val).ExactString()
	case info&types.IsFloat != 0:
		return floatLiteral(val, b.Kind() == types.Float32)
	}
	bits32 := b.Kind() == types.Complex64
	lit := "complex(" + floatLiteral(constant.Real(val), bits32) + ", " + floatLiteral(constant.Imag(val), bits32) + ")"
	return lit
}

// floatLiteral is the shortest text that rounds to the constant's float.
func floatLiteral(val constant.Value, bits32 bool) string {
	val = constant.ToFloat(val)
	var s string
	if bits32 {
		f, _ := constant.Float32Val(val)
		s = strconv.FormatFloat(float64(f), 'g', -1, 32)
	} else {
		f, _ := constant.Float64Val(val)
		s = strconv.FormatFloat(f, 'g', -1, 64)
	}
	if !strings.ContainsAny(s, ".eE") {
		s += ".0"
	}
	return s
}

// bare writes a constant operand without its type: the other operand has it.
func (l *lowerer) bare(e ast.Expr) (string, bool) {
	tv := l.info.Types[e]
	if tv.Value == nil {
		return "", false
	}
	b, ok := types.Default(l.sub(tv.Type)).Underlying().(*types.Basic)
	if !ok || b.Info()&types.IsComplex != 0 {
		return "", false
	}
	lit := literal(tv.Value, b)
	if b.Info()&types.IsInteger != 0 {
		if n, ok := new(big.Int).SetString(lit, 10); ok && !n.IsInt64() {
			return "", false
		}
	}
	return lit, true
}
