package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
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

func typeArgs(list *types.TypeList) []types.Type {
	var args []types.Type
	for i := range list.Len() {
		args = append(args, list.At(i))
	}
	return args
}

// instanceOf writes a generic function with its type arguments filled in.
func (l *lowerer) instanceOf(e ast.Expr) string {
	id, _ := e.(*ast.Ident)
	if sel, ok := e.(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id == nil {
		return l.expr(e)
	}
	f, ok := l.info.Uses[id].(*types.Func)
	if !ok {
		l.fail(e, "the generic value %s", id.Name)
	}
	inst := l.info.Instances[id]
	var args []types.Type
	for i := range inst.TypeArgs.Len() {
		args = append(args, l.sub(inst.TypeArgs.At(i)))
	}
	d := l.declOf(f)
	if d == nil {
		l.fail(e, "the generic function %s.%s", f.Pkg().Name(), f.Name())
	}
	return l.instance(d, d.obj.(*types.Func).Signature().TypeParams(), args)
}

// instance writes a generic function or method for one set of type arguments, once, and
// returns its name.
func (l *lowerer) instance(d *decl, params *types.TypeParamList, args []types.Type) string {
	var keys []string
	for _, a := range args {
		keys = append(keys, l.key(a))
	}
	if len(keys) > 0 && len(keys[0]) > 2000 {
		l.fail(d.node, "generic code that instantiates itself without end")
	}
	return l.once("inst "+d.rt+"["+strings.Join(keys, ",")+"]", d.rt, func(name string) {
		m := map[*types.TypeParam]types.Type{}
		for i := range min(params.Len(), len(args)) {
			m[params.At(i)] = args[i]
		}
		l.queue = append(l.queue, func() {
			l.in(d, func() {
				l.subst = m
				l.writeFunc(name, d.node.(*ast.FuncDecl), d.obj.(*types.Func).Signature())
			})
		})
	})
}

// topVar writes the definition of variables of the notebook.
func (l *lowerer) topVar(c *checked, it *item) {
	spec := c.specs[it]
	l.markTop(it.spec)
	var names []string
	var vars []*types.Var
	for i, id := range spec.Names {
		obj, _ := c.info.Defs[id].(*types.Var)
		name, outer := l.temp(), it.spec.Names[i].Name
		switch {
		case outer == "_" || obj == nil:
		case c.step.assign[it.spec.Names[i]] != "":
			l.bodyFn.names[obj] = name
			l.line("var %s %s", name, l.text(obj.Type()))
		default:
			d := l.entered(c, it, i)
			name = d.rt
			l.once("var "+name, "", func(string) { fmt.Fprintf(&l.vars, "var %s %s\n", name, l.text(obj.Type())) })
			if id.Name != outer {
				l.bodyFn.names[obj] = name
			}
		}
		names, vars = append(names, name), append(vars, obj)
	}
	l.defineAll(names, vars, spec)
	for i, id := range it.spec.Names {
		if id.Name == "_" {
			continue
		}
		if tmp := c.step.assign[id]; tmp != "" {
			if obj, ok := c.info.Uses[id]; ok {
				_ = obj
			}
			l.line("%s = %s", l.global(l.lookup(id.Name).obj), l.convText(names[i], vars[i].Type(), l.lookup(id.Name).obj.Type()))
			continue
		}
		l.prog.Vars = append(l.prog.Vars, id.Name)
		l.line("%s(%d)", l.rt("Defined"), len(l.prog.Vars))
	}
}

// entered is the declaration that the i-th name of an item became. A later step of the
// cell may have replaced it in the view.
func (l *lowerer) entered(c *checked, it *item, i int) *decl {
	return l.lookup(it.spec.Names[i].Name)
}

// defineAll writes the assignment of first values.
func (l *lowerer) defineAll(names []string, vars []*types.Var, spec *ast.ValueSpec) {
	switch {
	case len(spec.Values) == 0:
		for i, name := range names {
			if vars[i] != nil && spec.Names[i].Name != "_" {
				l.line("%s = %s", name, l.zero(vars[i].Type()))
			}
		}
	case len(spec.Values) == len(names):
		if len(names) == 1 {
			l.assignTop(names[0], vars[0], spec.Names[0], spec.Values[0])
			return
		}
		var temps []string
		for i, v := range spec.Values {
			t := l.temp()
			temps = append(temps, t)
			l.defineTemp(t, v, typeOfVar(vars[i], l, v))
		}
		for i := range names {
			if spec.Names[i].Name != "_" {
				l.line("%s = %s", names[i], temps[i])
			}
		}
	default:
		l.assignTuple(names, vars, spec)
	}
}

func typeOfVar(v *types.Var, l *lowerer, e ast.Expr) types.Type {
	if v != nil {
		return l.sub(v.Type())
	}
	return types.Default(l.typeOf(e))
}

func (l *lowerer) assignTop(name string, v *types.Var, id *ast.Ident, val ast.Expr) {
	if id.Name == "_" {
		l.discard(val)
		return
	}
	l.line("%s = %s", name, l.copied(val, l.conv(val, v.Type())))
}

// defineTemp declares a temporary of type t.
func (l *lowerer) defineTemp(name string, val ast.Expr, t types.Type) {
	text := l.renewed(val, l.conv(val, t))
	l.line("var %s %s = %s", name, l.text(t), text)
}

// assignTuple assigns the results of one call, or of a two-valued form.
func (l *lowerer) assignTuple(names []string, vars []*types.Var, spec *ast.ValueSpec) {
	temps, ts := l.tuple(spec.Values[0])
	for i, name := range names {
		if spec.Names[i].Name != "_" && vars[i] != nil {
			l.line("%s = %s", name, l.convText(temps[i], ts[i], l.sub(vars[i].Type())))
		}
	}
}

// topStmt writes a statement of the cell. The last one's value is the cell's.
func (l *lowerer) topStmt(it *item) {
	if it.list && it.last && !l.src.semi {
		l.resultList(it.stmt.(*ast.AssignStmt))
		return
	}
	x, ok := it.stmt.(*ast.ExprStmt)
	if !ok {
		l.markTop(it.stmt)
		l.stmt(it.stmt)
		return
	}
	l.markTop(it.stmt)
	t := l.typeOf(x.X)
	if l.info.Types[x.X].IsVoid() || !it.last || l.src.semi {
		l.exprStmt(x.X)
		return
	}
	if isNil(t) {
		return
	}
	if l.writes(x.X) {
		temps, ts := l.tuple(x.X)
		l.prog.Results = ts[1:]
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), temps[1])
		return
	}
	if tup, ok := t.(*types.Tuple); ok {
		temps, ts := l.tuple(x.X)
		var args []string
		for i := range tup.Len() {
			l.prog.Results = append(l.prog.Results, ts[i])
			args = append(args, l.resultArg(temps[i], ts[i]))
		}
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), strings.Join(args, ", "))
		return
	}
	t = types.Default(t)
	if v := l.info.Types[x.X].Value; v != nil && overflows(v, t) {
		panic(notSupported{x.X.Pos(), fmt.Sprintf("constant %s overflows %s", v.ExactString(), t)})
	}
	l.prog.Results = []types.Type{t}
	val := l.conv(x.X, t)
	if types.IsInterface(t) {
		tmp := l.temp()
		l.line("var %s %s = %s", tmp, l.text(t), val)
		l.markAgain(it.stmt)
		l.line("%s(%s)", l.rt("Result"), l.resultArg(tmp, t))
		return
	}
	l.registerDeep(t, map[types.Type]bool{})
	l.line("%s(%d, %s)", l.rt("Value"), l.typeID(t), val)
}

