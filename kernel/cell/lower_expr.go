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
			if f.Name() == "_" { // stays zero
				continue
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
	if recursiveNamed(t) != nil {
		if amp != "" {
			l.fail(e, "the address of a literal of a type that refers to itself")
		}
		return l.closed(l.text(t.Underlying())+"{"+strings.Join(elems, ", ")+"}", t)
	}
	lit := l.text(t) + "{" + strings.Join(elems, ", ") + "}"
	if amp != "" {
		return l.addressed(t, lit)
	}
	return lit
}

// addressed writes the address of a composite literal. What is no struct would be made in the same
// place each time.
func (l *lowerer) addressed(t types.Type, lit string) string {
	if _, ok := t.Underlying().(*types.Struct); ok || !l.fn.repeats() {
		return "&" + lit
	}
	return "func() *" + l.text(t) + " {\nv := " + lit + "\nreturn &v\n}()"
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
	x := l.open(e.X)
	switch u := under(l.typeOf(e.X)).(type) {
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
	if _, ok := under(l.typeOf(e.X)).(*types.Pointer); ok {
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
	if l.calls2(e.Low, e.High) {
		return x + "[" + l.intIndex(e.Low) + ":" + l.intIndex(e.High) + "]"
	}
	return fmt.Sprintf("%s[%s(%s, %s, len(%s), %s):%s]", x, l.rt("Low"), low, high, x, limit, high)
}

func (l *lowerer) calls2(es ...ast.Expr) bool {
	for _, e := range es {
		if e != nil && l.calls(e) {
			return true
		}
	}
	return false
}

// under is the underlying type, with pointers and type parameters resolved.
func under(t types.Type) types.Type { return t.Underlying() }

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
