package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// enter makes what a checked step declares live in the view, gives it run-time
// names, and finds the older functions that have to be compiled again.
func (v *view) enter(c *checked) {
	for _, key := range sortedKeys(c.again) {
		v.renew(c, key)
	}
	changed, retyped := map[string]bool{}, map[string]bool{}
	for _, it := range c.step.items {
		switch it.kind {
		case Decl:
			v.enterDecl(c, it, changed, retyped)
		case Var:
			v.enterVars(c, it, changed, retyped)
		}
	}
	v.recheck(c, retyped)
	v.recompile(c, changed)
}

// renew replaces an older declaration by its newly checked self.
func (v *view) renew(c *checked, key string) {
	old := v.lookup(key)
	d := *old
	switch n := d.node.(type) {
	case nil:
		d.obj = c.pkg.Scope().Lookup(key)
		if d.obj == nil {
			return // not mentioned: nobody asked for it
		}
	case *ast.FuncDecl:
		d.obj, d.info, d.uses = c.info.Defs[n.Name], c.info, usesOf(c.info, n)
		if c.fresh[key] {
			d.rt = v.fresh(strings.ReplaceAll(key, ".", "۰"))
		}
	case *ast.GenDecl:
		spec := n.Specs[0].(*ast.TypeSpec)
		d.obj, d.info, d.uses = c.info.Defs[spec.Name], c.info, usesOf(c.info, n)
		if c.fresh[key] {
			d.rt = v.fresh(key)
		}
		v.names[d.obj] = d.rt
	}
	v.add(&d)
}

// fresh makes a run-time name.
func (v *view) fresh(name string) string {
	v.serial++
	return fmt.Sprintf("%s۰%d", name, v.serial)
}

func (v *view) enterDecl(c *checked, it *item, changed, retyped map[string]bool) {
	f, ok := it.decl.(*ast.FuncDecl)
	if !ok {
		v.enterGen(c, it, changed)
		return
	}
	key := declKey(f)
	if f.Name.Name == "_" || isInit(f) {
		return
	}
	old := v.lookup(key)
	d := v.newDecl(c, key, c.info.Defs[f.Name], f)
	d.doc = f.Doc.Text()
	d.rt = v.fresh(strings.ReplaceAll(key, ".", "۰"))
	if f.Recv == nil {
		delete(v.imps, key)
	}
	if old != nil {
		changed[key] = true
		if !types.Identical(old.obj.Type(), d.obj.Type()) {
			retyped[key] = true
		}
	}
	v.add(d)
}

func (v *view) newDecl(c *checked, key string, obj types.Object, node ast.Decl) *decl {
	d := &decl{key: key, obj: obj, src: c.src, node: node, info: c.info}
	d.from, d.to = node.Pos(), node.End()
	d.uses = usesOf(c.info, node)
	d.imports = v.importsFor(nil, node)
	return d
}

func (v *view) enterGen(c *checked, it *item, changed map[string]bool) {
	g := it.decl.(*ast.GenDecl)
	for _, spec := range g.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			name := spec.Name.Name
			if name == "_" {
				continue
			}
			delete(v.imps, name)
			old := v.lookup(name)
			d := v.newDecl(c, name, c.info.Defs[spec.Name], g)
			d.doc = docText(g.Doc, spec.Doc)
			d.rt = v.fresh(name)
			if old != nil && v.names[old.obj] != "" && v.sameText(c.src, it, old) && !c.fresh[name] {
				d.rt = old.rt // run twice: the same type
			} else if old != nil {
				changed[name] = true
				v.dropMethods(name, c)
				v.detach(name, c)
			}
			v.names[d.obj] = d.rt
			v.add(d)
		case *ast.ValueSpec:
			for _, id := range spec.Names {
				v.enterConst(c, id, docText(g.Doc, spec.Doc), changed)
			}
		}
	}
}

// dropMethods takes the methods of a replaced type away unless they were checked with the new one.
func (v *view) dropMethods(typ string, c *checked) {
	for _, m := range v.methods(typ) {
		if m.info != c.info {
			v.drop(m.key)
		}
	}
}

// detach makes what holds values of a replaced type independent of its name.
func (v *view) detach(typ string, c *checked) {
	for _, key := range v.keys() {
		d := v.lookup(key)
		if d.node != nil || !d.uses[typ] {
			continue
		}
		n := *d
		n.uses = map[string]bool{}
		for u := range d.uses {
			if u != typ {
				n.uses[u] = true
			}
		}
		v.add(&n)
	}
}

