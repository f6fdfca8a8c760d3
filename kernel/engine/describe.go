package engine

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
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
	if t, ok := s.obj.(*types.TypeName); ok {
		d.code = typeDeclaration(t, func(member types.Object) string {
			return e.docOf(a, subject{obj: member, owner: named(t.Type())})
		})
	}
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
	if v, ok := s.obj.(*types.Var); ok && v.IsField() && s.owner != nil {
		_, source := e.pkg.Source(s.owner.Obj().Name())
		return fieldDoc(source, v.Name())
	}
	return e.pkg.Doc(s.key())
}

// fieldDoc is the comment of a field in the source of its type.
func fieldDoc(source, name string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "" // not the source of a type after all
	}
	text := ""
	ast.Inspect(f, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && text == "" {
			for _, id := range field.Names {
				if id.Name == name {
					text = field.Doc.Text() + field.Comment.Text()
				}
			}
		}
		return true
	})
	return text
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
