package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Interfaces at run time: a value of an interface type that is compiled (error,
// io.Writer, mat.Matrix) is what compiled code holds. All other interface types,
// any included, are interface{}. In it, a value of a type that reflection can tell
// apart is itself; the others (a named int) are boxed with the number of their type.

// compiledIface reports whether t is an interface type with methods that compiled code declares.
func compiledIface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || !types.IsInterface(t) || n.Underlying().(*types.Interface).Empty() {
		return false
	}
	return !IsOwn(n.Obj().Pkg())
}

// exact reports whether values of type t have a reflect type that no other type has.
func exact(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return true
	case *types.Named:
		if !IsOwn(t.Obj().Pkg()) {
			return true
		}
		s, ok := t.Underlying().(*types.Struct)
		return ok && s.NumFields() > 0
	case *types.Pointer:
		return exact(t.Elem())
	case *types.Slice:
		return exact(t.Elem())
	case *types.Array:
		return exact(t.Elem())
	case *types.Chan:
		return exact(t.Elem())
	case *types.Map:
		return exact(t.Key()) && exact(t.Elem())
	case *types.Interface:
		return t.Empty()
	case *types.Struct:
		for i := range t.NumFields() {
			if !exact(t.Field(i).Type()) {
				return false
			}
		}
		return true
	case *types.Signature:
		return exactTuple(t.Params()) && exactTuple(t.Results())
	}
	return false
}

func exactTuple(t *types.Tuple) bool {
	for i := range t.Len() {
		if !exact(t.At(i).Type()) {
			return false
		}
	}
	return true
}

// conv writes e as a value of type to: the conversion that assignment implies.
func (l *lowerer) conv(e ast.Expr, to types.Type) string {
	from := l.typeOf(e)
	if isNil(from) {
		return "nil"
	}
	if u, ok := ast.Unparen(e).(*ast.CompositeLit); ok && !types.IsInterface(l.sub(to)) {
		if (recursiveNamed(from) == nil) != (recursiveNamed(l.sub(to)) == nil) || isUnnamedStruct(from) != isUnnamedStruct(l.sub(to)) {
			return l.convText(l.composite(u), from, to)
		}
		return l.composite(u)
	}
	to = l.sub(to)
	if types.IsInterface(to) {
		if s := l.standardStream(e); s != "" {
			return s
		}
	}
	if tv := l.info.Types[e]; tv.Value != nil && !types.IsInterface(to) && !isTypeParam(tv.Type) {
		return l.constant(tv.Value, to)
	}
	return l.convText(l.operated(e, to), from, to)
}

// operated writes an expression. The result of an operator that goes into an interface is converted to its
// own type first: the interpreter's operators write to places of a number or a bool only.
func (l *lowerer) operated(e ast.Expr, to types.Type) string {
	x := l.expr(e)
	if l.info.Types[e].Value != nil || !types.IsInterface(to) {
		return x
	}
	switch u := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if u.Op == token.AND || u.Op == token.ARROW {
			return x
		}
	case *ast.BinaryExpr:
	default:
		return x
	}
	return l.text(types.Default(l.typeOf(e))) + "(" + x + ")"
}

// convText is conv for a value that is written already.
func (l *lowerer) convText(x string, from, to types.Type) string {
	if to == nil || from == nil {
		return x
	}
	if !types.IsInterface(to) {
		if a, b := recursiveNamed(l.sub(from)), recursiveNamed(l.sub(to)); a == nil && b != nil && !isNil(from) {
			return l.closed(x, to)
		} else if a != nil && b == nil {
			return l.opened(x, from)
		}
		if isUnnamedStruct(from) != isUnnamedStruct(to) {
			return l.text(to) + "(" + x + ")" // tags tell them apart at run time
		}
		return x
	}
	switch {
	case isNil(from):
		return "nil"
	case types.IsInterface(from):
		switch a, b := compiledIface(from), compiledIface(to); {
		case a && !b:
			return l.rt("In") + "(" + x + ")"
		case !a && b:
			return l.toCompiled(x, to)
		}
		return x
	case compiledIface(to):
		if !l.hasCellMethods(from) {
			return x
		}
		return l.toCompiled(l.box(x, from), to)
	}
	return l.box(x, from)
}

func isUnnamedStruct(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Struct)
	return ok
}

