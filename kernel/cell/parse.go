package cell

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"sort"
	"strings"
)

// A source is the text of one cell as it was parsed. Several Go files stand
// behind it: runs of declarations and runs of statements are parsed apart.
type source struct {
	name    string // "cell [3]"
	no      int    // among those that were prepared, from 1; 0 for a text that is only looked at
	text    string
	items   []*item
	files   []*ast.File
	pos     []posMap
	whole   map[*ast.File]bool // files without syntax errors: all of them is in items
	program bool               // begins with a package clause
	semi    bool               // the last statement ends in a semicolon
}

// A cellText is what is kept of every cell: what places in it are shown by.
type cellText struct{ name, text string }

// A posMap places the text of one parsed file in its cell.
type posMap struct {
	base, end token.Pos // of the cell's text within the parsed file
	offset    int       // of that text in the cell
}

// An item is one declaration or top-level statement of a cell, in order.
type item struct {
	kind    Kind
	decl    ast.Decl       // Import, Decl: a GenDecl with one spec, or a FuncDecl
	spec    *ast.ValueSpec // Var: a var specification, or := written as one
	define  *ast.AssignStmt
	stmt    ast.Stmt // Stmt
	defines []*ast.Ident
	last    bool // the last item of the cell
	list    bool // Stmt: several values at the end of the cell, written as an assignment to blanks
}

// A syntaxError is at a byte offset of the cell.
type syntaxError struct {
	Offset int
	Msg    string
}

// parse reads a cell that holds Go only. The source is as complete as the errors allow.
func parse(fset *token.FileSet, name, text string) (*source, []syntaxError) {
	src := &source{name: name, text: text, whole: map[*ast.File]bool{}}
	var errs []syntaxError
	segs := Split(text)
	end := len(segs) - 1
	for end > 0 && segs[end].Kind == Blank {
		end--
	}
	values := 0
	if end >= 0 {
		src.semi, values = segs[end].Semi, listed(segs[end])
	}
	for i := 0; i < len(segs); {
		j := i + 1
		for j < len(segs) && group(segs[j].Kind) == group(segs[i].Kind) && (j != end || values == 0) {
			j++
		}
		if i == end && values > 0 {
			src.parseList(fset, segs[i:j], values)
		} else {
			errs = append(errs, src.parseRun(fset, segs[i:j])...)
		}
		i = j
	}
	if len(segs) > 0 && hasClause(segs) {
		src.program = true
		src.callMain()
	}
	if n := len(src.items); n > 0 {
		src.items[n-1].last = true
	}
	return src, errs
}

func hasClause(segs []Segment) bool {
	for _, s := range segs {
		if s.Kind == Clause {
			return true
		}
	}
	return false
}

// callMain runs the main function of a whole program that was pasted into the cell.
func (s *source) callMain() {
	for _, it := range s.items {
		if f, ok := it.decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			call := &ast.CallExpr{Fun: &ast.Ident{Name: "main", NamePos: f.Name.Pos()}, Lparen: f.Name.End(), Rparen: f.Name.End()}
			s.items = append(s.items, &item{kind: Stmt, stmt: &ast.ExprStmt{X: call}})
			return
		}
	}
}

// group tells the runs of segments that are parsed together. Blank text joins the statements.
func group(k Kind) Kind {
	switch k {
	case Import, Decl:
		return Decl
	case Magic, Shell, CellMagic, Clause:
		return Magic
	}
	return Stmt
}

// parseRun parses consecutive segments of one group.
func (s *source) parseRun(fset *token.FileSet, run []Segment) []syntaxError {
	first, last := run[0], run[len(run)-1]
	text := s.text[first.Offset : last.Offset+len(last.Text)]
	text = strings.ReplaceAll(text, "\ufeff", "   ")
	head, tail := "package main\n", "" // a comment behind it on one line would be nobody's
	switch group(first.Kind) {
	case Magic:
		return nil
	case Stmt:
		head, tail = "package main;func _(){", "\n}"
	}
	f, err := parser.ParseFile(fset, s.name, head+text+tail, parser.SkipObjectResolution|parser.ParseComments|parser.AllErrors)
	if f == nil {
		return []syntaxError{{first.Offset, err.Error()}}
	}
	tf := fset.File(f.FileStart)
	m := posMap{base: tf.Pos(len(head)), end: tf.Pos(len(head) + len(text)), offset: first.Offset}
	s.pos = append(s.pos, m)
	s.files = append(s.files, f)
	if at := closedEarly(f, m, tail); at >= 0 {
		return []syntaxError{{m.offset + at, "syntax error: unexpected }"}}
	}
	var list scanner.ErrorList
	if errors.As(err, &list) {
		return s.syntax(list, m, len(head), len(text))
	}
	s.whole[f] = true
	if tail == "" {
		s.addDecls(f)
		return nil
	}
	s.addStmts(f.Decls[0].(*ast.FuncDecl).Body.List)
	return nil
}

