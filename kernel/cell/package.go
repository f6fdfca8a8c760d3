package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
	"sync"
)

// Packages is what cells may import.
type Packages interface {
	types.Importer
	Paths() []string
	Doc(path, symbol string) string
}

// A Source is a package that comes as text: cells run it as they run themselves.
type Source struct {
	Files []*ast.File
	Info  *types.Info
}

// Sources is what Packages may be too: some of its packages come as text. Those have
// SourcePrefix before their path.
type Sources interface {
	Source(*types.Package) *Source
}

// SourcePrefix marks the paths of types.Packages that come as text.
const SourcePrefix = "source/"

// path is the import path of the notebook's package. go/types compares packages
// by path, so objects of earlier checks stay compatible with later ones.
const path = "main"

// A Package is one notebook: the declarations that are live. Every cell is
// checked against them and may replace them. A Package never runs anything; the
// caller runs the Program that Prepare makes and then calls Commit.
//
// Its methods may be called from any goroutine.
type Package struct {
	mu       sync.Mutex
	fset     *token.FileSet
	packages Packages
	prelude  *prelude
	auto     map[string]string // package name -> path, for names that nobody declared
	imports  map[string]string // explicit imports, by name
	dots     []string          // dot imports
	live     map[string]*decl  // by key
	names    map[types.Object]string
	serial   int
	cells    []cellText

	ids       map[string]int // run-time types by canonical text
	typesByID []types.Type
	emitted   map[string]string // what the interpreter holds already
	meths     map[string]*decl  // by run-time name of the type and method
	sources   map[*types.Package]*sourcePackage

	sourceless map[any]bool // variables that hold a distribution without a source
}

// A decl is one live declaration.
type decl struct {
	key     string // "x", "f", "T", "T.M"
	obj     types.Object
	src     *source
	node    ast.Decl // a FuncDecl, or a GenDecl of one type; nil for variables and constants
	rt      string   // name at run time
	imports map[string]string
	info    *types.Info
	uses    map[string]bool // keys of live declarations that it mentions
	doc     string
	from    token.Pos // the text of the declaration
	to      token.Pos
}

// NewPackage returns an empty notebook.
func NewPackage(packages Packages) *Package {
	p := &Package{packages: packages}
	p.Reset()
	return p
}

// Reset forgets everything.
func (p *Package) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fset = token.NewFileSet()
	p.auto = autoImports(p.packages.Paths())
	p.imports = map[string]string{}
	p.dots = nil
	p.live = map[string]*decl{}
	p.names = map[types.Object]string{}
	p.cells = nil

	p.ids = map[string]int{}
	p.typesByID = nil
	p.emitted = map[string]string{}
	p.meths = map[string]*decl{}
	p.sources = map[*types.Package]*sourcePackage{}
	p.sourceless = map[any]bool{}
	p.prelude = newPrelude(p.packages)
}

// Offer makes the name of a package known that became importable meanwhile. A name that has a
// meaning keeps it.
func (p *Package) Offer(name, path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.auto[name] == "" {
		p.auto[name] = path
	}
}

// Names lists the live variables, constants, functions and types.
func (p *Package) Names() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var names []string
	for key := range p.live {
		if !strings.Contains(key, ".") {
			names = append(names, key)
		}
	}
	sort.Strings(names)
	return names
}

// Lookup returns the live object of a name, or nil.
func (p *Package) Lookup(name string) types.Object {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := p.live[name]; d != nil {
		return d.obj
	}
	return nil
}

// Doc is the comment above a live declaration: "f", "T" or "T.M".
func (p *Package) Doc(key string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := p.live[key]; d != nil {
		return d.doc
	}
	return ""
}

// Source tells the cell in which a live declaration stands, and its text.
func (p *Package) Source(key string) (cell, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := p.live[key]
	if d == nil || d.src == nil {
		return "", ""
	}
	return d.src.name, d.text()
}

// PackageFor returns the path of the package that a name stands for: what was
// imported under it, else what would be imported automatically.
func (p *Package) PackageFor(name string) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if path, ok := p.imports[name]; ok {
		return path, true
	}
	path, ok := p.auto[name]
	return path, ok
}

// TypeByID returns a type that a lowered program names by number.
func (p *Package) TypeByID(id int) types.Type {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id < 0 || id >= len(p.typesByID) {
		return nil
	}
	return p.typesByID[id]
}

// A Place is a position that a running program left in its marker.
type Place struct {
	Cell      string
	Line, Col int
	Text      string
}

// marker packs cell, line and column into one integer that costs little to store.
func marker(cell, line, col int) int { return cell<<32 | line<<12 | min(col, 4095) }

// PlaceOf unpacks a marker.
func (p *Package) PlaceOf(mark int) (Place, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := mark>>32 - 1
	if n < 0 || n >= len(p.cells) {
		return Place{}, false
	}
	c, line := p.cells[n], mark>>12&(1<<20-1)
	return Place{c.name, line, mark & 4095, lineOf(c.text, line)}, true
}

// A view is the package as one cell sees it while it is checked: changes
// that nobody else sees until they are committed.
type view struct {
	*Package
	added    map[string]*decl
	dropped  map[string]bool
	warnings []string
	emit     map[string]string
	meth     map[string]*decl
	imps     map[string]string
	dots     []string
	written  []string // names that the cell defines, for hints
}

func (p *Package) view() *view {
	v := &view{Package: p, added: map[string]*decl{}, dropped: map[string]bool{}, imps: map[string]string{}, emit: map[string]string{}, meth: map[string]*decl{}}
	for n, path := range p.imports {
		v.imps[n] = path
	}
	v.dots = append(v.dots, p.dots...)
	return v
}

func (v *view) lookup(key string) *decl {
	if d := v.added[key]; d != nil {
		return d
	}
	if v.dropped[key] {
		return nil
	}
	return v.live[key]
}

func (v *view) add(d *decl)     { v.added[d.key] = d; delete(v.dropped, d.key) }
func (v *view) drop(key string) { delete(v.added, key); v.dropped[key] = true }

// keys lists all live declarations in a fixed order.
func (v *view) keys() []string {
	var keys []string
	for k := range v.live {
		if !v.dropped[k] && v.added[k] == nil {
			keys = append(keys, k)
		}
	}
	for k := range v.added {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// methods lists the live methods of a type, by key.
func (v *view) methods(typ string) []*decl {
	var ds []*decl
	for _, k := range v.keys() {
		if strings.HasPrefix(k, typ+".") {
			ds = append(ds, v.lookup(k))
		}
	}
	return ds
}
