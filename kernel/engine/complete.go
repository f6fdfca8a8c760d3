package engine

import (
	"context"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"reprise/kernel/cell"
)

// Types of matches, as front ends show them.
const (
	matchFunction = "function"
	matchVar      = "instance"
	matchConst    = "constant"
	matchType     = "type"
	matchField    = "property"
	matchPackage  = "module"
	matchKeyword  = "keyword"
	matchMagic    = "magic"
	matchPath     = "path"
)

// Complete proposes how the text at the cursor, a byte offset, may go on.
func (e *Engine) Complete(_ context.Context, code string, cursor int) (Completion, error) {
	cursor = min(max(cursor, 0), len(code))
	a := e.pkg.Analyze(code, cursor)
	q := &completer{e: e, a: a, code: code, cursor: cursor, start: cursor - len(lastName(code[:cursor]))}
	switch a.Segment.Kind {
	case cell.Magic, cell.CellMagic, cell.Shell:
		return q.magic()
	}
	q.goText()
	return q.completion(), nil
}

// A completer collects the matches of one request.
type completer struct {
	e      *Engine
	a      *cell.Analysis
	code   string
	cursor int
	start  int // of the text that a match replaces
	found  []Match
}

// lastName is the name that s ends with, "" if none.
func lastName(s string) string {
	n := len(s)
	for n > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		n -= size
	}
	return s[n:]
}

func (q *completer) add(text, typ, signature string) {
	q.found = append(q.found, Match{Text: text, Type: typ, Signature: signature})
}

// completion keeps the matches that begin with what is typed; when there is none, those that do apart from case.
func (q *completer) completion() Completion {
	typed := q.code[q.start:q.cursor]
	c := Completion{Start: q.start, End: q.cursor, Matches: []Match{}}
	for _, same := range []func(s, prefix string) bool{strings.HasPrefix, hasPrefixFold} {
		for _, m := range q.found {
			if same(m.Text, typed) && !slices.ContainsFunc(c.Matches, func(have Match) bool { return have.Text == m.Text }) {
				c.Matches = append(c.Matches, m)
			}
		}
		if len(c.Matches) > 0 {
			break
		}
	}
	return c
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func (q *completer) goText() {
	if q.inComment() || q.inString() {
		return
	}
	for _, n := range q.a.Path {
		sel, ok := n.(*ast.SelectorExpr)
		if ok && sel.X.End() < q.a.Pos {
			q.selector(sel)
			return
		}
		if ok {
			break
		}
	}
	q.fields()
	q.scope()
}

func (q *completer) inComment() bool {
	text := q.a.Segment.Text
	at := q.cursor - q.a.Segment.Offset
	var s scanner.Scanner
	f := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(f, []byte(text), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		from := f.Offset(pos)
		switch {
		case tok == token.EOF || from >= at:
			return false
		case tok != token.COMMENT:
		case at < from+len(lit) || at == from+len(lit) && !strings.HasSuffix(lit, "*/"):
			return true // behind the end of a // comment is still in it
		}
	}
}

// inString completes import paths and file names.
func (q *completer) inString() bool {
	if len(q.a.Path) == 0 {
		return false
	}
	lit, ok := q.a.Path[0].(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR || q.a.Pos <= lit.Pos() {
		return false
	}
	at := q.a.Offset(lit.Pos())
	typed := q.code[at+1 : q.cursor]
	if q.a.Pos == lit.End() && len(typed) > 0 && typed[len(typed)-1] == q.code[at] {
		return len(lit.Value) > 1 && strings.HasPrefix(q.code[at:], lit.Value) // behind the closing quote
	}
	if len(q.a.Path) > 1 {
		if _, ok := q.a.Path[1].(*ast.ImportSpec); ok {
			q.start = at + 1
			for _, path := range q.e.config.Packages.Paths() {
				q.add(path, matchPackage, "")
			}
			return true
		}
	}
	q.files(typed)
	return true
}

// selector proposes members of a package, a value or a type.
func (q *completer) selector(sel *ast.SelectorExpr) {
	if id, ok := sel.X.(*ast.Ident); ok {
		if name, ok := q.a.Info.Uses[id].(*types.PkgName); ok {
			q.exported(name.Imported())
			return
		}
	}
	if tv, ok := q.a.Info.Types[sel.X]; ok && tv.Type != nil {
		for _, m := range members(tv.Type, q.a.Pkg) {
			if _, field := m.(*types.Var); !field || tv.IsValue() {
				q.object(m)
			}
		}
	}
}

func (q *completer) exported(p *types.Package) {
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() {
			q.object(o)
		}
	}
}

// fields proposes the fields that a struct literal does not have yet.
func (q *completer) fields() {
	lit := q.literal()
	if lit == nil {
		return
	}
	t := q.a.Info.TypeOf(lit)
	if t == nil {
		return
	}
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return
	}
	used := map[string]bool{}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && (q.a.Pos < kv.Pos() || kv.Key.End() < q.a.Pos) {
			if id, ok := kv.Key.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
	}
	for i := range s.NumFields() {
		if f := s.Field(i); !used[f.Name()] && (f.Exported() || own(f, q.a.Pkg)) {
			q.add(f.Name(), matchField, types.TypeString(f.Type(), packageName))
		}
	}
}

