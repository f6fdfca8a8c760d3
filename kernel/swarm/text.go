package swarm

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reprise/kernel/cell"
)

// A text is what the source of a cell says about itself, as far as names go. Names are taken
// as they stand, so it can say more than is so, never less.
type text struct {
	mentions map[string]bool // all identifiers
	declares map[string]bool // at the top level; false for what cannot change: functions, types, constants, imports
	own      map[string]bool // declared here before it is mentioned otherwise: what earlier cells called so does not matter
	effects  []string        // on the world outside, as messages name them: "os.WriteFile"
	writes   string          // a variable that a run of an experiment changes though the run does not declare it
	settings bool            // it has a magic that later cells depend on
}

// lazyText reads a cell when somebody asks: most sessions never have others play their runs.
func lazyText(source string) func() *text {
	return sync.OnceValue(func() *text { return readText(source) })
}

// readText reads a cell.
func readText(source string) *text {
	t := &text{mentions: map[string]bool{}, declares: map[string]bool{}, own: map[string]bool{}}
	t.read(source)
	return t
}

// goMagics are magics whose text is Go.
var goMagics = map[string]bool{"time": true, "timeit": true, "seed": true}

// settingMagics are those that later cells depend on.
var settingMagics = map[string]bool{"seed": true, "env": true, "cd": true, "reset": true}

func (t *text) read(source string) {
	for _, seg := range cell.Split(source) {
		switch seg.Kind {
		case cell.Blank, cell.Clause:
		case cell.Magic, cell.CellMagic, cell.Shell:
			t.magic(seg)
		default:
			t.code(seg)
		}
	}
}

// magic reads %name, %%name or !command.
func (t *text) magic(seg cell.Segment) {
	head, body, _ := strings.Cut(strings.TrimSpace(seg.Text), "\n")
	name, rest, _ := strings.Cut(strings.TrimLeft(head, "%"), " ")
	switch {
	case seg.Kind == cell.Shell:
		t.effects = append(t.effects, "the command "+head)
	case seg.Kind == cell.CellMagic && goMagics[name]:
		t.read(body)
	case seg.Kind == cell.CellMagic && (name == "bash" || name == "writefile"):
		t.effects = append(t.effects, "%%"+name)
	case name == "time" || name == "timeit":
		t.read(rest)
	case settingMagics[name]:
		t.settings = true
	}
}

// code reads a declaration or a statement.
func (t *text) code(seg cell.Segment) {
	before := maps.Clone(t.mentions)
	t.scan(seg.Text)
	src := "package p\n" + seg.Text
	if seg.Kind == cell.Stmt || seg.Kind == cell.Var && !strings.HasPrefix(firstWord(seg.Text), "var") {
		src = "package p\nfunc _() {\n" + seg.Text + "\n}"
	}
	f, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
	if err != nil {
		return // the cell cannot have run so
	}
	t.top(f)
	t.outside(f)
	for name := range defined(f) {
		if !before[name] {
			t.own[name] = true
		}
	}
}

// firstWord is the first token of a text.
func firstWord(text string) string {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	_, tok, lit := s.Scan()
	if lit == "" {
		return tok.String()
	}
	return lit
}

// scan notes all identifiers.
func (t *text) scan(src string) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(src)), []byte(src), func(token.Position, string) {}, 0)
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return
		}
		if tok == token.IDENT {
			t.mentions[lit] = true
		}
	}
}

// top notes what the file declares for later cells.
func (t *text) top(f *ast.File) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			t.general(d)
		case *ast.FuncDecl:
			switch {
			case d.Name.Name == "_" && d.Recv == nil: // ours, around statements
				t.body(d.Body)
			case d.Recv == nil:
				t.declares[d.Name.Name] = false
			default: // a method belongs to its type
				for name := range identifiers(d.Recv) {
					t.declares[name] = false
				}
			}
		}
	}
}

// defined are the names that a := at the top of a cell defines without using them.
func defined(f *ast.File) map[string]bool {
	names := map[string]bool{}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Body == nil || len(fn.Body.List) != 1 {
			continue
		}
		a, ok := fn.Body.List[0].(*ast.AssignStmt)
		if !ok || a.Tok != token.DEFINE {
			continue
		}
		used := map[string]bool{}
		for _, x := range a.Rhs {
			maps.Copy(used, identifiers(x))
		}
		for _, x := range a.Lhs {
			if id, ok := x.(*ast.Ident); ok && !used[id.Name] {
				names[id.Name] = true
			}
		}
	}
	return names
}

func identifiers(n ast.Node) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
	return names
}

func (t *text) general(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.ImportSpec:
			t.declares[importName(s)] = false
		case *ast.TypeSpec:
			t.declares[s.Name.Name] = false
		case *ast.ValueSpec:
			for _, id := range s.Names {
				t.declares[id.Name] = d.Tok == token.VAR
			}
		}
	}
}

func importName(s *ast.ImportSpec) string {
	if s.Name != nil {
		return s.Name.Name
	}
	p, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return s.Path.Value
	}
	return path.Base(p)
}

// body notes the variables that the statements of a cell define.
func (t *text) body(b *ast.BlockStmt) {
	for _, s := range b.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				for _, x := range s.Lhs {
					if id, ok := x.(*ast.Ident); ok {
						t.declares[id.Name] = true
					}
				}
			}
		case *ast.DeclStmt:
			if d, ok := s.Decl.(*ast.GenDecl); ok {
				t.general(d)
			}
		}
	}
}

// outside notes what reaches past the notebook, and past a run.
func (t *text) outside(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if e := effectOf(n); e != "" && !slices.Contains(t.effects, e) {
				t.effects = append(t.effects, e)
			}
			if id, ok := n.X.(*ast.Ident); ok && hasWord(settings[id.Name], n.Sel.Name) {
				t.settings = true
			}
		case *ast.FuncLit:
			if takesRun(n.Type) && t.writes == "" {
				t.writes = writesPast(n.Body, n)
			}
		case *ast.FuncDecl:
			if n.Body != nil && takesRun(n.Type) && t.writes == "" {
				t.writes = writesPast(n.Body, n)
			}
		}
		return true
	})
}

// takesRun reports whether a function has a parameter of type experiment.Run.
func takesRun(f *ast.FuncType) bool {
	for _, p := range f.Params.List {
		if s, ok := p.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Run" && rootOf(s) == "experiment" {
			return true
		}
	}
	return false
}

// writesPast names a variable that a function changes although it stands outside of it.
// The parser has resolved what is declared inside.
func writesPast(body *ast.BlockStmt, f ast.Node) (name string) {
	check := func(x ast.Expr) {
		id := cell.Root(x)
		if id == nil || id.Name == "_" || name != "" {
			return
		}
		if id.Obj != nil {
			if at, ok := id.Obj.Decl.(ast.Node); ok && at.Pos() >= f.Pos() && at.End() <= f.End() {
				return
			}
		}
		name = id.Name
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				if id, ok := x.(*ast.Ident); n.Tok != token.DEFINE || ok && id.Obj == nil {
					check(x)
				}
			}
		case *ast.IncDecStmt:
			check(n.X)
		case *ast.SendStmt:
			check(n.Chan)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				check(n.Key)
			}
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (id.Name == "delete" || id.Name == "clear" || id.Name == "copy" || id.Name == "close") {
				check(n.Args[0])
			}
		}
		return true
	})
	return name
}

func rootOf(x ast.Expr) string {
	if id := cell.Root(x); id != nil {
		return id.Name
	}
	return ""
}