// resultList shows several values.
func (l *lowerer) resultList(s *ast.AssignStmt) {
	l.markTop(s)
	var args []string
	for _, x := range s.Rhs {
		t, tmp := types.Default(l.typeOf(x)), l.temp()
		l.defineTemp(tmp, x, t)
		l.prog.Results = append(l.prog.Results, t)
		args = append(args, l.resultArg(tmp, t))
	}
	l.markAgain(s)
	l.line("%s(%s)", l.rt("Result"), strings.Join(args, ", "))
}

func overflows(v constant.Value, t types.Type) bool {
	b, ok := t.(*types.Basic)
	if !ok || b.Kind() != types.Int {
		return false
	}
	_, exact := constant.Int64Val(constant.ToInt(v))
	return !exact
}

// writes reports whether e calls a compiled function that, like fmt.Println, tells how much
// it wrote: (n int, err error). The count is not worth showing.
func (l *lowerer) writes(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	id, _ := ast.Unparen(call.Fun).(*ast.Ident)
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		id = sel.Sel
	}
	if id == nil {
		return false
	}
	f, ok := l.info.Uses[id].(*types.Func)
	if !ok || foreignFunc(f) == nil {
		return false
	}
	r := f.Signature().Results()
	return r.Len() == 2 && r.At(0).Name() == "n" && r.At(1).Name() == "err"
}

// resultArg hands a value out with its type.
func (l *lowerer) resultArg(x string, t types.Type) string {
	l.registerDeep(t, map[types.Type]bool{})
	if types.IsInterface(t) {
		return x
	}
	return l.rt("Typed") + fmt.Sprintf("(%d, %s)", l.typeID(t), x)
}
