package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// Names that the lowering and the checker share.
const (
	bodyName  = "_"
	goVersion = "go1.26"
)

// A checked step is what go/types knows about one step of a cell.
type checked struct {
	step   *step
	src    *source
	pkg    *types.Package
	info   *types.Info
	specs  map[*item]*ast.ValueSpec // as checked: some names are hidden ones
	again  map[string]bool          // older declarations that were checked again
	fresh  map[string]bool          // older declarations that need to be compiled again
	before map[string]*decl         // what names mean on the right of their own redefinition
	stale  []string                 // older functions that no longer compile and stay as they were
}

// An Error is a mistake in a cell's text.
type Error struct {
	Offset    int
	Line, Col int
	Text      string // the source line
	Msg       string
}

// check checks one step against the view and, when it holds, enters what it declares.
func (v *view) check(src *source, st *step) (*checked, []syntaxError) {
	c := &checked{step: st, src: src, specs: map[*item]*ast.ValueSpec{}, before: map[string]*decl{}}
	var errs []syntaxError
	for _, it := range st.items {
		if it.kind == Import {
			spec := it.decl.(*ast.GenDecl).Specs[0].(*ast.ImportSpec)
			if err := v.addImport(spec); err != nil {
				errs = append(errs, syntaxError{src.offset(spec.Pos()), err.Error()})
			}
		}
	}
	again, fresh := v.affected(src, st)
	for range 8 { // each round leaves out declarations that no longer compile
		broken, found := v.types(c, again)
		if len(found)+len(errs) > 0 {
			return nil, append(errs, found...)
		}
		if len(broken) == 0 {
			break
		}
		again = v.leaveOut(again, broken)
	}
	c.again, c.fresh = again, fresh
	v.enter(c)
	return c, nil
}

// types runs go/types over the step and the older declarations in again.
func (v *view) types(c *checked, again map[string]bool) (broken map[string]string, errs []syntaxError) {
	defined := stepNames(c.step)
	file, nodes := v.file(c)
	mentioned := map[string]bool{}
	for _, n := range nodes {
		collect(mentioned, n)
	}
	files := []*ast.File{file}
	places := map[*ast.File]*decl{}
	for _, key := range sortedKeys(again) {
		d := v.lookup(key)
		if d.node == nil {
			continue
		}
		f := &ast.File{Package: d.from, Name: ast.NewIdent("main")}
		importDecl(f, d.from, d.imports, nil)
		f.Decls = append(f.Decls, d.node)
		collect(mentioned, d.node)
		if fn, ok := d.node.(*ast.FuncDecl); ok && fn.Recv != nil {
			mentioned[recvName(fn).Name] = true
		}
		files = append(files, f)
		places[f] = d
	}
	c.pkg = types.NewPackage(path, "main")
	files = append(files, v.insert(c.pkg, mentioned, defined, again, file.Package)...)
	c.info = newInfo()
	broken = map[string]string{}
	conf := types.Config{Importer: v.packages, GoVersion: goVersion, Error: func(err error) {
		e := err.(types.Error)
		if strings.HasPrefix(e.Msg, "\t") || harmless(c, e) {
			return
		}
		if off := c.src.offset(e.Pos); off >= 0 {
			errs = append(errs, syntaxError{off, c.mismatch(e)})
			return
		}
		for _, d := range places {
			if d.from <= e.Pos && e.Pos <= d.to && broken[d.key] == "" {
				broken[d.key] = e.Msg
				return
			}
		}
	}}
	_ = types.NewChecker(&conf, v.fset, c.pkg, c.info).Files(files)
	sortErrors(errs)
	return broken, errs
}

func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
}

// harmless reports what Go forbids and a notebook allows: unused variables, imports,
// labels and values, and variables that refer to themselves through a function. Fields of
// types of earlier cells belong to another types.Package of the same path: go/types takes
// them for foreign when a literal sets them by position.
func harmless(c *checked, e types.Error) bool {
	for _, s := range []string{"declared and not used", "imported and not used", "imported as", "initialization cycle", "implicit assignment to unexported field"} {
		if strings.Contains(e.Msg, s) {
			return true
		}
	}
	if strings.HasPrefix(e.Msg, "label ") && strings.HasSuffix(e.Msg, "not used") {
		return true
	}
	if strings.HasSuffix(e.Msg, "is not used") {
		for _, it := range c.step.items {
			if x, ok := it.stmt.(*ast.ExprStmt); ok && x.Pos() <= e.Pos && e.Pos <= x.End() {
				return true
			}
		}
	}
	return false
}

// mismatch is go/types' message; where a variable of the notebook takes a call with several
// results, it is the one that Go has for variables of functions.
func (c *checked) mismatch(e types.Error) string {
	for _, it := range c.step.items {
		if it.kind != Var || len(it.spec.Names) != 1 || len(it.spec.Values) != 1 {
			continue
		}
		call, ok := ast.Unparen(it.spec.Values[0]).(*ast.CallExpr)
		if !ok || !strings.HasPrefix(e.Msg, "multiple-value "+types.ExprString(it.spec.Values[0])+" (") {
			continue
		}
		if results, ok := c.info.TypeOf(call).(*types.Tuple); ok && it.spec.Values[0].Pos() <= e.Pos && e.Pos < call.End() {
			return fmt.Sprintf("assignment mismatch: 1 variable but %s returns %d values", types.ExprString(call.Fun), results.Len())
		}
	}
	return e.Msg
}

