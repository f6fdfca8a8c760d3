package cell

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// funcDecl writes a function, or a method as a function of its receiver. Generic ones are
// written for the type arguments they are used with, when they are used.
func (l *lowerer) funcDecl(f *ast.FuncDecl, d *decl) {
	if d == nil || d.obj == nil {
		return
	}
	sig := d.obj.(*types.Func).Signature()
	if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 {
		return
	}
	l.writeFunc(d.rt, f, sig)
}

// writeFunc writes f under a run-time name.
func (l *lowerer) writeFunc(name string, f *ast.FuncDecl, sig *types.Signature) {
	if f.Body == nil {
		l.fail(f, "a function without a body")
	}
	out, fun := l.out, l.fn
	var b strings.Builder
	l.out, l.fn = &b, newFn(nil, l.sub(sig).(*types.Signature))
	params := l.fieldList(f.Type.Params)
	if f.Recv != nil {
		params = append(l.fieldList(f.Recv), params...)
	}
	l.line("func %s(%s)%s {", name, strings.Join(params, ", "), l.results(f.Type.Results, f.Body))
	l.funcBody(f.Body)
	l.line("}")
	l.out, l.fn = out, fun
	l.funcs.WriteString(b.String())
}

// fieldList writes parameters: each with a name.
func (l *lowerer) fieldList(fields *ast.FieldList) []string {
	var list []string
	if fields == nil {
		return nil
	}
	for _, f := range fields.List {
		text := ""
		if e, ok := f.Type.(*ast.Ellipsis); ok {
			text = "..." + l.text(l.info.TypeOf(e.Elt))
		} else {
			text = l.text(l.info.TypeOf(f.Type))
		}
		if len(f.Names) == 0 {
			list = append(list, l.temp()+" "+text)
		}
		for _, id := range f.Names {
			name := l.temp()
			if obj := l.info.Defs[id]; obj != nil && id.Name != "_" {
				name = l.local(obj)
			}
			list = append(list, name+" "+text)
		}
	}
	return list
}

// results writes the types of the results. When they have names, or when deferred functions may
// change them, they are variables of the body: the interpreter would have a named result share
// the variable that the caller assigns it to.
func (l *lowerer) results(fields *ast.FieldList, body *ast.BlockStmt) string {
	if fields == nil || len(fields.List) == 0 {
		return ""
	}
	if len(fields.List[0].Names) > 0 || l.defers(body) {
		for _, x := range l.fieldList(fields) {
			name, _, _ := strings.Cut(x, " ")
			l.fn.results = append(l.fn.results, name)
		}
	}
	return l.resultText(l.fn.sig)
}

// funcBody writes the body of a function: first it asks whether to stop, so that a
// recursion without a loop can be ended. A function that calls nothing is part of none.
func (l *lowerer) funcBody(body *ast.BlockStmt) {
	if l.calls(body) || l.rangesFunc(body) {
		l.stopCheck()
	}
	for i, name := range l.fn.results {
		l.line("var %s %s", name, l.text(l.fn.sig.Results().At(i).Type()))
	}
	if l.fn.recovers == "" && l.recovers(body) {
		l.fn.recovers = l.temp()
		l.line("%s := %s()", l.fn.recovers, l.rt("Deferred"))
	}
	if l.defers(body) {
		l.protected(func() { l.stmts(body.List) })
		return
	}
	l.stmts(body.List)
}

// stopCheck writes the test of the stop flag. Reading an interpreted variable costs little.
func (l *lowerer) stopCheck() { l.line("if s۰ { %s() }", l.rt("Stop")) }

// zeroText writes the zero value of a type where it is assigned.
func (l *lowerer) zeroText(t types.Type) string {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch info := u.Info(); {
		case info&types.IsBoolean != 0:
			return "false"
		case info&types.IsString != 0:
			return `""`
		case info&types.IsNumeric != 0:
			return "0"
		}
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Interface:
		return "nil"
	}
	return l.zero(t)
}

// funcLit writes a function literal.
func (l *lowerer) funcLit(e *ast.FuncLit) string {
	sig := l.typeOf(e).(*types.Signature)
	out, fun := l.out, l.fn
	var b strings.Builder
	l.out, l.fn = &b, newFn(fun, sig)
	if l.deferred == e {
		l.fn.recovers = fun.home().stack
	}
	l.line("func(%s)%s {", strings.Join(l.fieldList(e.Type.Params), ", "), l.results(e.Type.Results, e.Body))
	l.funcBody(e.Body)
	b.WriteString("}")
	l.out, l.fn = out, fun
	if fun != nil {
		fun.marked = 0
	}
	return b.String()
}

// made writes the making of a closure. In a loop, a function of its own makes it: when a closure
// returns, the interpreter writes to the place in the frame that made it, where the next
// iteration may just have put the next one, for another goroutine or as an argument.
func (l *lowerer) made(t types.Type, lit string) string {
	if !l.fn.repeats() {
		return lit
	}
	return "func() " + l.text(t) + " { return " + lit + " }()"
}

// repeats reports whether what is written next may run more than once in one call.
func (f *fn) repeats() bool {
	return f != nil && (f.labels || slices.ContainsFunc(f.loops, func(lp *loop) bool { return !lp.isSwitch }))
}

// method is the run-time name of a method of a cell's type, or "" for a compiled one.
func (l *lowerer) method(named *types.Named, m *types.Func) string {
	d := l.methodDecl(named, m.Name())
	if d == nil {
		return ""
	}
	if named.TypeArgs().Len() == 0 {
		return l.written(d, named.Obj().Pkg())
	}
	return l.instance(d, d.obj.(*types.Func).Signature().RecvTypeParams(), typeArgs(named.TypeArgs()))
}

// methodDecl finds the declaration of a method: by the run-time name of its type, so that
// values of a replaced type keep their methods.
func (l *lowerer) methodDecl(named *types.Named, name string) *decl {
	if own := l.prelude.methodFor(named, name); own != nil {
		return own
	}
	if src := l.source(named.Obj().Pkg()); src != nil {
		return src.decls[named.Obj().Name()+"."+name]
	}
	key := l.names[named.Origin().Obj()] + "." + name
	if d := l.meth[key]; d != nil {
		return d
	}
	return l.meths[key]
}
