// Package modules lets cells import Go modules that were not compiled in. The go command
// fetches them, by the rules that hold on the machine: module cache, GOPROXY, GOPRIVATE, and the
// checksum database. Their source is parsed and checked here, and run by the interpreter as the
// text of cells is.
package modules

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"sync"

	"reprise/kernel/cell"
)

// Modules are the packages that are compiled in and those of the modules that a notebook got. The
// compiled ones win: their types are those of the program. It may be used from several goroutines.
type Modules struct {
	compiled cell.Packages

	mu     sync.Mutex
	dir    string // of the go.mod that holds what was got; "" before
	got    []Module
	fset   *token.FileSet
	loaded map[string]*loaded // by import path
	text   map[*types.Package]*loaded
}

// A Module is one that was got, at a version.
type Module struct{ Path, Version string }

// Got is what Get fetched.
type Got struct {
	Module
	Packages []string // that can be imported
	Name     string   // of the package that was asked for, if it was one
}

// loaded is a package that was read, or why it can not be.
type loaded struct {
	pkg  *types.Package
	text *cell.Source
	docs map[string]string // when asked for
	err  error
}

var (
	_ cell.Packages = (*Modules)(nil)
	_ cell.Sources  = (*Modules)(nil)
)

// New returns the compiled packages, with no modules yet.
func New(compiled cell.Packages) *Modules {
	m := &Modules{compiled: compiled}
	m.forget()
	return m
}

func (m *Modules) forget() {
	m.fset = token.NewFileSet()
	m.loaded, m.text = map[string]*loaded{}, map[*types.Package]*loaded{}
}

// Close removes what was written to disk: the go.mod. The module cache stays.
func (m *Modules) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir := m.dir
	m.dir, m.got = "", nil
	m.forget()
	if dir == "" {
		return nil
	}
	return os.RemoveAll(dir)
}

// Get fetches a module, or the module of a package, at a version: path@version, or path alone for the
// latest. Packages whose version it changes are read again when they are next imported.
func (m *Modules) Get(ctx context.Context, query string) (Got, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.begin(); err != nil {
		return Got{}, err
	}
	if _, err := m.run(ctx, "get", query); err != nil {
		return Got{}, err
	}
	path, _, _ := strings.Cut(query, "@")
	mod, packages, err := m.packagesOf(ctx, path)
	if err != nil {
		return Got{}, err
	}
	known := slices.Contains(m.got, mod)
	if !known {
		m.forget()
	}
	got := Got{Module: mod, Packages: packages}
	if slices.Contains(packages, path) { // it was meant: say now what is wrong with it
		l := m.load(ctx, path)
		if l.err != nil {
			return Got{}, l.err
		}
		got.Name = l.pkg.Name()
	}
	if !known {
		m.got = slices.DeleteFunc(m.got, func(old Module) bool { return old.Path == mod.Path })
		m.got = append(m.got, mod)
	}
	return got, nil
}

// All lists the modules that were got.
func (m *Modules) All() []Module {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.got)
}

// Import returns the types of a package.
func (m *Modules) Import(path string) (*types.Package, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.importLocked(path)
}

func (m *Modules) importLocked(path string) (*types.Package, error) {
	pkg, err := m.compiled.Import(path)
	if err == nil {
		return pkg, nil
	}
	if l := m.loaded[path]; l != nil {
		return l.pkg, l.err
	}
	switch first, _, _ := strings.Cut(path, "/"); {
	case !strings.Contains(first, "."):
		return nil, err // of the standard library, or nonsense
	case m.dir == "":
		return nil, fmt.Errorf("package %q is not here", path)
	}
	l := m.load(context.Background(), path)
	return l.pkg, l.err
}

// Source is what a package that was read consists of.
func (m *Modules) Source(p *types.Package) *cell.Source {
	m.mu.Lock()
	defer m.mu.Unlock()
	if l := m.text[p]; l != nil {
		return l.text
	}
	return nil
}

// Paths lists the packages that can be imported without another %get, as far as they were
// read; sorted.
func (m *Modules) Paths() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	paths := slices.Clone(m.compiled.Paths())
	for path, l := range m.loaded {
		if l.err == nil {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// Doc is the comment of a symbol of a package, or of the package itself.
func (m *Modules) Doc(path, symbol string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	path = strings.TrimPrefix(path, cell.SourcePrefix)
	l := m.loaded[path]
	if l == nil || l.err != nil {
		return m.compiled.Doc(path, symbol)
	}
	if l.docs == nil {
		l.docs = docs(m.fset, l.text.Files, path)
	}
	return l.docs[symbol]
}

// errNoGo says that modules can not be fetched.
var errNoGo = errors.New("fetching modules needs the go command, and there is none on the PATH; install Go from https://go.dev/dl/")

func files(list []*ast.File) []*ast.File { return slices.Clone(list) }