// file writes the step as a Go file: declarations, variables, and a function of its statements.
func (v *view) file(c *checked) (*ast.File, []ast.Node) {
	pos := token.NoPos
	if len(c.src.pos) > 0 {
		pos = c.src.pos[0].base
	}
	f := &ast.File{Package: pos, Name: ast.NewIdent("main")}
	body := &ast.BlockStmt{Lbrace: pos, Rbrace: pos}
	var decls []ast.Decl
	var nodes []ast.Node
	for _, it := range c.step.items {
		switch it.kind {
		case Decl:
			decls = append(decls, it.decl)
			nodes = append(nodes, it.decl)
		case Var:
			spec, assigns := c.spec(it)
			body.List = append(body.List, assigns...)
			decls = append(decls, &ast.GenDecl{Tok: token.VAR, TokPos: it.spec.Pos(), Specs: []ast.Spec{spec}})
			nodes = append(nodes, spec)
		case Stmt:
			body.List = append(body.List, it.stmt)
			nodes = append(nodes, it.stmt)
		}
	}
	if n := len(body.List); n > 0 {
		body.Lbrace, body.Rbrace = body.List[0].Pos(), body.List[n-1].End()
	}
	for i := range c.step.assign {
		nodes = append(nodes, i)
	}
	importDecl(f, pos, v.importsFor(stepNames(c.step), nodes...), v.dots)
	f.Decls = append(f.Decls, decls...)
	f.Decls = append(f.Decls, &ast.FuncDecl{Name: ast.NewIdent(bodyName), Type: &ast.FuncType{Func: pos, Params: &ast.FieldList{}}, Body: body})
	return f, nodes
}

// spec is the specification of a variable under the names that are checked.
func (c *checked) spec(it *item) (*ast.ValueSpec, []ast.Stmt) {
	spec := *it.spec
	spec.Names = nil
	var assigns []ast.Stmt
	for _, id := range it.spec.Names {
		if hidden := c.step.hidden[id]; hidden != "" {
			id = &ast.Ident{Name: hidden, NamePos: id.NamePos}
		} else if tmp := c.step.assign[id]; tmp != "" {
			t := &ast.Ident{Name: tmp, NamePos: id.NamePos}
			assigns = append(assigns, &ast.AssignStmt{Lhs: []ast.Expr{id}, TokPos: id.NamePos, Tok: token.ASSIGN,
				Rhs: []ast.Expr{&ast.Ident{Name: tmp, NamePos: id.NamePos}}})
			id = t
		}
		spec.Names = append(spec.Names, id)
	}
	c.specs[it] = &spec
	return &spec, assigns
}

// order are the items as they are run: those of a program as Go initializes a package.
func (c *checked) order() []*item {
	if !c.src.program {
		return c.step.items
	}
	byVar := map[types.Object]*item{}
	var sorted, rest []*item
	for _, it := range c.step.items {
		if it.kind == Var && len(it.spec.Values) == 0 {
			sorted = append(sorted, it) // zero before anything runs
			continue
		}
		if it.kind != Var {
			rest = append(rest, it)
			continue
		}
		for _, id := range c.specs[it].Names {
			byVar[c.info.Defs[id]] = it
		}
	}
	seen := map[*item]bool{}
	for _, init := range c.info.InitOrder {
		for _, v := range init.Lhs {
			if it := byVar[v]; it != nil && !seen[it] {
				seen[it] = true
				sorted = append(sorted, it)
			}
		}
	}
	return append(sorted, rest...)
}

// isInit reports whether a function is run by itself, and can not be called.
func isInit(f *ast.FuncDecl) bool { return f.Recv == nil && f.Name.Name == "init" }

// stepNames are the package-level names that a step defines.
func stepNames(st *step) map[string]bool {
	names := map[string]bool{}
	for _, it := range st.items {
		if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv != nil {
			continue
		}
		for _, id := range it.defines {
			if st.hidden[id] == "" && st.assign[id] == "" {
				names[id.Name] = true
			}
		}
	}
	return names
}

// insert puts the live objects that are mentioned into the scope of pkg. Those that are
// checked again come as text, since their types will be new ones.
func (v *view) insert(pkg *types.Package, mentioned, defined, again map[string]bool, pos token.Pos) []*ast.File {
	synth := &ast.File{Package: pos, Name: ast.NewIdent("main")}
	need := map[string]string{}
	for _, name := range sortedKeys(mentioned) {
		d := v.lookup(name)
		if d == nil || defined[name] || name == "_" {
			continue
		}
		if !again[name] {
			pkg.Scope().Insert(d.obj)
		} else if d.node == nil {
			synth.Decls = append(synth.Decls, v.retyped(d, need, pos))
		}
	}
	if len(synth.Decls) == 0 {
		return nil
	}
	decls := synth.Decls
	synth.Decls = nil
	importDecl(synth, pos, need, nil)
	synth.Decls = append(synth.Decls, decls...)
	return []*ast.File{synth}
}

// retyped declares a live variable or constant anew, by the text of its type.
func (v *view) retyped(d *decl, need map[string]string, pos token.Pos) ast.Decl {
	qual := func(p *types.Package) string {
		if p.Path() == path {
			return ""
		}
		at := strings.TrimPrefix(p.Path(), SourcePrefix)
		name := "p۰" + mangle(at)
		need[name] = at
		return name
	}
	spec := &ast.ValueSpec{Names: []*ast.Ident{{Name: d.key, NamePos: pos}}, Type: parseType(types.TypeString(d.obj.Type(), qual), pos)}
	tok := token.VAR
	if k, ok := d.obj.(*types.Const); ok {
		tok = token.CONST
		spec.Values = []ast.Expr{constExpr(k.Val(), pos)}
	}
	return &ast.GenDecl{Tok: tok, TokPos: pos, Specs: []ast.Spec{spec}}
}

func constExpr(val constant.Value, pos token.Pos) ast.Expr {
	return moved(mustExpr(val.ExactString()), pos)
}
