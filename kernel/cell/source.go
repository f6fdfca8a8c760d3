package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// A sourcePackage is a package that came as text. Its functions are lowered when they are
// first used; its variables are initialized before the first cell that uses any of it.
type sourcePackage struct {
	*Source
	id    string           // tells it apart at run time
	decls map[string]*decl // functions and methods, by key
	inits []*ast.FuncDecl
	src   *source
}

// IsOwn reports whether a package runs in the interpreter: the notebook, and what came as source.
func IsOwn(p *types.Package) bool {
	return p != nil && (p.Path() == path || strings.HasPrefix(p.Path(), SourcePrefix))
}

// source is what came as text under a package, or nil.
func (v *view) source(p *types.Package) *sourcePackage {
	if p == nil || !strings.HasPrefix(p.Path(), SourcePrefix) {
		return nil
	}
	if s := v.sources[p]; s != nil {
		return s
	}
	from, ok := v.packages.(Sources)
	if !ok {
		return nil
	}
	text := from.Source(p)
	if text == nil {
		return nil
	}
	at := strings.TrimPrefix(p.Path(), SourcePrefix)
	s := &sourcePackage{Source: text, id: v.fresh(mangle(at)), decls: map[string]*decl{}, src: &source{name: "package " + at}}
	for _, f := range text.Files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				s.add(fn)
			}
		}
	}
	v.sources[p] = s
	return s
}

func (s *sourcePackage) add(f *ast.FuncDecl) {
	if isInit(f) {
		s.inits = append(s.inits, f)
		return
	}
	key := declKey(f)
	s.decls[key] = &decl{key: key, obj: s.Info.Defs[f.Name], node: f, info: s.Info, src: s.src,
		rt: s.id + "۰" + strings.ReplaceAll(key, ".", "۰")}
}

// declOf is the declaration of a function that runs in the interpreter, or nil.
func (l *lowerer) declOf(f *types.Func) *decl {
	if src := l.source(f.Pkg()); src != nil {
		l.startSource(src, f.Pkg())
		key := f.Name()
		if recv := f.Signature().Recv(); recv != nil {
			if named := namedOf(recv.Type()); named != nil {
				key = named.Obj().Name() + "." + key
			}
		}
		return src.decls[key]
	}
	if f.Pkg().Path() == path {
		return l.lookup(objKey(f))
	}
	return l.prelude.function(f)
}

// sourceObject is the run-time name of a function or variable of a package that came as text.
func (l *lowerer) sourceObject(src *sourcePackage, obj types.Object) string {
	if f, ok := obj.(*types.Func); ok {
		if d := l.declOf(f); d != nil {
			return l.written(d, f.Pkg())
		}
	}
	l.startSource(src, obj.Pkg())
	return src.id + "۰" + obj.Name()
}

// written is the run-time name of a function, which is lowered now if it comes from a package
// in source.
func (l *lowerer) written(d *decl, p *types.Package) string {
	src := l.source(p)
	if src == nil {
		return d.rt
	}
	l.startSource(src, p)
	key := "func " + d.rt
	if l.emitted[key] == "" && l.emit[key] == "" {
		l.emit[key] = d.rt
		l.queue = append(l.queue, func() { l.older(d) })
	}
	return d.rt
}

// startSource initializes a package once: after those that it imports, its variables in their
// order, then its init functions.
func (l *lowerer) startSource(src *sourcePackage, p *types.Package) {
	key := "start " + src.id
	if l.emitted[key] != "" || l.emit[key] != "" {
		return
	}
	l.emit[key] = "x"
	for _, dep := range p.Imports() {
		if s := l.source(dep); s != nil {
			l.startSource(s, dep)
		}
	}
	name := src.id + "۰start"
	l.in(&decl{info: src.Info, src: src.src}, func() {
		var b strings.Builder
		l.out, l.fn = &b, newFn(nil, types.NewSignatureType(nil, nil, nil, nil, nil, false))
		l.line("func %s() {", name)
		l.startVars(src, p)
		for _, f := range src.inits {
			init := l.view.fresh(src.id + "۰init")
			l.writeFunc(init, f, src.Info.Defs[f.Name].(*types.Func).Signature())
			l.line("%s()", init)
		}
		l.line("}")
		l.funcs.WriteString(b.String())
	})
	fmt.Fprintf(&l.starts, "%s()\n", name)
}

func (l *lowerer) startVars(src *sourcePackage, p *types.Package) {
	for _, name := range p.Scope().Names() {
		if v, ok := p.Scope().Lookup(name).(*types.Var); ok {
			fmt.Fprintf(&l.vars, "var %s %s\n", src.id+"۰"+name, l.text(v.Type()))
		}
	}
	for _, init := range src.Info.InitOrder {
		if len(init.Lhs) == 1 {
			v := init.Lhs[0]
			if v.Name() == "_" {
				l.discard(init.Rhs)
				continue
			}
			l.line("%s = %s", src.id+"۰"+v.Name(), l.conv(init.Rhs, v.Type()))
			continue
		}
		temps, ts := l.tuple(init.Rhs)
		for i, v := range init.Lhs {
			if v.Name() != "_" {
				l.line("%s = %s", src.id+"۰"+v.Name(), l.convText(temps[i], ts[i], v.Type()))
			}
		}
	}
}
