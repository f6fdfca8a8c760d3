package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
)

// An Analysis is what is known about the text of a cell, broken or not, at a cursor.
type Analysis struct {
	Fset    *token.FileSet
	Files   []*ast.File    // the text as parsed; broken parts are Bad nodes
	Info    *types.Info    // of everything that could be checked
	Pkg     *types.Package // its scope holds the cell's own objects and the live ones it mentions
	Segment Segment        // the piece of the cell that holds the cursor
	Pos     token.Pos      // the cursor; NoPos within a magic
	Path    []ast.Node     // the nodes around the cursor, innermost first
	Scope   *types.Scope   // the innermost scope at the cursor; nil outside of Go

	src *source
}

// Offset is the place of p in the cell, or -1 for text of other cells.
func (a *Analysis) Offset(p token.Pos) int { return a.src.offset(p) }

// Analyze parses and checks a cell as far as its text allows, against the live package.
// It changes nothing.
func (p *Package) Analyze(text string, cursor int) *Analysis {
	p.mu.Lock()
	defer p.mu.Unlock()
	fset := token.NewFileSet()
	src, _ := parse(fset, "cell", text)
	v := p.view()
	a := &Analysis{Fset: fset, Files: src.files, src: src, Segment: segmentAt(text, cursor), Pos: src.at(cursor)}
	a.Pkg, a.Info = v.probe(fset, src)
	if a.Pos.IsValid() {
		a.Path = enclosing(src.files, a.Pos)
		a.Scope = a.innermost()
	}
	return a
}

// segmentAt is the segment that holds a byte offset; the one before it at a border.
func segmentAt(text string, cursor int) Segment {
	segs := Split(text)
	for _, s := range segs {
		if cursor <= s.Offset+len(s.Text) && (cursor > s.Offset || cursor == s.Offset && s.Offset == 0) {
			return s
		}
	}
	if n := len(segs); n > 0 {
		return segs[n-1]
	}
	return Segment{}
}

// at is the position of a byte offset of the cell.
func (s *source) at(offset int) token.Pos {
	best := token.NoPos
	for _, m := range s.pos {
		if m.offset <= offset && offset <= m.offset+int(m.end-m.base) {
			best = m.base + token.Pos(offset-m.offset)
		}
	}
	return best
}

// probe checks the items that the parser got, and the files that it did not finish, as one
// step, without regard to errors.
func (v *view) probe(fset *token.FileSet, src *source) (*types.Package, *types.Info) {
	items := src.items
	done := map[*ast.File]bool{}
	for _, f := range src.files {
		done[f] = src.whole[f]
	}
	for _, f := range src.files {
		if !done[f] {
			items = append(items, brokenItems(f)...)
		}
	}
	for _, it := range items {
		if it.kind == Import {
			if spec, ok := it.decl.(*ast.GenDecl).Specs[0].(*ast.ImportSpec); ok {
				_ = v.addImport(spec)
			}
		}
	}
	c := &checked{step: &step{items: items, assign: map[*ast.Ident]string{}, hidden: map[*ast.Ident]string{}}, src: src, specs: map[*item]*ast.ValueSpec{}}
	again, _ := v.affected(src, c.step)
	saved := v.fset
	v.Package.fset = fset
	defer func() { v.Package.fset = saved }()
	v.types(c, again)
	return c.pkg, c.info
}

// brokenItems are the items of a file with syntax errors.
func brokenItems(f *ast.File) []*item {
	s := &source{}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == bodyName && fn.Recv == nil && fn.Body != nil {
			s.addStmts(fn.Body.List)
			continue
		}
		if _, bad := d.(*ast.BadDecl); !bad {
			s.addDecls(&ast.File{Decls: []ast.Decl{d}})
		}
	}
	return s.items
}

// enclosing lists the nodes around a position, innermost first. A node that ends at the
// position counts: the cursor stands behind what is being typed.
func enclosing(files []*ast.File, pos token.Pos) []ast.Node {
	var path []ast.Node
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil || pos < n.Pos() || n.End() < pos {
				return false
			}
			path = append(path, n)
			return true
		})
	}
	sort.SliceStable(path, func(i, j int) bool {
		return path[i].End()-path[i].Pos() < path[j].End()-path[j].Pos()
	})
	return path
}

// innermost is the smallest scope of the cell around the cursor.
func (a *Analysis) innermost() *types.Scope {
	for _, n := range a.Path {
		if f, ok := n.(*ast.FuncDecl); ok {
			if s := a.Info.Scopes[f.Type]; s != nil {
				return s
			}
		}
		if f, ok := n.(*ast.FuncLit); ok {
			if s := a.Info.Scopes[f.Type]; s != nil {
				return s
			}
		}
		if s := a.Info.Scopes[n]; s != nil {
			return s
		}
	}
	return a.Pkg.Scope()
}