// closedEarly is the offset of a bracket in the text that closes the function around
// statements, or -1.
func closedEarly(f *ast.File, m posMap, tail string) int {
	if tail == "" || len(f.Decls) == 0 {
		return -1
	}
	fn, ok := f.Decls[0].(*ast.FuncDecl)
	if !ok || fn.Body == nil || !fn.Body.Rbrace.IsValid() || fn.Body.Rbrace >= m.end {
		return -1
	}
	return int(fn.Body.Rbrace - m.base)
}

// syntax puts the parser's errors on the cell's text; one a line is enough.
func (s *source) syntax(list scanner.ErrorList, m posMap, head, size int) []syntaxError {
	list.RemoveMultiples()
	var errs []syntaxError
	for _, e := range list {
		off := min(max(e.Pos.Offset-head, 0), size)
		msg := strings.ReplaceAll(e.Msg, "'EOF'", "end of cell")
		if before, _, ok := strings.Cut(msg, ", found "); ok && off == size {
			msg = before + ", found end of cell"
		}
		errs = append(errs, syntaxError{m.offset + off, "syntax error: " + msg})
	}
	return errs
}

// addDecls splits grouped declarations, so that each item declares one thing
// (a const group stays whole: iota counts within it).
func (s *source) addDecls(f *ast.File) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok == token.CONST || len(g.Specs) == 1 {
			s.items = append(s.items, newDecl(d))
			continue
		}
		for _, spec := range g.Specs {
			one := &ast.GenDecl{Doc: g.Doc, TokPos: g.TokPos, Tok: g.Tok, Specs: []ast.Spec{spec}}
			s.items = append(s.items, newDecl(one))
		}
	}
}

func newDecl(d ast.Decl) *item {
	it := &item{kind: Decl, decl: d}
	g, ok := d.(*ast.GenDecl)
	if !ok {
		it.defines = []*ast.Ident{d.(*ast.FuncDecl).Name}
		return it
	}
	for _, spec := range g.Specs {
		switch spec := spec.(type) {
		case *ast.ImportSpec:
			it.kind = Import
		case *ast.TypeSpec:
			it.defines = append(it.defines, spec.Name)
		case *ast.ValueSpec:
			it.defines = append(it.defines, spec.Names...)
		}
	}
	return it
}

// addStmts makes variables of the notebook from the := and var at the top level.
func (s *source) addStmts(list []ast.Stmt) {
	for _, st := range list {
		switch x := st.(type) {
		case *ast.EmptyStmt:
			continue
		case *ast.AssignStmt:
			if spec := defineSpec(x); spec != nil {
				s.items = append(s.items, &item{kind: Var, spec: spec, define: x, defines: spec.Names})
				continue
			}
		case *ast.DeclStmt:
			if g := x.Decl.(*ast.GenDecl); g.Tok == token.VAR {
				for _, spec := range g.Specs {
					v := spec.(*ast.ValueSpec)
					s.items = append(s.items, &item{kind: Var, spec: v, defines: v.Names})
				}
				continue
			}
		}
		s.items = append(s.items, &item{kind: Stmt, stmt: st})
	}
}

// defineSpec writes a, b := x, y as the specification of var a, b = x, y.
func defineSpec(a *ast.AssignStmt) *ast.ValueSpec {
	if a.Tok != token.DEFINE {
		return nil
	}
	spec := &ast.ValueSpec{Values: a.Rhs}
	for _, l := range a.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok {
			return nil
		}
		spec.Names = append(spec.Names, id)
	}
	return spec
}

// defined are the names that the cell defines at its top.
func (s *source) defined() []string {
	var names []string
	for _, it := range s.items {
		for _, id := range it.defines {
			names = append(names, id.Name)
		}
	}
	return names
}

// letGo drops what a cell that was checked and lowered has no more use for: its trees and,
// unless functions or types of it stay, the table of its lines.
func (v *view) letGo(src *source) {
	src.items, src.files, src.whole = nil, nil, nil
	for _, list := range []map[string]*decl{v.added, v.meth} {
		for _, d := range list {
			if d.src == src && d.node != nil {
				return
			}
		}
	}
	for _, m := range src.pos {
		if file := v.fset.File(m.base); file != nil {
			v.fset.RemoveFile(file)
		}
	}
}

// offset is the place of a position in the cell, or -1 for text that is not of this cell.
func (s *source) offset(p token.Pos) int {
	for _, m := range s.pos {
		if m.base <= p && p <= m.end {
			return m.offset + int(p-m.base)
		}
	}
	return -1
}

// place is line and column, from 1, of a byte offset.
func (s *source) place(offset int) (line, col int) {
	offset = min(max(offset, 0), len(s.text))
	line = 1 + strings.Count(s.text[:offset], "\n")
	return line, offset - strings.LastIndexByte(s.text[:offset], '\n')
}

// line is the text of a line, from 1.
func (s *source) line(n int) string { return lineOf(s.text, n) }

func lineOf(text string, n int) string {
	lines := strings.Split(text, "\n")
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimRight(lines[n-1], "\r")
}

// sortErrors puts errors in the order of the text.
func sortErrors(errs []syntaxError) {
	sort.SliceStable(errs, func(i, j int) bool { return errs[i].Offset < errs[j].Offset })
}
