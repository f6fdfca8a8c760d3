package cell

import (
	"go/scanner"
	"go/token"
	"strings"
)

// A Kind says what a Segment is.
type Kind int

// The kinds of segments. Magic is a %line, CellMagic a whole %%cell, Shell a !line.
const (
	Blank Kind = iota
	Magic
	CellMagic
	Shell
	Import
	Decl // type, const, func
	Var
	Stmt
	Clause // package main, as pasted programs have it: says nothing here
)

// A Segment is one piece of a cell: a magic line, a declaration or a statement,
// with the comments above it and the one behind it.
type Segment struct {
	Kind   Kind
	Text   string
	Offset int  // of Text in the cell, in bytes
	Semi   bool // ended by a written semicolon: the value is not wanted
}

// Split cuts a cell into segments. Nothing is lost: the joined Texts are src.
// Text that is not Go ends up in segments too; the parser reports it.
func Split(src string) []Segment {
	var segs []Segment
	for off := 0; off < len(src); {
		seg := next(src[off:], len(segs) == 0, off == 0 || src[off-1] == '\n')
		seg.Offset = off
		off += len(seg.Text)
		segs = append(segs, seg)
	}
	return segs
}

// next cuts the first segment off src, which is not empty. Magics begin a line: the ! in
// "if x, ok := f(); !ok" does not.
func next(src string, first, line bool) Segment {
	if blank, rest := cutBlank(src); rest != "" && (rest[0] == '%' || rest[0] == '!') && (line || strings.Contains(blank, "\n")) {
		if blank != "" {
			return Segment{Kind: Blank, Text: blank}
		}
		return magic(src, first)
	}
	return code(src)
}

// cutBlank cuts white space (and a byte order mark) off the front of src.
func cutBlank(src string) (blank, rest string) {
	rest = strings.TrimLeft(src, " \t\r\n\f\ufeff")
	return src[:len(src)-len(rest)], rest
}

// magic cuts one magic line, or the whole text for a %% magic. A line that ends in a backslash goes on.
func magic(src string, first bool) Segment {
	if strings.HasPrefix(src, "%%") {
		return Segment{Kind: CellMagic, Text: src}
	}
	kind := Magic
	if src[0] == '!' {
		kind = Shell
	}
	end := 0
	for end < len(src) {
		i := strings.IndexByte(src[end:], '\n')
		if i < 0 {
			end = len(src)
			break
		}
		line := strings.TrimRight(src[end:end+i], "\r")
		end += i + 1
		if !strings.HasSuffix(line, "\\") {
			break
		}
	}
	return Segment{Kind: kind, Text: src[:end]}
}

// code cuts one Go statement or declaration: up to the semicolon, written or
// implied, that is outside of all brackets.
func code(src string) Segment {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(src))
	s.Init(file, []byte(src), nil, 0)
	seg := Segment{Kind: Blank, Text: src}
	var head []token.Token
	depth := 0
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		head = remember(head, tok)
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.SEMICOLON:
			if depth > 0 {
				continue
			}
			end := file.Offset(pos)
			if lit == ";" {
				end++
				seg.Semi = true
			}
			seg.Text = src[:restOfLine(src, end)]
			seg.Kind = kindOf(head)
			return seg
		}
	}
	seg.Kind = kindOf(head)
	return seg
}

// remember keeps what kindOf needs: enough to tell a method from a call of a literal func.
func remember(head []token.Token, tok token.Token) []token.Token {
	if len(head) == 0 || head[0] == token.FUNC && len(head) < 4096 {
		return append(head, tok)
	}
	return head
}

// kindOf tells a segment by its first tokens.
func kindOf(head []token.Token) Kind {
	if len(head) == 0 {
		return Blank
	}
	switch head[0] {
	case token.IMPORT:
		return Import
	case token.PACKAGE:
		return Clause
	case token.TYPE, token.CONST:
		return Decl
	case token.VAR:
		return Var
	case token.FUNC:
		if declaresFunc(head[1:]) {
			return Decl
		}
	}
	return Stmt
}

// declaresFunc reports whether the tokens behind "func" declare a function or
// a method, and are not those of a function literal.
func declaresFunc(toks []token.Token) bool {
	if len(toks) == 0 || toks[0] == token.IDENT {
		return true
	}
	depth := 0
	for i, t := range toks {
		switch t {
		case token.LPAREN:
			depth++
		case token.RPAREN:
			depth--
			if depth == 0 {
				// A receiver is followed by a name and an opening bracket; the result
				// type of a literal, if it is a name, by its body.
				return i+2 < len(toks) && toks[i+1] == token.IDENT && (toks[i+2] == token.LPAREN || toks[i+2] == token.LBRACK)
			}
		}
	}
	return false
}

// restOfLine extends a segment that ends at end by the blanks, the comment and
// the line break behind it, so that a comment stays with the line it is on.
func restOfLine(src string, end int) int {
	i := end
	for i < len(src) {
		switch rest := src[i:]; {
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r':
			i++
		case rest[0] == '\n':
			return i + 1
		case strings.HasPrefix(rest, "//"):
			if nl := strings.IndexByte(rest, '\n'); nl >= 0 {
				return i + nl + 1
			}
			return len(src)
		case strings.HasPrefix(rest, "/*"):
			close := strings.Index(rest, "*/")
			if close < 0 || strings.Contains(rest[:close], "\n") {
				return end
			}
			i += close + 2
		default:
			return i
		}
	}
	return i
}