// literal is the composite literal in which the cursor is where a key may stand.
func (q *completer) literal() *ast.CompositeLit {
	for i, n := range q.a.Path {
		switch n := n.(type) {
		case *ast.CompositeLit:
			if q.a.Pos > n.Lbrace {
				return n
			}
			return nil
		case *ast.Ident:
			if i > 0 {
				return nil
			}
		case *ast.KeyValueExpr:
			if n.Colon.IsValid() && q.a.Pos > n.Colon {
				return nil
			}
		case *ast.BadExpr:
		default:
			return nil
		}
	}
	return nil
}

// scope proposes the names that mean something at the cursor, the nearest first.
func (q *completer) scope() {
	for s := q.a.Scope; s != nil && s != types.Universe; s = s.Parent() {
		if s == q.a.Pkg.Scope() {
			continue
		}
		for _, name := range s.Names() {
			if o := s.Lookup(name); o.Pos() < q.a.Pos || !o.Pos().IsValid() {
				q.local(o)
			}
		}
	}
	for _, name := range q.a.Pkg.Scope().Names() {
		q.local(q.a.Pkg.Scope().Lookup(name))
	}
	packages := q.e.pkg.PackageNames()
	for _, name := range sortedNames(packages) {
		q.add(name, matchPackage, packages[name])
	}
	for _, name := range types.Universe.Names() {
		q.object(types.Universe.Lookup(name))
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		q.add(tok.String(), matchKeyword, "")
	}
}

// local proposes an object but for those that the checker or the lowering has made.
func (q *completer) local(o types.Object) {
	if _, ok := o.(*types.PkgName); !ok && o.Name() != "_" && !strings.Contains(o.Name(), "۰") {
		q.object(o)
	}
}

func (q *completer) object(o types.Object) { q.found = append(q.found, matchOf(o)) }

func matchOf(o types.Object) Match {
	m := Match{Text: o.Name(), Type: matchVar}
	switch o := o.(type) {
	case *types.Func:
		m.Type, m.Signature = matchFunction, strings.TrimPrefix(types.TypeString(o.Type(), packageName), "func")
	case *types.Builtin:
		m.Type = matchFunction
	case *types.TypeName:
		m.Type = matchType
	case *types.Const:
		m.Type, m.Signature = matchConst, types.TypeString(o.Type(), packageName)
	case *types.Var:
		if o.IsField() {
			m.Type = matchField
		}
		m.Signature = types.TypeString(o.Type(), packageName)
	}
	return m
}

func sortedNames[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
