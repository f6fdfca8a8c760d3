package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"strings"
)

// affected finds the live declarations that a step makes it necessary to check again:
// those that depend on types and constants it redefines, or on types that it
// gives methods. Of these, fresh need to be compiled again.
func (v *view) affected(src *source, st *step) (again, fresh map[string]bool) {
	defined := stepNames(st)
	changed, kept := map[string]bool{}, map[string]bool{}
	for _, it := range st.items {
		switch d := it.decl.(type) {
		case *ast.FuncDecl:
			if name := recvName(d); name != nil && !defined[name.Name] && v.lookup(name.Name) != nil {
				kept[name.Name] = true
			}
		case *ast.GenDecl:
			for _, id := range it.defines {
				if old := v.lookup(id.Name); old != nil && v.sameText(src, it, old) {
					kept[id.Name] = true
				} else if old != nil {
					changed[id.Name] = true
				}
			}
		}
	}
	again, fresh = map[string]bool{}, map[string]bool{}
	if len(changed)+len(kept) == 0 {
		return again, fresh
	}
	v.spread(fresh, changed, changed)
	all := map[string]bool{}
	for k := range changed {
		all[k] = true
	}
	for k := range kept {
		all[k] = true
	}
	v.spread(again, all, changed)
	for k := range kept {
		again[k] = true
	}
	for key := range again {
		d := v.lookup(key)
		if d == nil || defined[key] || v.redefinesMethod(st, key) {
			delete(again, key)
		}
	}
	return again, fresh
}

// spread adds to set all that depends on the seeds. Variables of a changed type keep
// their old type: they hold old values.
func (v *view) spread(set, seeds, changed map[string]bool) {
	keys := v.keys()
	for more := true; more; {
		more = false
		for _, key := range keys {
			d := v.lookup(key)
			if set[key] || seeds[key] || !uses(d, seeds, set) || d.node == nil && uses(d, changed, nil) {
				continue
			}
			set[key] = true
			more = true
			if typ, _, ok := strings.Cut(key, "."); ok && !seeds[typ] && !set[typ] {
				set[typ] = true // a method is checked with its type
			}
		}
	}
}

func uses(d *decl, a, b map[string]bool) bool {
	for u := range d.uses {
		if a[u] || b[u] {
			return true
		}
	}
	return false
}

func (v *view) redefinesMethod(st *step, key string) bool {
	for _, it := range st.items {
		if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv != nil && declKey(f) == key {
			return true
		}
	}
	return false
}

// sameText reports whether a type is declared again word for word, as when a cell is run
// twice: it stays the same type.
func (v *view) sameText(src *source, it *item, old *decl) bool {
	g := it.decl.(*ast.GenDecl)
	if g.Tok != token.TYPE || old.node == nil || old.src == nil {
		return false
	}
	spec := g.Specs[0]
	og, ok := old.node.(*ast.GenDecl)
	if !ok {
		return false
	}
	text := func(s *source, n ast.Node) string {
		from, to := s.offset(n.Pos()), s.offset(n.End())
		if from < 0 || to < from {
			return ""
		}
		return s.text[from:to]
	}
	now := text(src, spec)
	return now != "" && now == text(old.src, og.Specs[0])
}

// leaveOut takes declarations that no longer compile out of the set and says so.
// They stay as they are, bound to what they knew, a type with its methods and variables; methods of a new type are dropped.
func (v *view) leaveOut(again map[string]bool, broken map[string]string) map[string]bool {
	for _, key := range sortedKeys(broken) {
		d := v.lookup(key)
		typ, _, method := strings.Cut(key, ".")
		v.warnings = append(v.warnings, fmt.Sprintf("%s (%s) no longer compiles: %s", key, d.src.name, broken[key]))
		delete(again, key)
		maps.DeleteFunc(again, func(k string, _ bool) bool {
			d := v.lookup(k)
			return strings.HasPrefix(k, key+".") || d != nil && d.node == nil && d.uses[key]
		})
		if method && !again[typ] {
			v.drop(key)
		}
	}
	return again
}

// declKey is "f" or "T.M".
func declKey(f *ast.FuncDecl) string {
	if name := recvName(f); name != nil {
		return name.Name + "." + f.Name.Name
	}
	return f.Name.Name
}

// usesOf lists the live declarations that a checked node mentions.
func usesOf(info *types.Info, n ast.Node) map[string]bool {
	set := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if obj := info.Uses[id]; obj != nil {
			if key := objKey(obj); key != "" {
				set[key] = true
			}
		}
		return true
	})
	if f, ok := n.(*ast.FuncDecl); ok && f.Recv != nil {
		set[recvName(f).Name] = true
	}
	return set
}

// objKey is the key of a package-level object or method of the notebook, or "".
func objKey(obj types.Object) string {
	if obj.Pkg() == nil || obj.Pkg().Path() != path {
		return ""
	}
	if f, ok := obj.(*types.Func); ok {
		if recv := f.Signature().Recv(); recv != nil {
			if named := namedOf(recv.Type()); named != nil {
				return named.Obj().Name() + "." + f.Name()
			}
			return ""
		}
	}
	if isPackageLevel(obj) {
		return obj.Name()
	}
	return ""
}

// isPackageLevel reports whether obj stands in a notebook's package scope.
func isPackageLevel(obj types.Object) bool {
	return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
}

func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

// typeUses lists the notebook's types that a type mentions.
func typeUses(t types.Type) map[string]bool {
	set := map[string]bool{}
	walkType(t, func(t types.Type) {
		if n, ok := t.(*types.Named); ok && isPackageLevel(n.Obj()) && n.Obj().Pkg().Path() == path {
			set[n.Obj().Name()] = true
		}
	})
	return set
}

// walkType calls f for t and the types it is made of, without looking into named ones.
func walkType(t types.Type, f func(types.Type)) {
	f(t)
	switch t := t.(type) {
	case *types.Alias:
		walkType(types.Unalias(t), f)
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			walkType(t.TypeArgs().At(i), f)
		}
	case *types.Pointer:
		walkType(t.Elem(), f)
	case *types.Slice:
		walkType(t.Elem(), f)
	case *types.Array:
		walkType(t.Elem(), f)
	case *types.Chan:
		walkType(t.Elem(), f)
	case *types.Map:
		walkType(t.Key(), f)
		walkType(t.Elem(), f)
	case *types.Tuple:
		for i := range t.Len() {
			walkType(t.At(i).Type(), f)
		}
	case *types.Signature:
		walkType(t.Params(), f)
		walkType(t.Results(), f)
	case *types.Struct:
		for i := range t.NumFields() {
			walkType(t.Field(i).Type(), f)
		}
	}
}

func mustExpr(text string) ast.Expr {
	e, err := parser.ParseExpr(text)
	if err != nil {
		panic("internal error: " + text + ": " + err.Error())
	}
	return e
}

func parseType(text string, pos token.Pos) ast.Expr { return moved(mustExpr(text), pos) }

// moved puts all positions of a synthetic expression at pos, so that what it names is looked up there.
func moved(e ast.Expr, pos token.Pos) ast.Expr {
	ast.Inspect(e, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		val := reflect.ValueOf(n).Elem()
		for i := range val.NumField() {
			if f := val.Field(i); f.Type() == reflect.TypeFor[token.Pos]() && f.Int() != 0 {
				f.SetInt(int64(pos))
			}
		}
		return true
	})
	return e
}
