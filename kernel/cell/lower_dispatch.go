package cell

import (
	"fmt"
	"go/types"
	"strings"
)

// The call of a method of an interface that only cells know is the call of a function that looks at what
// the interface holds. It knows the types that had the method when it was written, and calls
// theirs directly; all others are looked up. When one of those methods is declared again, the function is told
// to look up everything, and code that is lowered from then on calls a new function.

// manyTypes is the number of types from which looking up is no slower than asking for each.
const manyTypes = 6

// writeDispatch writes the function that calls a method of what an interface holds.
func (l *lowerer) writeDispatch(name, method, ftype string, sig *types.Signature) {
	ps, as := l.paramList(sig)
	if ps != "" {
		ps, as = ", "+ps, ", "+as
	}
	known, old := "", l.view.fresh("old")
	for _, t := range l.typesByID {
		if f := l.direct(t, method, sig); f != "" && strings.Count(known, "\n") < 2*manyTypes {
			l.emit[directKey(l.methodKey(namedOf(t), method))+name] = old
			known += fmt.Sprintf("if v, ok := r.(%s); ok {\n%s\n}\n", l.text(t), returns(sig, f+"(v"+as+")"))
		}
	}
	if known != "" {
		fmt.Fprintf(&l.vars, "var %s bool\n", old)
		known = fmt.Sprintf("if !%s {\n%s}\n", old, known)
	}
	fmt.Fprintf(&l.funcs, "func %s(r interface{}%s)%s {\n%sf := %s(r, %q).(%s)\n%sf(r%s)\n}\n",
		name, ps, l.resultText(sig), known, l.rt("Find"), method, ftype, ret(sig), as)
}

func returns(sig *types.Signature, call string) string {
	if sig.Results().Len() > 0 {
		return "return " + call
	}
	return call + "\nreturn"
}

// direct is the function that is a method of t itself, or "" when it has to be looked up.
func (l *lowerer) direct(t types.Type, method string, sig *types.Signature) string {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != path || n.TypeArgs().Len() > 0 || !exact(t) || recursiveNamed(t) != nil {
		return ""
	}
	d := l.methodDecl(n, method)
	if d == nil {
		return ""
	}
	f, ok := d.obj.(*types.Func)
	if !ok || ptrRecv(f) != isPointer(t) || !types.Identical(withoutRecv(f.Signature()), withoutRecv(sig)) {
		return ""
	}
	return l.method(n, f)
}

func withoutRecv(s *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
}

func directKey(method string) string { return "direct " + method + " " }

// methodKey is what a method of a cell's type is known by.
func (l *lowerer) methodKey(n *types.Named, method string) string {
	return l.names[n.Origin().Obj()] + "." + method
}

// changes tells functions that were written before a method was declared again from later ones.
func (l *lowerer) changes(method string) string {
	for key := range l.meth {
		if _, m, _ := strings.Cut(key, "."); m == method && len(l.directCalls(key)) > 0 {
			l.emit["changes "+method] = fmt.Sprint(" in ", l.cellNo)
		}
	}
	if c := l.emit["changes "+method]; c != "" {
		return c
	}
	return l.emitted["changes "+method]
}

// directCalls are the flags of the functions that call a method directly.
func (l *lowerer) directCalls(method string) []string {
	var flags []string
	for _, key := range sortedKeys(l.emitted) {
		if strings.HasPrefix(key, directKey(method)) {
			flags = append(flags, l.emitted[key])
		}
	}
	return flags
}

// outdate tells older functions of the methods that this cell changes.
func (l *lowerer) outdate() {
	for _, method := range sortedKeys(l.meth) {
		for _, flag := range l.directCalls(method) {
			fmt.Fprintf(&l.setup, "%s(&%s)\n", l.rt("Outdate"), flag)
		}
	}
}
