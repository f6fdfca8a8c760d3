package engine

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/types"
	"strings"

	"reprise/kernel/cell"
	"reprise/kernel/display"
)

// A description is what a front end shows of an object.
type description struct {
	code string // Go: the declaration in short
	doc  string // the doc comment
	note string // where it comes from
	more string // Go: source or members
}

func (e *Engine) describe(a *cell.Analysis, s subject, detail int) description {
	d := description{code: declaration(s), doc: e.docOf(a, s)}
	switch {
	case s.obj.Pkg() == nil:
	case own(s.obj, a.Pkg):
		key := s.key()
		in, text := e.pkg.Source(key)
		if in != "" && e.pkg.Lookup(s.obj.Name()) == s.obj || s.owner != nil && in != "" {
			d.note = "declared in " + in
		}
		if detail > 0 {
			d.more = text
		}
	default:
		if p := importPath(s.obj); p != "" {
			d.note = fmt.Sprintf("import %q", p)
		}
	}
	if t, ok := s.obj.(*types.TypeName); ok && detail > 0 && d.more == "" {
		d.more = methodList(t, a.Pkg)
	}
	return d
}

// key is the object's name in documentation: "Dense", "Dense.At", "" for a package.
func (s subject) key() string {
	if _, ok := s.obj.(*types.PkgName); ok {
		return ""
	}
	if s.owner != nil {
		return s.owner.Obj().Name() + "." + s.obj.Name()
	}
	return s.obj.Name()
}

func importPath(o types.Object) string {
	if p, ok := o.(*types.PkgName); ok {
		return p.Imported().Path()
	}
	return o.Pkg().Path()
}

// docOf is the doc comment: of a preloaded package, of a live declaration, or of one in the text itself.
func (e *Engine) docOf(a *cell.Analysis, s subject) string {
	_, isPackage := s.obj.(*types.PkgName)
	switch {
	case s.obj.Pkg() == nil:
		return e.config.Packages.Doc("builtin", s.obj.Name())
	case isPackage || !own(s.obj, a.Pkg):
		if v, ok := s.obj.(*types.Var); ok && v.IsField() && s.owner == nil {
			return ""
		}
		return e.config.Packages.Doc(importPath(s.obj), s.key())
	}
	if text := docInText(a, s.obj); text != "" {
		return text
	}
	return e.pkg.Doc(s.key())
}

// docInText is the comment above an object's declaration in the analysed text, or behind a field.
func docInText(a *cell.Analysis, o types.Object) string {
	text := ""
	for _, f := range a.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Pos() == o.Pos() {
					text = n.Doc.Text()
				}
			case *ast.GenDecl:
				for _, spec := range n.Specs {
					if t, ok := spec.(*ast.TypeSpec); ok && t.Name.Pos() == o.Pos() {
						text = n.Doc.Text() + t.Doc.Text()
					}
				}
			case *ast.Field:
				for _, name := range n.Names {
					if name.Pos() == o.Pos() {
						text = n.Doc.Text() + n.Comment.Text()
					}
				}
			}
			return true
		})
	}
	return text
}

// declaration writes the object as it would be declared, names qualified as cells do.
func declaration(s subject) string {
	switch o := s.obj.(type) {
	case *types.PkgName:
		return "package " + o.Imported().Name()
	case *types.Builtin:
		return "func " + o.Name()
	case *types.Const:
		return fmt.Sprintf("const %s %s = %s", qualified(o), types.TypeString(o.Type(), packageName), o.Val())
	case *types.TypeName:
		return typeDeclaration(o)
	case *types.Func:
		return funcDeclaration(o)
	case *types.Var:
		if o.IsField() {
			return fieldName(s) + " " + types.TypeString(o.Type(), packageName)
		}
		return "var " + qualified(o) + " " + types.TypeString(o.Type(), packageName)
	case *types.Nil:
		return "nil"
	}
	return types.ObjectString(s.obj, packageName)
}

