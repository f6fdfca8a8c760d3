package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A lowerer writes checked Go as Go text that the interpreter runs rightly. It
// knows the type of everything, and leaves nothing to the interpreter that the
// interpreter is known to get wrong:
//
//   - constants are written as their values
//   - methods become functions, calls of methods plain calls
//   - interfaces without a compiled type become interface{}, their calls a look at what they hold
//   - generic code is written out for each set of type arguments
//   - embedded fields are selected by their full path
//   - results, composite literals and comma-ok values get variables of their own
//   - loops ask whether to stop, go statements get a recover
type lowerer struct {
	*view
	cellSrc  *source
	cellNo   int
	prog     *Program
	info     *types.Info
	src      *source // of the text being lowered: places of faults
	srcNo    int
	subst    map[*types.TypeParam]types.Type
	fn       *fn
	out      *strings.Builder
	types    strings.Builder
	vars     strings.Builder
	funcs    strings.Builder
	setup    strings.Builder // statements that run before the cell: registrations
	starts   strings.Builder // then: initializations of packages that came as source
	body     strings.Builder
	bodyFn   *fn
	queue    []func()
	before   map[string]*decl
	loopAt   token.Pos    // of the loop that is about to be opened
	deferred *ast.FuncLit // the literal that a defer statement is about to write
	needPkg  []string
}

// fn is the state of one function being lowered, with the literals in it.
type fn struct {
	sig    *types.Signature
	names  map[types.Object]string
	used   map[string]bool
	outer  *fn
	marked int // what the place marker holds, 0 for unknown
	loops  []*loop
	labels bool // a label was written: a goto may lead back to it
	tmp    *int
	yield  *yieldBody // set in a body of range over func

	results  []string // names of the results, when they have any
	stack    string   // holds the deferred calls, when the function has any
	recovers string   // holds the deferred calls whose panic recover ends
}

// home is the function that a return statement leaves: bodies of range over func belong to another one.
func (f *fn) home() *fn {
	for f.yield != nil {
		f = f.outer
	}
	return f
}

// notSupported stops the lowering of a cell with an error at a place.
type notSupported struct {
	pos token.Pos
	msg string
}

func newLowerer(v *view, src *source) *lowerer {
	l := &lowerer{view: v, cellSrc: src, cellNo: src.no, src: src, srcNo: src.no, prog: &Program{v: v}}
	l.bodyFn = newFn(nil, types.NewSignatureType(nil, nil, nil, nil, nil, false))
	return l
}

func newFn(outer *fn, sig *types.Signature) *fn {
	if outer != nil {
		return &fn{sig: sig, names: outer.names, used: outer.used, outer: outer, tmp: outer.tmp}
	}
	return &fn{sig: sig, names: map[types.Object]string{}, used: map[string]bool{}, tmp: new(int)}
}

// unsupported turns the stop of a lowering into the cell's error.
func (l *lowerer) unsupported(prog **Program, err *error) {
	switch r := recover().(type) {
	case nil:
	case notSupported:
		off := max(l.cellSrc.offset(r.pos), 0)
		*prog, *err = nil, l.cellSrc.errors("NotSupported", []syntaxError{{off, "not supported here: " + r.msg}})
	default:
		panic(r)
	}
}

func (l *lowerer) fail(n ast.Node, format string, args ...any) {
	pos := token.NoPos
	if n != nil && l.src == l.cellSrc {
		pos = n.Pos()
	}
	msg := fmt.Sprintf(format, args...)
	if l.src != l.cellSrc {
		msg += ", in " + l.src.name
	}
	panic(notSupported{pos, msg})
}

// step lowers one checked step: older functions that call what changed, then the items in order.
func (l *lowerer) step(c *checked) {
	l.info, l.src, l.srcNo = c.info, c.src, l.cellNo
	for _, it := range c.step.items {
		if it.kind == Decl {
			l.enterMethod(it)
		}
	}
	for _, key := range sortedKeys(c.again) {
		if d := l.lookup(key); d != nil && strings.Contains(key, ".") {
			l.bindMethod(d)
		}
	}
	for _, key := range sortedKeys(c.fresh) {
		if d := l.lookup(key); d != nil && strings.Contains(key, ".") {
			l.bindMethod(d)
		}
	}
	for _, key := range sortedKeys(c.fresh) {
		if d := l.lookup(key); d != nil {
			l.older(d)
		}
	}
	l.info, l.src, l.srcNo, l.before = c.info, c.src, l.cellNo, c.before
	inits := map[*item]string{}
	for _, it := range c.step.items {
		f, ok := it.decl.(*ast.FuncDecl)
		switch {
		case ok && isInit(f):
			inits[it] = l.view.fresh("init")
			l.writeFunc(inits[it], f, c.info.Defs[f.Name].(*types.Func).Signature())
		case ok:
			l.funcDecl(f, l.lookup(declKey(f)))
		}
	}
	l.out, l.fn = &l.body, l.bodyFn
	for _, it := range c.order() {
		switch it.kind {
		case Decl:
			if inits[it] != "" {
				l.line("%s()", inits[it])
			}
		case Var:
			l.topVar(c, it)
		case Stmt:
			l.topStmt(it)
		}
	}
	l.before = nil
}

