package engine

import (
	"context"
	"go/ast"
	"go/types"
	"strings"

	"reprise/kernel/cell"
	"reprise/kernel/display"
)

// Inspect documents what stands at the cursor, a byte offset: a name, or else the function
// inside of whose call the cursor is, or the type inside of whose literal. Detail 1 adds the source of the notebook's own declarations,
// and what types are made of.
func (e *Engine) Inspect(_ context.Context, code string, cursor, detail int) (display.Bundle, bool, error) {
	cursor = min(max(cursor, 0), len(code))
	a := e.pkg.Analyze(code, cursor)
	switch a.Segment.Kind {
	case cell.Magic, cell.CellMagic, cell.Shell:
		return e.inspectMagic(a, code, cursor, detail)
	}
	s, ok := e.subject(a)
	if !ok {
		return display.Bundle{}, false, nil
	}
	return e.describe(a, s, detail).bundle(), true, nil
}

// inspectMagic documents the magic, or the Go behind or below it.
func (e *Engine) inspectMagic(a *cell.Analysis, code string, cursor, detail int) (display.Bundle, bool, error) {
	seg := a.Segment
	head, body, _ := strings.Cut(seg.Text, "\n")
	name, args, _ := strings.Cut(strings.TrimSpace(head), " ")
	if seg.Kind == cell.Shell {
		name = "!"
	}
	at := seg.Offset + len(seg.Text) - len(body)
	if cursor < at || body == "" {
		body, at = args, seg.Offset+len(head)-len(args)
	}
	if cursor > at && seg.Kind != cell.Shell {
		return e.Inspect(context.Background(), body, cursor-at, detail)
	}
	for _, m := range Magics() {
		if m.String() == name {
			return display.Bundle{Data: map[string]any{
				display.Text:     m.help(),
				display.Markdown: "`" + m.usage() + "`\n\n" + m.Doc + "\n",
			}}, true, nil
		}
	}
	return display.Bundle{}, false, nil
}

// A subject is what is to be documented.
type subject struct {
	obj   types.Object
	owner *types.Named // the type of a method or field
}

// subject finds the object at the cursor.
func (e *Engine) subject(a *cell.Analysis) (subject, bool) {
	for i, n := range a.Path {
		switch n := n.(type) {
		case *ast.Ident:
			if s, ok := e.named(a, n, a.Path[i+1:]); ok {
				return s, true
			}
		case *ast.CallExpr:
			if n.Lparen < a.Pos && (a.Pos <= n.Rparen || !n.Rparen.IsValid()) {
				if s, ok := e.called(a, n); ok {
					return s, true
				}
			}
		case *ast.CompositeLit:
			if t := a.Info.TypeOf(n); t != nil && n.Lbrace < a.Pos && (a.Pos <= n.Rbrace || !n.Rbrace.IsValid()) {
				if of := named(t); of != nil {
					return subject{obj: of.Obj()}, true
				}
			}
		}
	}
	return subject{}, false
}

// called is the function of a call.
func (e *Engine) called(a *cell.Analysis, call *ast.CallExpr) (subject, bool) {
	fun := ast.Unparen(call.Fun)
	switch x := fun.(type) {
	case *ast.IndexExpr:
		fun = x.X
	case *ast.IndexListExpr:
		fun = x.X
	}
	switch x := fun.(type) {
	case *ast.Ident:
		return e.named(a, x, nil)
	case *ast.SelectorExpr:
		return e.named(a, x.Sel, []ast.Node{x})
	}
	return subject{}, false
}

// named is the object of a name. What encloses the name tells whose member it is.
func (e *Engine) named(a *cell.Analysis, id *ast.Ident, around []ast.Node) (subject, bool) {
	o := a.Info.Uses[id]
	if o == nil {
		o = a.Info.Defs[id]
	}
	if o == nil {
		return e.packageNamed(a, id)
	}
	return subject{obj: o, owner: ownerOf(a, o, around)}, true
}

// packageNamed finds a package whose name stands alone: that is an error in Go, and a question here.
func (e *Engine) packageNamed(a *cell.Analysis, id *ast.Ident) (subject, bool) {
	path, ok := e.pkg.PackageFor(id.Name)
	if !ok {
		return subject{}, false
	}
	p, err := e.config.Packages.Import(path)
	if err != nil {
		return subject{}, false
	}
	return subject{obj: types.NewPkgName(id.Pos(), a.Pkg, id.Name, p)}, true
}

// ownerOf is the named type to which a method or field belongs.
func ownerOf(a *cell.Analysis, o types.Object, around []ast.Node) *types.Named {
	if f, ok := o.(*types.Func); ok {
		if r := f.Signature().Recv(); r != nil {
			return named(r.Type())
		}
	}
	if v, ok := o.(*types.Var); !ok || !v.IsField() {
		return nil
	}
	for _, n := range around {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if s := a.Info.Selections[n]; s != nil {
				return holder(s)
			}
		case *ast.CompositeLit:
			if t := a.Info.TypeOf(n); t != nil {
				return named(t)
			}
		}
	}
	return nil
}

// holder is the type that declares a selected field: the last one on the way through embedded fields.
func holder(s *types.Selection) *types.Named {
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		st, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		t = st.Field(i).Type()
	}
	return named(t)
}

func named(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, _ := types.Unalias(t).(*types.Named)
	return n
}
