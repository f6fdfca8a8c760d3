package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

func newBuilder() *strings.Builder { return &strings.Builder{} }

// rangeStmt writes a range loop by what it ranges over.
func (l *lowerer) rangeStmt(s *ast.RangeStmt, label string) {
	l.loopAt = s.Pos()
	l.mark(s.X)
	t := types.Default(l.typeOf(s.X))
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			l.rangeInt(s, label, t)
			return
		}
		l.rangeString(s, label)
	case *types.Slice:
		l.rangeNative(s, label, types.Typ[types.Int], u.Elem(), l.open(s.X))
	case *types.Array:
		if !l.hasValue(s) {
			l.rangeLen(s, label, u)
			return
		}
		l.rangeNative(s, label, types.Typ[types.Int], u.Elem(), l.open(s.X))
	case *types.Pointer:
		if !l.hasValue(s) { // which may be nil
			l.rangeLen(s, label, u.Elem().Underlying().(*types.Array))
			return
		}
		l.rangeNative(s, label, types.Typ[types.Int], u.Elem().Underlying().(*types.Array).Elem(), "(*"+l.open(s.X)+")")
	case *types.Map:
		l.rangeMap(s, label, t, u)
	case *types.Chan:
		l.rangeChan(s, label, u)
	case *types.Signature:
		l.rangeFunc(s, label, u)
	default:
		l.fail(s.X, "range over %s", t)
	}
}

// rangeNative writes a loop that the interpreter has: the variables are the loop's own
// names, copied where the program keeps or declares its own.
func (l *lowerer) rangeNative(s *ast.RangeStmt, label string, kt, vt types.Type, x string) {
	if isChan(vt) && l.hasValue(s) {
		l.rangeChans(s, label, vt, x)
		return
	}
	k, v := l.rangeNames(s)
	direct := s.Tok == token.DEFINE && !l.captures(s.Body, []ast.Expr{s.Key, s.Value}) && !types.IsInterface(vt) && !isFunc(vt) &&
		!l.assigned(s.Body, s.Key) // by which the interpreter counts
	if direct {
		k, v = l.ownNames(s, k, v)
	}
	head := "for "
	switch {
	case v != "":
		head += k + ", " + v + " := range "
	case k != "":
		head += k + " := range "
	default:
		head += l.temp() + " := range "
	}
	l.markOnce(s.Body)
	defer func() { l.fn.marked = 0 }()
	l.openLoop(label, head+x+" {", &loop{label: label})
	if !direct {
		l.bindRange(s, k, v, kt, vt)
	}
	l.stmts(s.Body.List)
	l.closeLoop()
}

// rangeChans goes through a slice or an array of channels. The interpreter may take the variable of
// the elements for what is ranged over, and receive from it.
func (l *lowerer) rangeChans(s *ast.RangeStmt, label string, vt types.Type, x string) {
	list, i := l.temp(), l.temp()
	l.line("{")
	l.line("%s := %s", list, x)
	l.openLoop(label, fmt.Sprintf("for %s := 0; %s < len(%s); %s++ {", i, i, list, i), &loop{label: label})
	l.bindRange(s, i, list+"["+i+"]", types.Typ[types.Int], vt)
	l.stmts(s.Body.List)
	l.closeLoop()
	l.line("}")
}

// hasValue reports whether a range statement has a second variable.
func (l *lowerer) hasValue(s *ast.RangeStmt) bool { return s.Value != nil && !isName(s.Value, "_") }

// rangeLen counts the elements of an array that is not looked at.
func (l *lowerer) rangeLen(s *ast.RangeStmt, label string, a *types.Array) {
	if l.calls(s.X) {
		l.discard(s.X)
	}
	i := l.temp()
	l.openLoop(label, fmt.Sprintf("for %s := 0; %s < %d; %s++ {", i, i, a.Len(), i), &loop{label: label})
	if s.Key != nil && !isName(s.Key, "_") {
		l.bindRange(s, i, "", types.Typ[types.Int], nil)
	}
	l.stmts(s.Body.List)
	l.closeLoop()
}

// rangeString goes through the runes of a string. The interpreter would lose count at bytes that
// are no rune.
func (l *lowerer) rangeString(s *ast.RangeStmt, label string) {
	runes, offsets, i, r := l.temp(), l.temp(), l.temp(), l.temp()
	l.line("%s, %s := %s(string(%s))", runes, offsets, l.rt("Runes"), l.expr(s.X))
	l.markOnce(s.Body)
	defer func() { l.fn.marked = 0 }()
	l.openLoop(label, fmt.Sprintf("for %s, %s := range %s {", i, r, runes), &loop{label: label})
	k := ""
	if s.Key != nil && !isName(s.Key, "_") {
		k = l.temp()
		l.line("%s := %s[%s]", k, offsets, i)
	}
	l.bindRange(s, k, r, types.Typ[types.Int], types.Typ[types.Rune])
	l.stmts(s.Body.List)
	l.closeLoop()
}

