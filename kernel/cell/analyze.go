package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
)

// An Analysis is what is known about the text of a cell around a cursor. The
// text may be broken, as it is while somebody types.
type Analysis struct {
	Fset    *token.FileSet
	Files   []*ast.File    // the cell's text as parsed; broken parts are ast.Bad nodes
	Info    *types.Info    // nil inside a magic
	Pkg     *types.Package // its scope holds the cell's own objects and the live ones
	Segment Segment        // the piece of the cell that holds the cursor
	Pos     token.Pos      // the cursor; NoPos inside a magic
	Path    []ast.Node     // the nodes that enclose the cursor, innermost first
	Scope   *types.Scope   // innermost at the cursor

	src *source
}

// Offset is the place of a position in the cell, or -1 for text that is not of this cell.
func (a *Analysis) Offset(p token.Pos) int { return a.src.offset(p) }

// Analyze looks at the text of a cell as far as it makes sense. It runs nothing and changes nothing.
func (p *Package) Analyze(src string, cursor int) *Analysis {
	p.mu.Lock()
	defer p.mu.Unlock()
	cursor = min(max(cursor, 0), len(src))
	z := &analyzer{
		Analysis: &Analysis{Fset: token.NewFileSet(), src: &source{text: src}},
		view:     p.view(), cursor: cursor, defined: map[string]int{},
	}
	z.parse()
	switch z.Segment.Kind {
	case Magic, CellMagic, Shell:
		return z.Analysis
	}
	z.check()
	z.locate()
	return z.Analysis
}

// An analyzer makes one Analysis.
type analyzer struct {
	*Analysis
	view    *view
	cursor  int
	defined map[string]int // how often the cell defines a variable
	nodes   []ast.Node     // of the cursor's segment
	body    *ast.FuncDecl  // holds the statements of the cell
	blocks  []*ast.BlockStmt
}

// parse reads every segment by itself: what is broken in one does not harm the others.
func (z *analyzer) parse() {
	for _, seg := range Split(z.src.text) {
		here := seg.Offset <= z.cursor && z.cursor <= seg.Offset+len(seg.Text)
		if here {
			z.Segment = seg
		}
		if group(seg.Kind) == Magic || seg.Kind == Blank {
			continue
		}
		from := len(z.src.items)
		z.parseSegment(seg, here)
		if here {
			z.nodes = nil
			for _, it := range z.src.items[from:] {
				z.nodes = append(z.nodes, it.node())
			}
		}
	}
	for _, it := range z.src.items {
		if it.kind == Var {
			for _, id := range it.defines {
				z.defined[id.Name]++
			}
		}
	}
}

// node is the item's text in the tree.
func (it *item) node() ast.Node {
	switch {
	case it.decl != nil:
		return it.decl
	case it.define != nil:
		return it.define
	case it.spec != nil:
		return it.spec
	}
	return it.stmt
}

func (z *analyzer) parseSegment(seg Segment, here bool) {
	head, tail := "package main\n", "" // a comment behind it on one line would be nobody's
	if group(seg.Kind) == Stmt {
		head, tail = "package main;func _(){", "\n}"
	}
	if n := listed(seg); n > 0 {
		head = listHead(n)
	}
	texts := []string{seg.Text}
	if here {
		texts = repairs(seg.Text, z.cursor-seg.Offset)
	}
	var f *ast.File
	for _, text := range texts {
		var err error
		f, err = parser.ParseFile(z.Fset, "", head+text+tail, parser.SkipObjectResolution|parser.ParseComments|parser.AllErrors)
		if err == nil {
			break
		}
	}
	base := z.Fset.File(f.FileStart).Pos(len(head))
	z.src.pos = append(z.src.pos, posMap{base: base, end: base + token.Pos(len(seg.Text)), offset: seg.Offset})
	z.Files = append(z.Files, f)
	if here {
		z.Pos = base + token.Pos(z.cursor-seg.Offset)
	}
	if tail == "" {
		f.Decls = slices.DeleteFunc(f.Decls, func(d ast.Decl) bool { _, bad := d.(*ast.BadDecl); return bad })
		z.src.addDecls(f)
		return
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			z.src.addStmts(fn.Body.List)
		}
	}
}

