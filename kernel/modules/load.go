package modules

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"reprise/kernel/cell"
)

// tags ask for the parts of packages that are written in plain Go.
var tags = []string{"purego", "noasm", "nosimd", "appengine", "safe", "generic"}

// noMachine is an architecture for which nobody wrote assembly. Packages have code in Go for those.
const noMachine = "portable"

// load reads a package of a module, once.
func (m *Modules) load(ctx context.Context, path string) *loaded {
	if l := m.loaded[path]; l != nil {
		return l
	}
	l := &loaded{err: fmt.Errorf("import cycle at %s", path)}
	m.loaded[path] = l
	m.read(ctx, path, l)
	if errors.Is(l.err, context.Canceled) || errors.Is(l.err, context.DeadlineExceeded) {
		delete(m.loaded, path)
	}
	return l
}

func (m *Modules) read(ctx context.Context, path string, l *loaded) {
	found, err := m.list(ctx, path)
	switch {
	case err != nil:
		l.err = err
		return
	case len(found) == 0 || found[0].Dir == "":
		l.err = fmt.Errorf("package %s is not in the modules that were got", path)
		if len(found) > 0 && found[0].Error != nil {
			l.err = errors.New(found[0].Error.Err)
		}
		return
	case found[0].Standard:
		l.err = fmt.Errorf("package %s of the standard library can not be used in cells", path)
		return
	}
	names, err := plainFiles(found[0].Dir, path)
	if err != nil {
		l.err = err
		return
	}
	goVersion := ""
	if mod := found[0].Module; mod != nil && mod.GoVersion != "" {
		goVersion = "go" + mod.GoVersion
	}
	l.text, l.pkg, l.err = m.check(path, found[0].Dir, names, goVersion)
	if l.err == nil {
		m.text[l.pkg] = l
	}
}

// plainFiles are the files of a package that an interpreter can run.
func plainFiles(dir, path string) ([]string, error) {
	c := build.Default
	c.CgoEnabled, c.BuildTags = false, tags
	p, err := c.ImportDir(dir, 0)
	if err == nil && len(p.SFiles) > 0 {
		c.GOARCH = noMachine
		p, err = c.ImportDir(dir, 0)
	}
	var none *build.NoGoError
	switch {
	case errors.As(err, &none) && needsC(dir):
		return nil, fmt.Errorf("package %s needs cgo: C can not be interpreted", path)
	case errors.As(err, &none):
		return nil, fmt.Errorf("package %s has no Go files for %s/%s", path, c.GOOS, build.Default.GOARCH)
	case err != nil:
		return nil, err
	case p.Name == "main":
		return nil, fmt.Errorf("package %s is a program, which can not be imported", path)
	}
	return p.GoFiles, nil
}

func needsC(dir string) bool {
	c := build.Default
	c.CgoEnabled = true
	p, err := c.ImportDir(dir, 0)
	return err == nil && len(p.CgoFiles) > 0
}

// check parses and checks files. Functions without a body stay: the error comes when one is used.
func (m *Modules) check(path, dir string, names []string, goVersion string) (*cell.Source, *types.Package, error) {
	text := &cell.Source{Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
	}}
	for _, name := range names {
		f, err := parser.ParseFile(m.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return nil, nil, err
		}
		text.Files = append(text.Files, f)
	}
	var errs []error
	conf := types.Config{GoVersion: goVersion, Importer: importer{m}, Error: func(err error) {
		if !strings.Contains(err.Error(), "missing function body") {
			errs = append(errs, err)
		}
	}}
	pkg := types.NewPackage(cell.SourcePrefix+path, "")
	_ = types.NewChecker(&conf, m.fset, pkg, text.Info).Files(text.Files)
	if len(errs) > 0 {
		return nil, nil, fmt.Errorf("package %s can not be used in cells: %w", path, m.plain(errs[0], dir))
	}
	return text, pkg, nil
}

// plain takes the machine's folders out of an error's place.
func (m *Modules) plain(err error, dir string) error {
	var e types.Error
	if !errors.As(err, &e) {
		return err
	}
	at := e.Fset.Position(e.Pos)
	return fmt.Errorf("%s:%d: %s", filepath.Base(at.Filename), at.Line, strings.ReplaceAll(e.Msg, cell.SourcePrefix, ""))
}

// An importer imports for a package that is being read.
type importer struct{ m *Modules }

// Import returns the types of a package.
func (i importer) Import(path string) (*types.Package, error) { return i.m.importLocked(path) }

// docs collects the comments of a package, by symbol.
func docs(fset *token.FileSet, list []*ast.File, path string) map[string]string {
	all := map[string]string{}
	p, err := doc.NewFromFiles(fset, files(list), path, doc.AllDecls|doc.PreserveAST)
	if err != nil {
		return all
	}
	all[""] = p.Doc
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			for _, name := range v.Names {
				all[name] = v.Doc
			}
		}
	}
	values(p.Consts)
	values(p.Vars)
	for _, f := range p.Funcs {
		all[f.Name] = f.Doc
	}
	for _, t := range p.Types {
		all[t.Name] = t.Doc
		values(t.Consts)
		values(t.Vars)
		for _, f := range t.Funcs {
			all[f.Name] = f.Doc
		}
		for _, f := range t.Methods {
			all[t.Name+"."+f.Name] = f.Doc
		}
	}
	return all
}