// rangeNames makes names for the interpreter's own loop variables.
func (l *lowerer) rangeNames(s *ast.RangeStmt) (k, v string) {
	if s.Value != nil && !isName(s.Value, "_") {
		return l.temp(), l.temp()
	}
	if s.Key != nil && !isName(s.Key, "_") {
		return l.temp(), ""
	}
	return "", ""
}

// assigned reports whether a body gives the variable that a loop declares another value.
func (l *lowerer) assigned(body *ast.BlockStmt, v ast.Expr) bool {
	obj, found := l.defined(v), false
	is := func(list ...ast.Expr) {
		for _, e := range list {
			id, ok := ast.Unparen(e).(*ast.Ident)
			found = found || ok && obj != nil && l.info.Uses[id] == obj
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.AssignStmt:
			is(x.Lhs...)
		case *ast.IncDecStmt:
			is(x.X)
		case *ast.RangeStmt:
			is(x.Key, x.Value)
		}
		return !found
	})
	return found
}

// ownNames puts the program's variables in the place of the loop's: nothing keeps them
// longer than an iteration.
func (l *lowerer) ownNames(s *ast.RangeStmt, k, v string) (string, string) {
	if obj := l.defined(s.Key); k != "" && obj != nil {
		k = l.local(obj)
	}
	if s.Value != nil && v != "" {
		if obj := l.defined(s.Value); obj != nil {
			v = l.local(obj)
		}
	}
	return k, v
}

// bindRange gives the program's variables their values: fresh ones in each iteration if they
// are declared by the loop.
func (l *lowerer) bindRange(s *ast.RangeStmt, k, v string, kt, vt types.Type) {
	if k != "" && s.Key != nil {
		l.store(s.Key, k, kt)
	}
	if v != "" && s.Value != nil {
		l.store(s.Value, v, vt)
	}
}

// rangeInt counts. The program's variable is a copy, which it may change.
func (l *lowerer) rangeInt(s *ast.RangeStmt, label string, t types.Type) {
	if s.Key != nil && l.defined(s.Key) != nil {
		t = l.sub(l.defined(s.Key).Type())
	} else if s.Key != nil && !isName(s.Key, "_") {
		t = l.typeOf(s.Key)
	}
	i, n := l.temp(), l.temp()
	text := l.text(t)
	l.line("{")
	l.line("var %s %s = %s", n, text, l.conv(s.X, t))
	l.openLoop(label, fmt.Sprintf("for %s := %s(0); %s < %s; %s++ {", i, text, i, n, i), &loop{label: label, brief: l.counts(s.X) <= briefCount && l.isShort(s.Body)})
	l.bindRange(s, i, "", t, nil)
	l.stmts(s.Body.List)
	l.closeLoop()
	l.line("}")
}

// rangeMap goes through a map in the order of its sorted keys, so that a run can be repeated.
func (l *lowerer) rangeMap(s *ast.RangeStmt, label string, t types.Type, m *types.Map) {
	x, keys, k, v, ok := l.temp(), l.temp(), l.temp(), l.temp(), l.temp()
	l.line("{")
	l.line("%s := %s", x, l.open(s.X))
	l.line("var %s []%s", keys, l.text(m.Key()))
	l.line("%s(%s, &%s)", l.rt("Keys"), x, keys)
	vals := ""
	if mayBeNaN(m.Key()) { // what stands under NaN can not be looked up
		vals = l.temp()
		l.line("var %s []%s", vals, l.text(m.Elem()))
		l.line("%s(%s, %s, &%s)", l.rt("Values"), x, keys, vals)
	}
	idx := l.temp()
	l.openLoop(label, fmt.Sprintf("for %s := 0; %s < len(%s); %s++ {", idx, idx, keys, idx), &loop{label: label})
	l.line("%s := %s[%s]", k, keys, idx)
	l.line("%s, %s := %s[%s]", v, ok, x, k)
	if vals != "" {
		l.line("if !%s && len(%s) > 0 && %s(%s) { %s, %s = %s[%s], true }", ok, x, l.rt("IsNaN"), k, v, ok, vals, idx)
	}
	l.line("if !%s { continue }", ok) // deleted meanwhile
	l.bindRange(s, k, v, m.Key(), m.Elem())
	l.stmts(s.Body.List)
	l.closeLoop()
	l.line("}")
}

// mayBeNaN reports whether a key may be unequal to itself.
func mayBeNaN(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsFloat|types.IsComplex) != 0
	case *types.Interface:
		return true
	case *types.Array:
		return mayBeNaN(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			if mayBeNaN(u.Field(i).Type()) {
				return true
			}
		}
	}
	return false
}

// rangeChan receives until the channel is closed.
func (l *lowerer) rangeChan(s *ast.RangeStmt, label string, c *types.Chan) {
	ch, v, ok := l.temp(), l.temp(), l.temp()
	l.line("{")
	l.line("%s := %s", ch, l.open(s.X))
	l.openLoop(label, "for {", &loop{label: label})
	l.line("%s, %s := %s(%s)", v, ok, l.receiver(c, true), ch)
	l.line("if !%s { break }", ok)
	l.bindRange(s, v, "", c.Elem(), nil)
	l.stmts(s.Body.List)
	l.closeLoop()
	l.line("}")
}