// box writes a value of a concrete type as an interface{}.
func (l *lowerer) box(x string, from types.Type) string {
	from = types.Default(from)
	id := -1
	if Mentions(from) {
		id = l.typeID(from)
		l.register(from)
		l.registerDeep(from, map[types.Type]bool{}) // what shows it looks for methods of what is in it
	}
	if exact(from) {
		if isFunc(from) { // the interpreter would put in what it knows the function by
			return l.rt("Same") + "(" + x + ")"
		}
		return x
	}
	if id < 0 {
		id = l.typeID(from)
	}
	return fmt.Sprintf("%s(%d, %s)", l.rt("Box"), id, x)
}

// Mentions reports whether a type is made of types that run in the interpreter.
func Mentions(t types.Type) bool {
	found := false
	walkType(t, func(t types.Type) {
		if n, ok := t.(*types.Named); ok && IsOwn(n.Obj().Pkg()) {
			found = true
		}
	})
	return found
}

// typeID numbers a type, so that compiled code can be told of it.
func (l *lowerer) typeID(t types.Type) int {
	key := l.key(t)
	if id, ok := l.ids[key]; ok {
		l.typesByID[id] = t
		return id
	}
	id := len(l.typesByID)
	l.ids[key] = id
	l.typesByID = append(l.typesByID, t)
	return id
}

// hasCellMethods reports whether methods that cells declare are in the method set of t.
func (l *lowerer) hasCellMethods(t types.Type) bool {
	if n := namedOf(t); n != nil {
		if n.Obj().Pkg() != nil && !IsOwn(n.Obj().Pkg()) {
			return n.TypeArgs().Len() > 0 && l.prelude.typeFor(n) != nil
		}
		return true
	}
	return isUnnamedStruct(t)
}

// toCompiled writes the conversion of an interface{} to a compiled interface type.
func (l *lowerer) toCompiled(x string, to types.Type) string {
	text := l.text(to)
	name := l.once("as "+text, "as", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nif x == nil { return nil }\ny := %s(x, (*%s)(nil))\nreturn y.(%s)\n}\n",
			name, text, l.rt("As"), text, text)
	})
	return name + "(" + x + ")"
}

// assertion writes x.(T), or its two-valued form.
func (l *lowerer) assertion(e *ast.TypeAssertExpr, ok bool) string {
	from := l.typeOf(e.X)
	x := l.expr(e.X)
	if compiledIface(from) {
		x = l.rt("In") + "(" + x + ")"
	}
	return l.asserter(l.sub(l.info.TypeOf(e.Type)), from, ok) + "(" + x + ")"
}

// asserter names the function that asserts that an interface{} holds a T.
func (l *lowerer) asserter(t, from types.Type, ok bool) string {
	text := l.text(t)
	is := l.once("is "+l.key(t), "is", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) (%s, bool) {\nvar v %s\n%s}\n", name, text, text, l.assertBody(t, text))
	})
	if ok {
		return is
	}
	from = l.sub(from)
	return l.once("must "+l.key(t)+" from "+l.key(from), "must", func(name string) {
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nv, ok := %s(x)\nif !ok { %s(x, %d, %d) }\nreturn v\n}\n",
			name, text, is, l.rt("BadAssert"), l.typeID(t), l.typeID(from))
	})
}

func (l *lowerer) assertBody(t types.Type, text string) string {
	switch {
	case compiledIface(t):
		return fmt.Sprintf("if x == nil { return nil, false }\ny := %s(x, (*%s)(nil))\nif y == nil { return nil, false }\nreturn y.(%s), true\n", l.rt("As"), text, text)
	case types.IsInterface(t):
		return fmt.Sprintf("if x != nil && %s(x, %d) { return x, true }\nreturn nil, false\n", l.rt("Implements"), l.typeID(t))
	case exact(t):
		l.typeID(t)
		return fmt.Sprintf("v, ok := x.(%s)\nreturn v, ok\n", text)
	}
	if recursiveNamed(t) != nil {
		return fmt.Sprintf("return %s(x, %d)\n", l.rt("Unbox"), l.typeID(t))
	}
	if empty(t) { // the interpreter asserts no empty structs
		return fmt.Sprintf("_, ok := %s(x, %d)\nreturn v, ok\n", l.rt("Unbox"), l.typeID(t))
	}
	return fmt.Sprintf("y, ok := %s(x, %d)\nif !ok { return v, false }\nreturn y.(%s), true\n", l.rt("Unbox"), l.typeID(t), text)
}

