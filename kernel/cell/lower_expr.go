package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"math/big"
	"strconv"
	"strings"
)

// expr writes an expression.
func (l *lowerer) expr(e ast.Expr) string {
	tv := l.info.Types[e]
	if tv.Value != nil && !isTypeParam(tv.Type) {
		return l.constant(tv.Value, l.sub(tv.Type))
	}
	if tv.IsType() {
		return l.text(tv.Type)
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return "(" + l.expr(e.X) + ")"
	case *ast.Ident:
		return l.ident(e)
	case *ast.BasicLit:
		return l.constant(tv.Value, l.sub(tv.Type))
	case *ast.FuncLit:
		return l.funcLit(e)
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
		return "(*" + l.expr(e.X) + ")"
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
		if n, ok := t.(*types.Named); !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() == path {
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
	if tv.Value == nil || isTypeParam(tv.Type) {
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
		if o.Pkg().Path() != path { // dot import
			return l.pkgMember(e, o)
		}
		return l.global(o)
	case *types.Var:
		if isPackageLevel(o) {
			if o.Pkg().Path() != path {
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
	full := obj.Pkg().Path() + "." + obj.Name()
	if to := replaced[full]; to != "" {
		return l.rt(to)
	}
	return l.pkg(obj.Pkg().Path()) + "." + obj.Name()
}

// rt names a function of the run-time support.
func (l *lowerer) rt(name string) string { return l.pkg(RuntimePath) + "." + name }

// composite writes a composite literal, with all its types spelled out.
func (l *lowerer) composite(e *ast.CompositeLit) string {
	t := l.typeOf(e)
	amp := ""
	if p, ok := t.Underlying().(*types.Pointer); ok { // the & of []*T{{...}}
		t, amp = p.Elem(), "&"
	}
	var elems []string
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i, el := range e.Elts {
			f, val, at := u.Field(min(i, u.NumFields()-1)), el, i
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				val = kv.Value
				f, at = fieldNamed(u, kv.Key.(*ast.Ident).Name)
			}
			elems = append(elems, fieldName(f, at)+": "+l.conv(val, f.Type()))
		}
	case *types.Map:
		for _, el := range e.Elts {
			kv := el.(*ast.KeyValueExpr)
			elems = append(elems, l.conv(kv.Key, u.Key())+": "+l.conv(kv.Value, u.Elem()))
		}
	case *types.Slice:
		elems = l.elements(e, u.Elem())
	case *types.Array:
		elems = l.elements(e, u.Elem())
	}
	return amp + l.text(t) + "{" + strings.Join(elems, ", ") + "}"
}

func fieldNamed(s *types.Struct, name string) (*types.Var, int) {
	for i := range s.NumFields() {
		if s.Field(i).Name() == name {
			return s.Field(i), i
		}
	}
	panic("internal error: no field " + name)
}

func (l *lowerer) elements(e *ast.CompositeLit, elem types.Type) []string {
	var elems []string
	for _, el := range e.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			elems = append(elems, l.info.Types[kv.Key].Value.ExactString()+": "+l.conv(kv.Value, elem))
			continue
		}
		elems = append(elems, l.conv(el, elem))
	}
	return elems
}

func (l *lowerer) index(e *ast.IndexExpr) string {
	if l.info.Types[e.Index].IsType() {
		return l.instanceOf(e.X)
	}
	x := l.operand(e.X)
	switch u := under(l.typeOf(e.X)).(type) {
	case *types.Map:
		return x + "[" + l.conv(e.Index, u.Key()) + "]"
	case *types.Pointer:
		return "(*" + x + ")[" + l.intIndex(e.Index) + "]"
	}
	return x + "[" + l.intIndex(e.Index) + "]"
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
func (l *lowerer) operand(e ast.Expr) string {
	s := l.expr(e)
	switch e.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.ParenExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
		return s
	}
	return "(" + s + ")"
}

func (l *lowerer) slice(e *ast.SliceExpr) string {
	x := l.operand(e.X)
	if _, ok := under(l.typeOf(e.X)).(*types.Pointer); ok {
		x = "(*" + x + ")"
	}
	s := x + "[" + l.intIndex(e.Low) + ":" + l.intIndex(e.High)
	if e.Slice3 {
		s += ":" + l.intIndex(e.Max)
	}
	return s + "]"
}

// under is the underlying type, with pointers and type parameters resolved.
func under(t types.Type) types.Type { return t.Underlying() }

func (l *lowerer) unary(e *ast.UnaryExpr) string {
	switch e.Op {
	case token.ARROW:
		return l.receive(e, false)
	case token.AND:
		if c, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			return "&" + l.expr(c)
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
	}
	x, y := l.both(e.X, e.Y)
	return "(" + x + " " + e.Op.String() + " " + y + ")"
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
		any := types.NewInterfaceType(nil, nil)
		return fmt.Sprintf("%s%s(%s, %s)", not, l.rt("Equal"), l.conv(e.X, any), l.conv(e.Y, any))
	}
	x, y := l.both(e.X, e.Y)
	return "(" + x + " " + e.Op.String() + " " + y + ")"
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
