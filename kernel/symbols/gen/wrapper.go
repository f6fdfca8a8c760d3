package main

import (
	"fmt"
	"go/types"
	"strings"
)

// wrapper writes the struct through which a type declared in a cell satisfies the interface in compiled
// code: yaegi looks for "_Name" in the table and fills one func field per method, named W and the method.
// An interface with unexported methods or types can't be satisfied from outside, so it has none.
func (w *tableWriter) wrapper(name string, it *types.Interface) {
	if it.NumMethods() == 0 || !outside(it, w.p.types) {
		return
	}
	typ := "_" + strings.TrimSuffix(w.ident, "table") + name
	var fields, methods strings.Builder
	for i := range it.NumMethods() {
		m := it.Method(i)
		f := w.method(m)
		fmt.Fprintf(&fields, "W%s func%s\n", m.Name(), f.signature)
		fmt.Fprintf(&methods, "\nfunc (w %s) %s%s {\n", typ, m.Name(), f.signature)
		if m.Name() == "String" && f.signature == "() string" {
			// fmt may print a wrapper that yaegi has not filled.
			methods.WriteString("if w.WString == nil {\nreturn \"\"\n}\n")
		}
		fmt.Fprintf(&methods, "%sw.W%s(%s)\n}\n", f.ret, m.Name(), f.args)
	}
	w.row("_"+name, "reflect.ValueOf((*%s)(nil))", typ)
	w.wraps = append(w.wraps, fmt.Sprintf("type %s struct {\nIValue any\n%s}\n%s", typ, fields.String(), methods.String()))
}

type methodText struct{ signature, args, ret string }

func (w *tableWriter) method(m *types.Func) methodText {
	sig := m.Signature()
	var params, args []string
	for i := range sig.Params().Len() {
		arg, t := fmt.Sprintf("a%d", i), sig.Params().At(i).Type()
		text := types.TypeString(t, w.qualify)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			text = "..." + types.TypeString(t.(*types.Slice).Elem(), w.qualify)
			args = append(args, arg+"...")
		} else {
			args = append(args, arg)
		}
		params = append(params, arg+" "+text)
	}
	var results []string
	for i := range sig.Results().Len() {
		results = append(results, types.TypeString(sig.Results().At(i).Type(), w.qualify))
	}
	t := methodText{signature: "(" + strings.Join(params, ", ") + ")", args: strings.Join(args, ", ")}
	switch len(results) {
	case 0:
	case 1:
		t.signature += " " + results[0]
		t.ret = "return "
	default:
		t.signature += " (" + strings.Join(results, ", ") + ")"
		t.ret = "return "
	}
	return t
}

// outside says whether another package can spell all of the interface's methods.
func outside(it *types.Interface, home *types.Package) bool {
	for i := range it.NumMethods() {
		m := it.Method(i)
		if !m.Exported() || !spellable(m.Signature().Params(), home) || !spellable(m.Signature().Results(), home) {
			return false
		}
	}
	return true
}

// spellable looks for unexported names in the types as text: that covers every nesting.
func spellable(tuple *types.Tuple, home *types.Package) bool {
	ok := true
	qualify := func(p *types.Package) string {
		if internal(p.Path()) {
			ok = false
		}
		return "\x00"
	}
	for i := range tuple.Len() {
		text := types.TypeString(tuple.At(i).Type(), qualify)
		for _, part := range strings.Split(text, "\x00.")[1:] {
			if c := part[0]; c < 'A' || c > 'Z' {
				ok = false
			}
		}
	}
	return ok
}
