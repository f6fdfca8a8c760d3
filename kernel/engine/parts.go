package engine

import (
	"strings"

	"reprise/kernel/cell"
)

// A part is Go text, with the line breaks of what stands above it, or a magic.
type part struct {
	text  string
	magic *Call
}

// parts cuts a cell at its magics.
func parts(src string) []part {
	var ps []part
	start, goText := 0, false
	flush := func(end int) {
		if goText {
			ps = append(ps, part{text: strings.Repeat("\n", strings.Count(src[:start], "\n")) + src[start:end]})
		}
		goText = false
	}
	for _, seg := range cell.Split(src) {
		switch seg.Kind {
		case cell.Magic, cell.CellMagic, cell.Shell:
			flush(seg.Offset)
			start = seg.Offset + len(seg.Text)
			ps = append(ps, part{magic: parseMagic(seg, 1+strings.Count(src[:seg.Offset], "\n"))})
		case cell.Blank:
		default:
			goText = true
		}
	}
	flush(len(src))
	return ps
}

// parseMagic reads "%name args", "!command", or "%%name args" with the lines below it.
func parseMagic(seg cell.Segment, line int) *Call {
	head, body := seg.Text, ""
	if seg.Kind == cell.CellMagic {
		head, body, _ = strings.Cut(seg.Text, "\n")
	}
	head = strings.TrimSpace(strings.ReplaceAll(head, "\\\n", " "))
	c := &Call{Body: body, Line: line, IsCell: seg.Kind == cell.CellMagic}
	if seg.Kind == cell.Shell {
		c.Name, c.Args = "!", strings.TrimSpace(head[1:])
		return c
	}
	c.Name, c.Args, _ = strings.Cut(strings.TrimLeft(head, "%"), " ")
	c.Args = strings.TrimSpace(c.Args)
	return c
}
