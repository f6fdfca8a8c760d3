package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// composite writes a composite literal, with all its types spelled out.
func (l *lowerer) composite(e *ast.CompositeLit) string {
	t := l.typeOf(e)
	amp := ""
	if p, ok := t.Underlying().(*types.Pointer); ok { // the & of []*T{{...}}
		t, amp = p.Elem(), "&"
	}
	var elems []string
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i, el := range e.Elts {
			f, val, at := u.Field(min(i, u.NumFields()-1)), el, i
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				val = kv.Value
				f, at = fieldNamed(u, kv.Key.(*ast.Ident).Name)
			}
			if f.Name() == "_" { // stays zero
				continue
			}
			elems = append(elems, fieldName(f, at)+": "+l.conv(val, f.Type()))
		}
	case *types.Map:
		for _, el := range e.Elts {
			kv := el.(*ast.KeyValueExpr)
			elems = append(elems, l.conv(kv.Key, u.Key())+": "+l.conv(kv.Value, u.Elem()))
		}
	case *types.Slice:
		elems = l.elements(e, u.Elem())
	case *types.Array:
		elems = l.elements(e, u.Elem())
	}
	if recursiveNamed(t) != nil {
		if amp != "" {
			l.fail(e, "the address of a literal of a type that refers to itself")
		}
		return l.closed(l.text(t.Underlying())+"{"+strings.Join(elems, ", ")+"}", t)
	}
	lit := l.text(t) + "{" + strings.Join(elems, ", ") + "}"
	if amp != "" {
		return l.addressed(t, lit)
	}
	return lit
}

// addressed writes the address of a composite literal. What is no struct would be made in the same
// place each time.
func (l *lowerer) addressed(t types.Type, lit string) string {
	if _, ok := t.Underlying().(*types.Struct); ok || !l.fn.repeats() {
		return "&" + lit
	}
	return "func() *" + l.text(t) + " {\nv := " + lit + "\nreturn &v\n}()"
}

func fieldNamed(s *types.Struct, name string) (*types.Var, int) {
	for i := range s.NumFields() {
		if s.Field(i).Name() == name {
			return s.Field(i), i
		}
	}
	panic("internal error: no field " + name)
}

func (l *lowerer) elements(e *ast.CompositeLit, elem types.Type) []string {
	var elems []string
	for _, el := range e.Elts {
		key, val := "", el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			key, val = l.info.Types[kv.Key].Value.ExactString()+": ", kv.Value
		}
		text := l.conv(val, elem)
		if _, star := val.(*ast.StarExpr); !star && l.looksAPointer(val) {
			text = "func() " + l.text(elem) + " { return " + text + " }()"
		}
		elems = append(elems, key+text)
	}
	return elems
}

// looksAPointer reports whether the interpreter would take what a pointer points to for the type of
// a pointer, as it does for operands in a list.
func (l *lowerer) looksAPointer(e ast.Expr) bool {
	switch x := e.(type) {
	case *ast.StarExpr:
		return true
	case *ast.ParenExpr:
		return l.looksAPointer(x.X)
	case *ast.SelectorExpr:
		return l.looksAPointer(x.X)
	case *ast.IndexExpr:
		return l.looksAPointer(x.X)
	case *ast.UnaryExpr:
		return x.Op != token.AND && l.looksAPointer(x.X)
	case *ast.BinaryExpr:
		return l.looksAPointer(x.X) || l.looksAPointer(x.Y)
	case *ast.CallExpr:
		return l.info.Types[x.Fun].IsType() && l.looksAPointer(x.Args[0])
	}
	return false
}
