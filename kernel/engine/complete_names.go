package engine

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// selector proposes members of a package, a value or a type.
func (q *completer) selector(sel *ast.SelectorExpr) {
	if id, ok := sel.X.(*ast.Ident); ok {
		if name, ok := q.a.Info.Uses[id].(*types.PkgName); ok {
			q.exported(name.Imported())
			return
		}
	}
	if tv, ok := q.a.Info.Types[sel.X]; ok && tv.Type != nil {
		for _, m := range members(tv.Type, q.a.Pkg) {
			if _, field := m.(*types.Var); !field || tv.IsValue() {
				q.object(m)
			}
		}
	}
}

func (q *completer) exported(p *types.Package) {
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() {
			q.object(o)
		}
	}
}

// fields proposes the fields that a struct literal does not have yet.
func (q *completer) fields() {
	lit := q.literal()
	if lit == nil {
		return
	}
	t := q.a.Info.TypeOf(lit)
	if t == nil {
		return
	}
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return
	}
	used := map[string]bool{}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && (q.a.Pos < kv.Pos() || kv.Key.End() < q.a.Pos) {
			if id, ok := kv.Key.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
	}
	for i := range s.NumFields() {
		if f := s.Field(i); !used[f.Name()] && (f.Exported() || own(f, q.a.Pkg)) {
			q.add(f.Name(), matchField, types.TypeString(f.Type(), packageName))
		}
	}
}

// literal is the composite literal in which the cursor is where a key may stand.
func (q *completer) literal() *ast.CompositeLit {
	for i, n := range q.a.Path {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if q.a.Pos > n.Lbrace {
				return n
			}
			return nil
		case *ast.Ident:
			if i > 0 {
				return nil
			}
		case *ast.KeyValueExpr:
			if n.Colon.IsValid() && q.a.Pos > n.Colon {
				return nil
			}
		case *ast.BadExpr:
		default:
			return nil
		}
	}
	return nil
}

// scope proposes the names that mean something at the cursor, the nearest first.
func (q *completer) scope() {
	for s := q.a.Scope; s != nil && s != types.Universe; s = s.Parent() {
		if s == q.a.Pkg.Scope() {
			continue
		}
		for _, name := range s.Names() {
			if o := s.Lookup(name); o.Pos() < q.a.Pos || !o.Pos().IsValid() {
				q.local(o)
			}
		}
	}
	for _, name := range q.a.Pkg.Scope().Names() {
		q.local(q.a.Pkg.Scope().Lookup(name))
	}
	packages := q.e.pkg.PackageNames()
	for _, name := range sortedNames(packages) {
		q.add(name, matchPackage, packages[name])
	}
	for _, name := range types.Universe.Names() {
		q.object(types.Universe.Lookup(name))
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		q.add(tok.String(), matchKeyword, "")
	}
}

// local proposes an object but for those that the checker or the lowering has made.
func (q *completer) local(o types.Object) {
	if _, ok := o.(*types.PkgName); !ok && o.Name() != "_" && !strings.Contains(o.Name(), "۰") {
		q.object(o)
	}
}

func (q *completer) object(o types.Object) { q.found = append(q.found, matchOf(o)) }

func matchOf(o types.Object) Match {
	m := Match{Text: o.Name(), Type: matchVar}
	if _, builtin := o.(*types.Builtin); !builtin && o.Type() == types.Typ[types.Invalid] {
		return m // of text that does not compile yet
	}
	switch o := o.(type) {
	case *types.Func:
		m.Type, m.Signature = matchFunction, strings.TrimPrefix(types.TypeString(o.Type(), packageName), "func")
	case *types.Builtin:
		m.Type, m.Signature = matchFunction, builtins[o.Name()]
	case *types.TypeName:
		m.Type = matchType
	case *types.Const:
		m.Type, m.Signature = matchConst, types.TypeString(o.Type(), packageName)
	case *types.Var:
		if o.IsField() {
			m.Type = matchField
		}
		m.Signature = types.TypeString(o.Type(), packageName)
	}
	return m
}

func sortedNames[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
