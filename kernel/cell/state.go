package cell

import (
	"go/scanner"
	"go/token"
	"strings"
)

// A State says whether the text of a cell can be run as it stands.
// The names are those of Jupyter's is_complete_reply.
type State struct {
	Status string // Complete, Incomplete or Invalid
	Indent string // for Incomplete: what the next line should start with
}

const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
)

// IsComplete looks at the text alone: open brackets, strings, comments and
// statements that need more are incomplete, other syntax errors invalid.
func IsComplete(src string) State {
	segs := Split(src)
	if len(segs) > 0 && segs[0].Kind == CellMagic {
		if strings.HasSuffix(src, "\n\n") || !strings.Contains(strings.TrimRight(src, " \t"), "\n") && len(strings.Fields(src)) > 1 {
			return State{Status: Complete}
		}
		return State{Status: Incomplete}
	}
	if _, _, ok := Question(src); ok {
		return State{Status: Complete}
	}
	depth, open := unclosed(segs)
	if depth < 0 {
		return State{Status: Invalid}
	}
	if open || depth > 0 || depth == 0 && len(segs) > 0 && endsInComma(segs[len(segs)-1]) {
		return State{Incomplete, indent(src)}
	}
	f := token.NewFileSet()
	_, errs := parse(f, "", src)
	for _, e := range errs {
		if e.Offset < len(strings.TrimRight(src, " \t\r\n")) {
			return State{Status: Invalid}
		}
	}
	if len(errs) > 0 {
		return State{Incomplete, indent(src)}
	}
	return State{Status: Complete}
}

// unclosed counts the brackets left open, and reports a raw string or comment left open.
func unclosed(segs []Segment) (depth int, open bool) {
	for _, seg := range segs {
		if seg.Kind == Magic || seg.Kind == Shell {
			continue
		}
		var s scanner.Scanner
		file := token.NewFileSet().AddFile("", -1, len(seg.Text))
		s.Init(file, []byte(seg.Text), func(_ token.Position, msg string) {
			open = open || strings.HasPrefix(msg, "raw string") || strings.HasPrefix(msg, "comment not")
		}, 0)
		for tok := token.ILLEGAL; tok != token.EOF; {
			_, tok, _ = s.Scan()
			switch tok {
			case token.LPAREN, token.LBRACK, token.LBRACE:
				depth++
			case token.RPAREN, token.RBRACK, token.RBRACE:
				depth--
			}
		}
	}
	return depth, open
}

// indent is the white space of the last line, one step deeper behind an opening bracket.
func indent(src string) string {
	lines := strings.Split(strings.TrimRight(src, " \t\r\n"), "\n")
	last := strings.TrimRight(lines[len(lines)-1], " \t\r")
	in := last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	if strings.HasSuffix(last, "{") || strings.HasSuffix(last, "(") || strings.HasSuffix(last, "[") || strings.HasSuffix(last, ":") {
		in += deeper(in)
	}
	return in
}

// deeper is what the text is indented by already; if by nothing, spaces, since terminals show a tab that is typed as ^I.
func deeper(in string) string {
	if strings.HasPrefix(in, "\t") {
		return "\t"
	}
	return "    "
}
