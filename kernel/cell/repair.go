package cell

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// placeholder stands for the name that is not typed yet.
const placeholder = "_"

// repairs are ways to read a text that is being typed at the byte offset cursor, the most faithful first:
// as it stands, with a name after a lone point, and cut behind the cursor's name with all brackets closed.
// The text before the cursor stays where it is.
func repairs(text string, cursor int) []string {
	end := cursor + nameLength(text[cursor:])
	before, after := text[:end], text[end:]
	lone := end == cursor && strings.HasSuffix(strings.TrimRight(before, " \t"), ".")
	var found []string
	if lone {
		// Without a name the point would take the next line's.
		before += placeholder
		found = append(found, before+";"+after, before+after)
	} else {
		found = append(found, text)
	}
	closed := closers(before)
	return append(found, before+closed, before+placeholder+closed, before+" {}"+closed)
}

// nameLength is how many bytes of a name s begins with.
func nameLength(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		n += size
	}
	return n
}

// closers ends the string and closes the brackets that text leaves open.
func closers(text string) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	src := []byte(text)
	quote := ""
	s.Init(fset.AddFile("", -1, len(src)), src, func(_ token.Position, msg string) {
		switch {
		case strings.Contains(msg, "raw string literal not terminated"):
			quote = "`"
		case strings.Contains(msg, "string literal not terminated"):
			quote = `"`
		case strings.Contains(msg, "rune literal not terminated"):
			quote = "'"
		case strings.Contains(msg, "comment not terminated"):
			quote = "*/"
		}
	}, 0)
	var open []byte
	for {
		_, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			for i, j := 0, len(open)-1; i < j; i, j = i+1, j-1 {
				open[i], open[j] = open[j], open[i]
			}
			return quote + string(open)
		case token.LPAREN:
			open = append(open, ')')
		case token.LBRACK:
			open = append(open, ']')
		case token.LBRACE:
			open = append(open, '}')
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
}