// register tells compiled code of a cell's type and its methods, once.
func (l *lowerer) register(t types.Type) {
	id := l.typeID(t)
	if l.wasRegistered(id) {
		return
	}
	l.emit[regKey(id)] = "x"
	l.queue = append(l.queue, func() { l.writeRegistration(id, t) })
}

func regKey(id int) string { return fmt.Sprintf("reg %d", id) }

func (l *lowerer) wasRegistered(id int) bool {
	return l.emitted[regKey(id)] != "" || l.emit[regKey(id)] != ""
}

// registerAgain renews the registrations of types whose methods this cell changed.
func (l *lowerer) registerAgain() {
	if len(l.meth) == 0 {
		return
	}
	for id, t := range l.typesByID {
		if l.emitted[regKey(id)] == "" || l.emit[regKey(id)] != "" {
			continue
		}
		l.emit[regKey(id)] = "x"
		l.writeRegistration(id, t)
	}
}

// writeRegistration writes, for each method of t, a function that takes the receiver as an interface{}.
func (l *lowerer) writeRegistration(id int, t types.Type) {
	subst := l.subst
	l.subst = nil
	defer func() { l.subst = subst }()
	text := l.text(t)
	if exact(t) {
		fmt.Fprintf(&l.setup, "{ var z %s; %s(%d, z) }\n", text, l.rt("Type"), id)
	}
	if !l.hasCellMethods(t) {
		return
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		sel := set.At(i)
		f := sel.Obj().(*types.Func)
		if !f.Exported() && foreignFunc(f) != nil {
			continue // of an embedded compiled type
		}
		sig := l.methodSig(sel, f)
		call := l.promoted("v", sel.Recv(), sel.Index(), f)
		if call == "" {
			continue
		}
		params, args := l.paramList(sig)
		if params != "" {
			params = ", " + params
		}
		ret := ""
		if sig.Results().Len() > 0 {
			ret = "return "
		}
		recv := "r.(" + text + ")"
		if !exact(t) {
			recv = fmt.Sprintf("%s(%s(r, %d))", l.rawAs(t, text), l.rt("Raw"), id)
		}
		fmt.Fprintf(&l.setup, "%s(%d, %q, func(r interface{}%s)%s {\nv := %s\n%s%s\n})\n",
			l.rt("Method"), id, f.Name(), params, l.resultText(sig), recv, ret, callWith(call, args))
	}
}

// rawAs names a function that turns the raw content of an interface{} into a T.
func (l *lowerer) rawAs(t types.Type, text string) string {
	if recursiveNamed(t) != nil {
		text = "*" + l.key(t)
	}
	return l.once("raw "+text, "raw", func(name string) {
		if recursiveNamed(t) != nil {
			fmt.Fprintf(&l.funcs, "func %s(x interface{}) interface{} { return x }\n", name)
			return
		}
		if empty(t) {
			fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s {\nvar v %s\nreturn v\n}\n", name, text, text)
			return
		}
		fmt.Fprintf(&l.funcs, "func %s(x interface{}) %s { return x.(%s) }\n", name, text, text)
	})
}

// empty reports whether t is a struct without fields.
func empty(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0
}

// callWith completes a call that ends in an open parenthesis or a comma.
func callWith(call string, args string) string {
	if strings.HasSuffix(call, "(") {
		return call + args + ")"
	}
	if args == "" {
		return call + ")"
	}
	return call + ", " + args + ")"
}

func (l *lowerer) methodSig(sel *types.Selection, f *types.Func) *types.Signature {
	if sig, ok := l.sub(sel.Type()).(*types.Signature); ok {
		return sig
	}
	return f.Signature()
}

// paramList writes parameters under generated names, and the arguments that pass them on.
func (l *lowerer) paramList(sig *types.Signature) (params, args string) {
	var ps, as []string
	for i := range sig.Params().Len() {
		name := fmt.Sprintf("a۰۰%d", i)
		t := sig.Params().At(i).Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			ps = append(ps, name+" ..."+l.text(t.Underlying().(*types.Slice).Elem()))
			as = append(as, name+"...")
			continue
		}
		ps, as = append(ps, name+" "+l.text(t)), append(as, name)
	}
	return strings.Join(ps, ", "), strings.Join(as, ", ")
}

func (l *lowerer) resultText(sig *types.Signature) string {
	switch sig.Results().Len() {
	case 0:
		return ""
	case 1:
		return " " + l.text(sig.Results().At(0).Type())
	}
	return " " + l.text(sig.Results())
}
