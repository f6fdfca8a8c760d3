package cell

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// Several values at the end of a cell, "x, y", are no statement of Go. They are read as an assignment
// to blanks, and shown as the results of a call are.

// listed is how many values a segment lists: 0 if it is something else, or one value.
func listed(seg Segment) int {
	n := 1 + commas(seg.Text)
	if seg.Kind != Stmt || n == 1 {
		return 0
	}
	f, err := parser.ParseFile(token.NewFileSet(), "", listHead(n)+seg.Text+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return 0
	}
	if list := f.Decls[0].(*ast.FuncDecl).Body.List; len(f.Decls) > 1 || len(list) != 1 || len(list[0].(*ast.AssignStmt).Rhs) != n {
		return 0
	}
	return n
}

func listHead(n int) string { return "package main;func _(){_" + strings.Repeat(",_", n-1) + "=" }

// commas counts the commas outside of all brackets.
func commas(text string) int {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	n, depth := 0, 0
	for {
		switch _, tok, _ := s.Scan(); tok {
		case token.EOF:
			return n
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.COMMA:
			if depth == 0 {
				n++
			}
		}
	}
}

// parseList parses the segments of a list of n values, and the blank ones behind it.
func (s *source) parseList(fset *token.FileSet, run []Segment, n int) {
	first, last := run[0], run[len(run)-1]
	text := s.text[first.Offset : last.Offset+len(last.Text)]
	head := listHead(n)
	f, err := parser.ParseFile(fset, s.name, head+text+"\n}", parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		panic("internal error: a list that was parsed before: " + err.Error())
	}
	tf := fset.File(f.FileStart)
	s.pos = append(s.pos, posMap{base: tf.Pos(len(head)), end: tf.Pos(len(head) + len(text)), offset: first.Offset})
	s.files = append(s.files, f)
	s.whole[f] = true
	a := f.Decls[0].(*ast.FuncDecl).Body.List[0].(*ast.AssignStmt)
	a.TokPos = a.Rhs[0].Pos()
	for _, l := range a.Lhs {
		l.(*ast.Ident).NamePos = a.Rhs[0].Pos() // the blanks are not in the cell
	}
	s.items = append(s.items, &item{kind: Stmt, stmt: a, list: true})
}

// endsInComma reports whether a segment is a list of which a value is still missing.
func endsInComma(seg Segment) bool {
	if seg.Kind != Stmt {
		return false
	}
	text := strings.TrimRight(seg.Text, " \t\r\n")
	return strings.HasSuffix(text, ",") && listed(Segment{Kind: Stmt, Text: text + "0"}) > 0
}
