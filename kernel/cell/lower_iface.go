package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
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
