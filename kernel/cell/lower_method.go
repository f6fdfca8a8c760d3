package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// methodCall writes x.M( with the receiver in place.
func (l *lowerer) methodCall(e *ast.SelectorExpr, sel *types.Selection) string {
	recv, index, m := l.sub(sel.Recv()), sel.Index(), sel.Obj().(*types.Func)
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, idx, _ := types.LookupFieldOrMethod(recv, true, m.Pkg(), m.Name())
		f, ok := obj.(*types.Func)
		if !ok {
			l.fail(e, "%s on %s", m.Name(), recv)
		}
		index, m = idx, f
	}
	return l.promoted(l.operand(e.X), recv, index, m)
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return p.Elem()
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// promoted writes the call of a method on x, up to its arguments. index leads
// through embedded fields to the type that has the method.
func (l *lowerer) promoted(x string, recv types.Type, index []int, m *types.Func) string {
	x, holder := l.path(x, recv, index[:len(index)-1])
	_, isPtr := holder.Underlying().(*types.Pointer)
	if types.IsInterface(holder) {
		if compiledIface(holder) {
			return x + "." + m.Name() + "("
		}
		return l.dispatch(x, holder, m)
	}
	named := namedOf(holder)
	if named == nil {
		l.fail(nil, "the method %s of %s", m.Name(), holder)
	}
	wantPtr := ptrRecv(m)
	switch {
	case wantPtr && !isPtr:
		x = "&" + x
	case !wantPtr && isPtr:
		x = "(*" + x + ")"
	}
	if name := l.method(named, m); name != "" {
		return name + "(" + x
	}
	full := named.Obj().Pkg().Path() + "." + named.Obj().Name() + "." + m.Name()
	if to := replacedMethods[full]; to != "" {
		return l.rt(to) + "(" + x
	}
	if strings.HasPrefix(x, "&") {
		x = x[1:]
		if strings.ContainsAny(x, "({[ ") {
			x = "(" + x + ")"
		}
	} else if strings.HasPrefix(x, "(*") && isPtr {
		x = x[2 : len(x)-1]
	}
	return x + "." + m.Name() + "("
}

// ptrRecv reports whether a method has a pointer receiver.
func ptrRecv(m *types.Func) bool {
	recv := m.Signature().Recv()
	if recv == nil {
		return false
	}
	_, ok := types.Unalias(recv.Type()).(*types.Pointer)
	return ok
}

// dispatch writes the call of a method of an interface that only cells know.
func (l *lowerer) dispatch(x string, iface types.Type, m *types.Func) string {
	obj, _, _ := types.LookupFieldOrMethod(iface, false, m.Pkg(), m.Name())
	sig := m.Signature()
	if f, ok := obj.(*types.Func); ok {
		sig = f.Signature()
	}
	sig = l.sub(sig).(*types.Signature)
	params := strings.TrimPrefix((&typeWriter{l.view, l, true}).signature(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())), "(")
	ftype := "func(interface{}"
	if sig.Params().Len() > 0 {
		ftype += ", "
	}
	ftype += params
	name := l.once("call "+m.Name()+ftype+l.changes(m.Name()), "call", func(name string) {
		l.queue = append(l.queue, func() { l.writeDispatch(name, m.Name(), ftype, sig) })
	})
	return name + "(" + x
}

// path selects through fields.
func (l *lowerer) path(x string, t types.Type, index []int) (string, types.Type) {
	for _, i := range index {
		s, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			l.fail(nil, "a field of %s", t)
		}
		f := s.Field(i)
		x, t = x+"."+fieldName(f, i), f.Type()
	}
	return x, t
}

// selector writes a field, a member of a package, a method value or a method expression.
func (l *lowerer) selector(e *ast.SelectorExpr) string {
	sel := l.info.Selections[e]
	if sel == nil {
		obj := l.info.Uses[e.Sel]
		if _, ok := l.info.Instances[e.Sel]; ok {
			return l.instanceOf(e)
		}
		return l.pkgMember(e, obj)
	}
	recv := l.sub(sel.Recv())
	switch sel.Kind() {
	case types.FieldVal:
		x, _ := l.path(l.operand(e.X), recv, sel.Index())
		return x
	case types.MethodVal:
		return l.methodValue(e, sel)
	}
	sig := l.typeOf(e).(*types.Signature)
	inner := types.NewSignatureType(nil, nil, nil, dropFirst(sig.Params()), sig.Results(), sig.Variadic())
	params, args := l.paramList(inner)
	if params != "" {
		params = ", " + params
	}
	index, m := sel.Index(), sel.Obj().(*types.Func)
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, at, _ := types.LookupFieldOrMethod(recv, true, m.Pkg(), m.Name())
		index, m = at, obj.(*types.Func)
	}
	head := l.promoted("r", recv, index, m)
	return fmt.Sprintf("func(r %s%s)%s { %s%s }", l.text(recv), params, l.resultText(inner), ret(inner), callWith(head, args))
}

func ret(sig *types.Signature) string {
	if sig.Results().Len() > 0 {
		return "return "
	}
	return ""
}

func dropFirst(t *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for i := 1; i < t.Len(); i++ {
		vars = append(vars, t.At(i))
	}
	return types.NewTuple(vars...)
}

// methodValue writes x.M as a closure over the receiver, which is evaluated now.
func (l *lowerer) methodValue(e *ast.SelectorExpr, sel *types.Selection) string {
	sig := l.typeOf(e).(*types.Signature)
	x, t, m := l.methodReceiver(e, sel)
	params, args := l.paramList(sig)
	head := l.promoted("r", t, m.index, m.Func)
	text := l.text(t)
	f := "func(" + params + ")" + l.resultText(sig)
	return fmt.Sprintf("func(r %s) %s { return %s { %s%s } }(%s)", text, l.text(sig), f, ret(sig), callWith(head, args), x)
}

// A method is one that is called on its receiver, or on what embeds it.
type method struct {
	*types.Func
	index []int
}

// methodReceiver writes the receiver of a method value, or of a method that is called later: a copy, when
// the method has a value for its receiver.
func (l *lowerer) methodReceiver(e *ast.SelectorExpr, sel *types.Selection) (x string, t types.Type, m method) {
	m = method{sel.Obj().(*types.Func), sel.Index()}
	t = l.sub(sel.Recv())
	if isTypeParam(sel.Recv()) || isTypeParam(deref(sel.Recv())) {
		obj, index, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
		m = method{obj.(*types.Func), index}
	}
	last := len(m.index) - 1
	x, t = l.path(l.operand(e.X), t, m.index[:last])
	m.index = m.index[last:]
	switch {
	case types.IsInterface(t):
	case ptrRecv(m.Func) && !isPointer(t):
		return "&" + x, types.NewPointer(t), m
	case !ptrRecv(m.Func) && isPointer(t):
		return "(*" + x + ")", deref(t), m
	}
	return x, t, m
}
