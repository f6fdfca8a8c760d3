package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A Flow is a cell's part in the flow of values through the notebook, as its text tells:
// what it takes from other cells, what it changes, and what in it is left to chance.
type Flow struct {
	// Reads are the notebook's names whose value the cell uses, directly or through the
	// functions that it calls; those that it defines before are not among them.
	Reads []string
	// Writes are the names that it defines or whose value it may change.
	Writes []string
	// Packages are the import paths that its own text uses.
	Packages []string
	Hazards  []Hazard
}

// A Hazard is a place in the text where chance decides.
type Hazard struct {
	Kind  HazardKind
	Name  string // what is left to chance: a variable, a call
	Place Place
}

// A HazardKind says why.
type HazardKind string

// Kinds of hazards.
const (
	MapOrder HazardKind = "map order"
	Choice   HazardKind = "select"
	Race     HazardKind = "goroutines"
	Network  HazardKind = "network"
	Process  HazardKind = "process"
	Unseeded HazardKind = "entropy"
)

// A flower collects the Flow of one cell, step by step.
type flower struct {
	v        *view
	defined  map[string]bool // by earlier lines of the cell
	reads    map[string]bool
	writes   map[string]bool
	packages map[string]bool
	seen     map[*decl]bool // functions that were walked
	hazards  []Hazard
	known    map[Hazard]bool
}

func newFlower(v *view) *flower {
	return &flower{v: v, defined: map[string]bool{}, reads: map[string]bool{}, writes: map[string]bool{},
		packages: map[string]bool{}, seen: map[*decl]bool{}, known: map[Hazard]bool{}}
}

func (f *flower) flow() Flow {
	return Flow{sortedKeys(f.reads), sortedKeys(f.writes), sortedKeys(f.packages), f.hazards}
}

// step adds one checked step. Bodies of functions count where they are called.
func (f *flower) step(c *checked) {
	for _, it := range c.step.items {
		w := &walk{flower: f, info: c.info, src: c.src, own: true}
		switch it.kind {
		case Decl:
			f.decl(c, it, w)
		case Var:
			for _, v := range it.spec.Values {
				w.node(v)
			}
			if it.spec.Type != nil {
				w.node(it.spec.Type)
			}
			for i, id := range it.defines {
				f.define(id.Name)
				if spec := c.specs[it]; len(spec.Names) == len(spec.Values) && i < len(spec.Names) {
					w.keepsSource(spec.Names[i], spec.Values[i])
				}
			}
		case Stmt:
			w.top(it.stmt)
		}
		f.imports(c.info, it)
	}
}

func (f *flower) decl(c *checked, it *item, w *walk) {
	if fn, ok := it.decl.(*ast.FuncDecl); ok {
		f.define(declKey(fn))
		return
	}
	w.node(it.decl)
	for _, id := range it.defines {
		f.define(id.Name)
	}
}

func (f *flower) define(name string) {
	if name != "_" {
		f.defined[name], f.writes[name] = true, true
	}
}

// imports notes the packages that the cell's own text names, in bodies too.
func (f *flower) imports(info *types.Info, it *item) {
	ast.Inspect(it.node(), func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if p, ok := info.Uses[id].(*types.PkgName); ok {
				f.packages[p.Imported().Path()] = true
			}
		}
		return true
	})
}

// plainKey is the name that a person knows: definitions that mean their earlier self have hidden ones.
func plainKey(key string) string {
	name, _, _ := strings.Cut(key, "۰")
	return name
}

// read notes that the value of a live name is used, and what its function does.
func (f *flower) read(key string) {
	name := plainKey(key)
	if name == "" || name == "_" {
		return
	}
	if !f.defined[name] {
		f.reads[name] = true
	}
	d := f.v.lookup(key)
	if d == nil || f.seen[d] {
		return
	}
	if fn, ok := d.node.(*ast.FuncDecl); ok && fn.Body != nil && d.info != nil {
		f.seen[d] = true
		(&walk{flower: f, info: d.info, src: d.src}).node(fn.Body)
	}
}

func (f *flower) write(key string) {
	if name := plainKey(key); name != "" && name != "_" {
		f.writes[name] = true
	}
}

// A walk goes through one text: the cell's own or that of a function of a cell.
type walk struct {
	*flower
	info *types.Info
	src  *source
	own  bool // the cell's own text rather than a function's
	// loops that enclose the node at hand, outermost first
	loops []ast.Node
}

// top walks a statement of the cell itself. A variable that it sets anew is not read.
func (w *walk) top(s ast.Stmt) {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN {
		w.node(s)
		return
	}
	for _, r := range a.Rhs {
		w.node(r)
	}
	for i, l := range a.Lhs {
		w.target(l)
		id, plain := l.(*ast.Ident)
		if !plain || w.key(id) == "" {
			w.node(l)
			continue
		}
		w.define(plainKey(w.key(id)))
		if len(a.Lhs) == len(a.Rhs) {
			w.keepsSource(id, a.Rhs[i])
		}
	}
}

// node walks everything below n.
func (w *walk) node(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if key := w.key(n); key != "" {
				w.read(key)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				w.target(l)
				if id, ok := l.(*ast.Ident); ok && len(n.Lhs) == len(n.Rhs) {
					w.keepsSource(id, n.Rhs[i])
				}
			}
		case *ast.IncDecStmt:
			w.target(n.X)
		case *ast.SendStmt:
			w.target(n.Chan)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				w.target(n.X)
			}
		case *ast.CallExpr:
			w.call(n)
		case *ast.SelectStmt:
			w.choice(n)
		case *ast.GoStmt:
			w.goes(n.Call)
		case *ast.ForStmt:
			return w.loop(n, n.Init, n.Cond, n.Post, n.Body)
		case *ast.RangeStmt:
			w.ranges(n)
			return w.loop(n, n.Key, n.Value, n.X, n.Body)
		}
		return true
	})
}

// loop walks the parts of a loop with the loop on the stack.
func (w *walk) loop(loop ast.Node, parts ...ast.Node) bool {
	w.loops = append(w.loops, loop)
	for _, p := range parts {
		if p != nil {
			w.node(p)
		}
	}
	w.loops = w.loops[:len(w.loops)-1]
	return false
}

// key is the key of the notebook's object that an identifier names, or "".
func (w *walk) key(id *ast.Ident) string {
	obj := w.info.Uses[id]
	if obj == nil {
		return ""
	}
	return objKey(obj)
}

// target notes that what an expression stands for may be changed: the variable at its root.
func (w *walk) target(e ast.Expr) {
	if id := Root(e); id != nil {
		if key := w.key(id); key != "" {
			w.write(key)
		}
	}
}

// Root is the variable that an expression is a part of: x of x[i].f, *x and (x); nil if it is none.
func Root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		default:
			return nil
		}
	}
}