func qualified(o types.Object) string {
	if o.Pkg() != nil && o.Parent() == o.Pkg().Scope() {
		if p := packageName(o.Pkg()); p != "" {
			return p + "." + o.Name()
		}
	}
	return o.Name()
}

func fieldName(s subject) string {
	if s.owner == nil {
		return "field " + s.obj.Name()
	}
	return "field " + types.TypeString(s.owner, packageName) + "." + s.obj.Name()
}

func funcDeclaration(f *types.Func) string {
	sig := f.Signature()
	text := strings.TrimPrefix(types.TypeString(sig, packageName), "func")
	if r := sig.Recv(); r != nil {
		recv := types.TypeString(r.Type(), packageName)
		if types.IsInterface(r.Type()) {
			return fmt.Sprintf("func (%s) %s%s", recv, f.Name(), text)
		}
		if r.Name() != "" {
			recv = r.Name() + " " + recv
		}
		return fmt.Sprintf("func (%s) %s%s", recv, f.Name(), text)
	}
	return "func " + qualified(f) + text
}

// typeDeclaration shows a struct's and an interface's members that may be used, one a line.
func typeDeclaration(t *types.TypeName) string {
	if t.Pkg() == nil {
		return "type " + t.Name()
	}
	head := "type " + strings.TrimPrefix(types.TypeString(t.Type(), packageName), "*")
	if t.IsAlias() {
		return "type " + qualified(t) + " = " + types.TypeString(types.Unalias(t.Type()), packageName)
	}
	var lines []string
	switch u := t.Type().Underlying().(type) {
	case *types.Struct:
		hidden := false
		for i := range u.NumFields() {
			f := u.Field(i)
			if !f.Exported() && t.Pkg().Path() != "main" {
				hidden = true
				continue
			}
			lines = append(lines, "    "+f.Name()+" "+types.TypeString(f.Type(), packageName))
		}
		if hidden {
			lines = append(lines, "    // unexported fields")
		}
		head += " struct"
	case *types.Interface:
		if !u.IsMethodSet() {
			return head + " " + types.TypeString(u, packageName)
		}
		for i := range u.NumMethods() {
			if m := u.Method(i); m.Exported() || t.Pkg().Path() == "main" {
				lines = append(lines, "    "+m.Name()+strings.TrimPrefix(types.TypeString(m.Type(), packageName), "func"))
			}
		}
		head += " interface"
	default:
		return head + " " + types.TypeString(u, packageName)
	}
	if len(lines) == 0 {
		return head + " {}"
	}
	return head + " {\n" + strings.Join(lines, "\n") + "\n}"
}

func methodList(t *types.TypeName, here *types.Package) string {
	if types.IsInterface(t.Type()) {
		return ""
	}
	var lines []string
	for _, m := range members(t.Type(), here) {
		if f, ok := m.(*types.Func); ok {
			lines = append(lines, funcDeclaration(f))
		}
	}
	return strings.Join(lines, "\n")
}

func (d description) bundle() display.Bundle {
	var text, md []string
	add := func(plain, marked string) {
		if strings.TrimSpace(plain) != "" {
			text, md = append(text, strings.TrimRight(plain, "\n")), append(md, strings.TrimRight(marked, "\n"))
		}
	}
	add(d.code, fence(d.code))
	var p comment.Parser
	doc := p.Parse(d.doc)
	printer := comment.Printer{HeadingLevel: 4, HeadingID: func(*comment.Heading) string { return "" }, DocLinkURL: func(*comment.DocLink) string { return "" }}
	add(string(printer.Text(doc)), string(printer.Markdown(doc)))
	add(d.note, "*"+d.note+"*")
	add(d.more, fence(d.more))
	return display.Bundle{Data: map[string]any{
		display.Text:     strings.Join(text, "\n\n") + "\n",
		display.Markdown: strings.Join(md, "\n\n") + "\n",
	}}
}

func fence(code string) string { return "```go\n" + strings.TrimRight(code, "\n") + "\n```" }
