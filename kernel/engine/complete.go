package engine

import (
	"context"
	"go/ast"
	"go/scanner"
	"go/token"
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