// enterMethod makes a method of this cell known under its type's run-time name.
func (l *lowerer) enterMethod(it *item) {
	if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv != nil {
		if d := l.lookup(declKey(f)); d != nil {
			l.bindMethod(d)
		}
	}
}

func (l *lowerer) bindMethod(d *decl) {
	recv := d.obj.(*types.Func).Signature().Recv()
	if named := namedOf(recv.Type()); named != nil {
		l.meth[l.names[named.Origin().Obj()]+"."+d.obj.Name()] = d
	}
}

// older lowers a declaration of an earlier cell again.
func (l *lowerer) older(d *decl) {
	f, ok := d.node.(*ast.FuncDecl)
	if !ok {
		return
	}
	l.in(d, func() { l.funcDecl(f, d) })
}

// in lowers with the knowledge of another declaration's check.
func (l *lowerer) in(d *decl, f func()) {
	info, src, no, subst, fun, out := l.info, l.src, l.srcNo, l.subst, l.fn, l.out
	l.info, l.src, l.srcNo, l.subst = d.info, d.src, d.src.no, nil
	f()
	l.info, l.src, l.srcNo, l.subst, l.fn, l.out = info, src, no, subst, fun, out
}

// program joins what was written.
func (l *lowerer) program() *Program {
	for len(l.queue) > 0 {
		next := l.queue[0]
		l.queue = l.queue[1:]
		next()
	}
	l.registerAgain()
	for len(l.queue) > 0 {
		next := l.queue[0]
		l.queue = l.queue[1:]
		next()
	}
	l.outdate()
	p := l.prog
	p.Imports = l.needPkg
	p.Warnings = l.warnings
	p.Decls = l.types.String() + l.vars.String() + l.funcs.String() +
		"func b۰() {\n" + l.setup.String() + l.starts.String() + l.bodyText() + "}\nfunc init() { c۰ = b۰ }\n"
	return p
}

// typeOf is the type of an expression, with type parameters replaced.
func (l *lowerer) typeOf(e ast.Expr) types.Type { return l.sub(l.info.TypeOf(e)) }

func (l *lowerer) line(format string, args ...any) {
	fmt.Fprintf(l.out, format, args...)
	l.out.WriteByte('\n')
}

// temp makes a name that no Go text can hold by accident, and that fresh does not make.
func (l *lowerer) temp() string {
	*l.fn.tmp++
	return fmt.Sprintf("t۰۰%d", *l.fn.tmp)
}

// local is the run-time name of a variable of a function. Each has a name of its own,
// since the interpreter confuses variables of one name in one function.
func (l *lowerer) local(obj types.Object) string {
	if name := l.fn.names[obj]; name != "" {
		return name
	}
	name := obj.Name()
	if name == "_" || name == "" {
		name = l.temp()
	} else if l.fn.used[name] || types.Universe.Lookup(name) != nil || name == "main" || name == "init" {
		*l.fn.tmp++
		name = fmt.Sprintf("%s۰۰%d", name, *l.fn.tmp)
	}
	l.fn.used[name] = true
	l.fn.names[obj] = name
	return name
}

// global is the run-time name of a package-level variable, constant or function.
func (l *lowerer) global(obj types.Object) string {
	if name := l.bodyFn.names[obj]; name != "" {
		return name // a hidden variable of this cell
	}
	if src := l.source(obj.Pkg()); src != nil {
		return l.sourceObject(src, obj)
	}
	if d := l.before[obj.Name()]; d != nil {
		return d.rt
	}
	if d := l.lookup(obj.Name()); d != nil && d.rt != "" {
		return d.rt
	}
	return obj.Name()
}

// once writes something to the interpreter once in the life of a package, and
// returns the name that it got.
func (l *lowerer) once(key, stem string, write func(name string)) string {
	if name := l.emitted[key]; name != "" {
		return name
	}
	if name := l.emit[key]; name != "" {
		return name
	}
	name := l.view.fresh(stem)
	l.emit[key] = name
	write(name)
	return name
}

// pkg is the run-time name of an imported package.
func (l *lowerer) pkg(path string) string {
	alias := "p۰" + mangle(path)
	l.once("import "+path, "", func(string) { l.needPkg = append(l.needPkg, fmt.Sprintf("import %s %q", alias, path)) })
	return alias
}

// mangle makes a path part of an identifier.
func mangle(path string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '۰'
	}, path)
}