func (v *view) enterConst(c *checked, id *ast.Ident, doc string, changed map[string]bool) {
	obj, ok := c.info.Defs[id].(*types.Const)
	if !ok || id.Name == "_" {
		return
	}
	delete(v.imps, id.Name)
	if old := v.lookup(id.Name); old != nil {
		k, ok := old.obj.(*types.Const)
		if !ok || !constant.Compare(k.Val(), token.EQL, obj.Val()) || !types.Identical(k.Type(), obj.Type()) {
			changed[id.Name] = true
		}
	}
	v.add(&decl{key: id.Name, obj: obj, src: c.src, uses: typeUses(obj.Type()), doc: doc, from: id.Pos(), to: id.End()})
}

// enterVars enters variables. One that keeps its type keeps its place at run time, so
// that functions and closures see the new value.
func (v *view) enterVars(c *checked, it *item, changed, retyped map[string]bool) {
	for i, id := range c.specs[it].Names {
		name := it.spec.Names[i].Name
		obj, ok := c.info.Defs[id].(*types.Var)
		if !ok || name == "_" || c.step.assign[it.spec.Names[i]] != "" {
			continue
		}
		if id.Name != name { // a hidden name: what follows knows it by its own
			obj = packageVar(obj.Pos(), name, obj.Type())
			if old := v.lookup(name); old != nil {
				c.before[name] = old
			}
		}
		d := &decl{key: name, obj: obj, src: c.src, uses: typeUses(obj.Type()), from: it.spec.Pos(), to: it.spec.End()}
		d.doc = docText(it.spec.Doc, nil)
		old := v.lookup(name)
		switch {
		case old != nil && isVar(old.obj) && v.text(old.obj.Type()) == v.text(obj.Type()):
			d.rt = old.rt
		case old != nil:
			changed[name], retyped[name] = true, true
			fallthrough
		default:
			d.rt = v.fresh(name)
		}
		delete(v.imps, name)
		v.add(d)
	}
}

// packageVar makes a variable of the notebook in a package of its own.
func packageVar(pos token.Pos, name string, t types.Type) *types.Var {
	pkg := types.NewPackage(path, "main")
	obj := types.NewVar(pos, pkg, name, t)
	pkg.Scope().Insert(obj)
	return obj
}

func isVar(obj types.Object) bool {
	_, ok := obj.(*types.Var)
	return ok
}

func docText(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if g != nil {
			return g.Text()
		}
	}
	return ""
}

// recheck looks whether the users of what changed its type still compile.
func (v *view) recheck(c *checked, retyped map[string]bool) {
	again := map[string]bool{}
	if len(retyped) == 0 {
		return
	}
	for _, key := range v.keys() {
		if d := v.lookup(key); d.node != nil && d.info != c.info && uses(d, retyped, nil) {
			again[key] = true
			if typ, _, ok := strings.Cut(key, "."); ok {
				again[typ] = true
				for _, m := range v.methods(typ) {
					again[m.key] = true
				}
			}
		}
	}
	for range 8 {
		if len(again) == 0 {
			return
		}
		probe := &checked{step: &step{}, src: &source{name: c.src.name}, specs: map[*item]*ast.ValueSpec{}}
		broken, _ := v.types(probe, again)
		if len(broken) == 0 {
			return
		}
		again = v.leaveOut(again, broken)
		for key := range broken {
			c.stale = append(c.stale, key)
		}
	}
}

// recompile adds to c.fresh the functions that call, directly or not, what changed.
func (v *view) recompile(c *checked, changed map[string]bool) {
	for _, key := range c.stale {
		delete(changed, key)
	}
	keys := v.keys()
	for more := len(changed) > 0; more; {
		more = false
		for _, key := range keys {
			d := v.lookup(key)
			_, isFunc := d.node.(*ast.FuncDecl)
			if !isFunc || d.src == c.src && d.info == c.info && !c.again[key] || changed[key] || c.isStale(key) || !uses(d, changed, nil) {
				continue
			}
			changed[key], c.fresh[key], more = true, true, true
			n := *d
			n.rt = v.fresh(strings.ReplaceAll(key, ".", "۰"))
			v.add(&n)
		}
	}
}

func (c *checked) isStale(key string) bool {
	for _, k := range c.stale {
		if k == key {
			return true
		}
	}
	return false
}
