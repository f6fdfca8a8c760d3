package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"

	"golang.org/x/tools/go/gcexportdata"
)

// typesData is the package's exported types in the stable format of x/tools, which
// reads back without any other file. The empty FileSet keeps source positions,
// and with them the paths of this machine, out.
func typesData(p *pkg) ([]byte, error) {
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, token.NewFileSet(), p.types); err != nil {
		return nil, err
	}
	return compress(b.Bytes())
}

// docsData is a JSON object from symbol ("Dense", "Dense.At", "Config.Rate"; "" is the package) to
// its doc comment.
func docsData(p *pkg) ([]byte, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	sort.Strings(p.files)
	for _, name := range p.files {
		f, err := parser.ParseFile(fset, filepath.Join(p.dir, name), nil, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("source for docs: %w", err)
		}
		files = append(files, f)
	}
	mode := doc.Mode(0)
	if p.path == "builtin" {
		mode = doc.AllDecls
	}
	d, err := doc.NewFromFiles(fset, files, p.path, mode)
	if err != nil {
		return nil, fmt.Errorf("docs: %w", err)
	}
	docs := docs{}
	docs.pkg(d)
	text, err := json.Marshal(docs) // sorts the keys
	if err != nil {
		return nil, err
	}
	return compress(text)
}

// compress writes no time and no name into the header: the same bytes for the same content.
func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

type docs map[string]string

func (m docs) add(symbol, text string) {
	if text != "" {
		m[symbol] = text
	}
}

func (m docs) pkg(d *doc.Package) {
	m.add("", d.Doc)
	m.values(d.Consts)
	m.values(d.Vars)
	m.funcs("", d.Funcs)
	for _, t := range d.Types {
		m.add(t.Name, t.Doc)
		m.values(t.Consts)
		m.values(t.Vars)
		m.funcs("", t.Funcs)
		m.funcs(t.Name+".", t.Methods)
		for _, s := range t.Decl.Specs {
			m.members(t.Name+".", s.(*ast.TypeSpec).Type)
		}
	}
}

func (m docs) funcs(prefix string, funcs []*doc.Func) {
	for _, f := range funcs {
		m.add(prefix+f.Name, f.Doc)
	}
}

// values gives each name of a group its own comment, and the group's where it has none.
func (m docs) values(groups []*doc.Value) {
	for _, g := range groups {
		for _, s := range g.Decl.Specs {
			spec := s.(*ast.ValueSpec)
			text := spec.Doc.Text() + spec.Comment.Text()
			if text == "" {
				text = g.Doc
			}
			for _, name := range spec.Names {
				if name.IsExported() {
					m.add(name.Name, text)
				}
			}
		}
	}
}

// members documents struct fields and interface methods.
func (m docs) members(prefix string, t ast.Expr) {
	var list *ast.FieldList
	switch t := t.(type) {
	case *ast.StructType:
		list = t.Fields
	case *ast.InterfaceType:
		list = t.Methods
	default:
		return
	}
	for _, f := range list.List {
		for _, name := range f.Names {
			if name.IsExported() {
				m.add(prefix+name.Name, f.Doc.Text()+f.Comment.Text())
			}
		}
	}
}
