package cell

import (
	"fmt"
	"go/types"
	"strings"
)

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
