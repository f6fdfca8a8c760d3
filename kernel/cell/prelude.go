package cell

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// A prelude holds Go source of our own for generic functions and types of the
// standard library, which the interpreter's tables can not hold. It is written out
// for each set of type arguments, like generic code of cells.
type prelude struct {
	packages Packages
	fset     *token.FileSet
	loaded   map[string]*preludePackage
}

// A preludePackage is one checked package of the prelude.
type preludePackage struct {
	pkg   *types.Package
	decls map[string]*decl // "Sort", "Pointer.Load"
}

//go:embed prelude/*/*.go
var preludeFiles embed.FS

// preludes maps the paths of standard packages to the files that hold their generic part.
var preludes = map[string]string{
	"crypto/hkdf":   "prelude/hkdf/hkdf.go",
	"crypto/pbkdf2": "prelude/pbkdf2/pbkdf2.go",
	"cmp":           "prelude/cmp/cmp.go",
	"errors":        "prelude/errors/errors.go",
	"iter":          "prelude/iter/iter.go",
	"maps":          "prelude/maps/maps.go",
	"math/rand/v2":  "prelude/rand/rand.go",
	"slices":        "prelude/slices/slices.go",
	"sync":          "prelude/sync/sync.go",
	"sync/atomic":   "prelude/atomic/atomic.go",
}

// preludePath marks the package paths of the prelude's own objects.
const preludePath = "prelude/"

func newPrelude(p Packages) *prelude {
	return &prelude{packages: p, fset: token.NewFileSet(), loaded: map[string]*preludePackage{}}
}

// load checks the prelude of a standard package when it is first needed. Nil: there is none.
func (p *prelude) load(path string) *preludePackage {
	path = strings.TrimPrefix(path, preludePath)
	if pp, ok := p.loaded[path]; ok {
		return pp
	}
	p.loaded[path] = nil
	file := preludes[path]
	if file == "" {
		return nil
	}
	text, err := preludeFiles.ReadFile(file)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	f, err := parser.ParseFile(p.fset, file, text, parser.SkipObjectResolution)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	info := newInfo()
	conf := types.Config{Importer: p.packages, GoVersion: goVersion}
	pkg, err := conf.Check(preludePath+path, p.fset, []*ast.File{f}, info)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	pp := &preludePackage{pkg: pkg, decls: map[string]*decl{}}
	src := &source{name: path}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			key := declKey(fn)
			pp.decls[key] = &decl{key: key, obj: info.Defs[fn.Name], node: fn, info: info, src: src,
				rt: strings.ReplaceAll(pkg.Name()+"۰"+key, ".", "۰")}
		}
	}
	p.loaded[path] = pp
	return pp
}

// function is the source of a generic function, or nil.
func (p *prelude) function(f *types.Func) *decl {
	if pp := p.load(f.Pkg().Path()); pp != nil {
		return pp.decls[f.Name()]
	}
	return nil
}

// typeFor is our own type for an instance of a generic standard type, or nil.
func (p *prelude) typeFor(t *types.Named) *types.Named {
	obj := t.Obj()
	if obj.Pkg() == nil || t.TypeArgs().Len() == 0 {
		return nil
	}
	if strings.HasPrefix(obj.Pkg().Path(), preludePath) {
		return t
	}
	pp := p.load(obj.Pkg().Path())
	if pp == nil {
		return nil
	}
	own, ok := pp.pkg.Scope().Lookup(obj.Name()).(*types.TypeName)
	if !ok {
		return nil
	}
	inst, err := types.Instantiate(nil, own.Type(), typeArgs(t.TypeArgs()), false)
	if err != nil {
		return nil
	}
	return inst.(*types.Named)
}

// methodFor is our own method of an instance of a generic standard type, or nil.
func (p *prelude) methodFor(t *types.Named, name string) *decl {
	if t.Obj().Pkg() == nil || t.TypeArgs().Len() == 0 {
		return nil
	}
	if pp := p.load(t.Obj().Pkg().Path()); pp != nil {
		return pp.decls[t.Obj().Name()+"."+name]
	}
	return nil
}