// check runs go/types over everything and takes no notice of errors.
func (z *analyzer) check() {
	synth := &ast.File{Name: ast.NewIdent("main")}
	decls := z.arrange()
	defined := map[string]bool{}
	var nodes []ast.Node
	for _, d := range decls {
		nodes = append(nodes, d)
	}
	for _, it := range z.src.items {
		if it.kind == Import {
			_ = z.view.addImport(it.decl.(*ast.GenDecl).Specs[0].(*ast.ImportSpec)) // an unknown one is not known here either
		}
		for _, id := range it.defines {
			if f, ok := it.decl.(*ast.FuncDecl); !ok || f.Recv == nil {
				defined[id.Name] = true
			}
		}
	}
	z.Pkg = types.NewPackage(path, "main")
	for _, key := range z.view.keys() {
		if d := z.view.lookup(key); !defined[key] && d.obj != nil && d.obj.Name() == key {
			z.Pkg.Scope().Insert(d.obj)
		}
	}
	for _, it := range z.src.items {
		if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv != nil && !receives(defined, f) {
			flatten(f)
		}
	}
	importDecl(synth, token.NoPos, z.view.importsFor(defined, nodes...), z.view.dots)
	synth.Decls = append(synth.Decls, decls...)
	z.Info = newInfo()
	conf := types.Config{Importer: z.view.packages, GoVersion: goVersion, Error: func(error) {}}
	// Trees of half-typed text have made go/types panic. What is known by then is of use still,
	// and a notebook must not end because somebody types.
	defer func() { _ = recover() }()
	_ = types.NewChecker(&conf, z.Fset, z.Pkg, z.Info).Files([]*ast.File{synth})
}

// receives says whether the text defines the type of a method.
func receives(defined map[string]bool, f *ast.FuncDecl) bool {
	base := recvName(f)
	return base != nil && defined[base.Name]
}

// flatten makes a function of a method whose type is live already: go/types wants both in one package.
func flatten(f *ast.FuncDecl) {
	f.Type.Params.List = append(append([]*ast.Field(nil), f.Recv.List...), f.Type.Params.List...)
	f.Name = &ast.Ident{Name: bodyName, NamePos: f.Name.NamePos}
	f.Recv = nil
}

// arrange makes declarations of the items: variables that the cell defines once are the package's, so that functions
// see them; those it defines again are local, and what follows stands in an inner block.
func (z *analyzer) arrange() []ast.Decl {
	var decls []ast.Decl
	z.body = &ast.FuncDecl{Name: ast.NewIdent(bodyName), Type: &ast.FuncType{Params: &ast.FieldList{}}, Body: &ast.BlockStmt{}}
	block := z.body.Body
	for _, it := range z.src.items {
		switch {
		case it.kind == Decl:
			decls = append(decls, it.decl)
		case it.kind == Var && z.once(it):
			decls = append(decls, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{it.spec}})
		case it.kind == Var:
			inner := &ast.BlockStmt{Lbrace: it.node().Pos(), List: []ast.Stmt{local(it)}}
			z.blocks = append(z.blocks, inner)
			block.List = append(block.List, inner)
			block = inner
		case it.kind == Stmt:
			block.List = append(block.List, it.stmt)
		}
	}
	return append(decls, z.body)
}

// once says whether all names of a definition have this one only, and it does not mention them.
func (z *analyzer) once(it *item) bool {
	right := map[string]bool{}
	for _, v := range it.spec.Values {
		collect(right, v)
	}
	for _, id := range it.defines {
		if id.Name != "_" && (z.defined[id.Name] > 1 || right[id.Name]) {
			return false
		}
	}
	return true
}

func local(it *item) ast.Stmt {
	if it.define != nil {
		return it.define
	}
	return &ast.DeclStmt{Decl: &ast.GenDecl{Tok: token.VAR, TokPos: it.spec.Pos(), Specs: []ast.Spec{it.spec}}}
}

// locate finds what encloses the cursor.
func (z *analyzer) locate() {
	for _, n := range z.nodes {
		if path := enclosing(n, z.Pos); len(path) > 0 {
			z.Path = path
			break
		}
	}
	for _, n := range z.Path {
		if f, ok := n.(*ast.FuncDecl); ok {
			n = f.Type
		}
		if f, ok := n.(*ast.FuncLit); ok {
			n = f.Type
		}
		if z.Scope = z.Info.Scopes[n]; z.Scope != nil {
			return
		}
	}
	z.Scope = z.Info.Scopes[z.body.Type]
	for _, b := range z.blocks {
		if s := z.Info.Scopes[b]; s != nil && b.Lbrace <= z.Pos {
			z.Scope = s
		}
	}
	if z.Scope == nil {
		z.Scope = z.Pkg.Scope()
	}
}

// enclosing lists the nodes below root that hold pos, innermost first.
func enclosing(root ast.Node, pos token.Pos) []ast.Node {
	var path []ast.Node
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil || !n.Pos().IsValid() || n.Pos() > pos || pos > n.End() {
			return false
		}
		path = append([]ast.Node{n}, path...)
		return true
	})
	return path
}

// PackageNames maps the names under which packages can be used right now, imported or not, to their paths.
func (p *Package) PackageNames() map[string]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	names := map[string]string{}
	for name, path := range p.auto {
		names[name] = path
	}
	for name, path := range p.imports {
		names[name] = path
	}
	return names
}
