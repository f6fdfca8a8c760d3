package engine

import (
	"fmt"
	"strings"
)

// Error is the fault in one line, with its innermost place.
func (f *Fault) Error() string {
	if len(f.Places) == 0 {
		return fmt.Sprintf("%s: %s", f.Name, f.Message)
	}
	return fmt.Sprintf("%s: %s: %s", f.Places[0], f.Name, f.Message)
}

func (p Place) String() string {
	if p.Column == 0 {
		return fmt.Sprintf("%s, line %d", p.Cell, p.Line)
	}
	return fmt.Sprintf("%s, line %d, column %d", p.Cell, p.Line, p.Column)
}

// ANSI colours of a traceback: those that front ends show readably on light and on dark.
const (
	red   = "\x1b[1;31m"
	cyan  = "\x1b[36m"
	plain = "\x1b[0m"
)

// Traceback is what a front end shows of the fault: lines with ANSI colours, the
// message first, then every place with its source line and a caret. It is the one
// text that the wire, a saved notebook and a terminal share.
func (f *Fault) Traceback() []string {
	lines := []string{red + f.Name + plain + ": " + f.Message}
	for _, p := range f.Places {
		lines = append(lines, p.traceback()...)
	}
	for _, n := range f.Notes {
		lines = append(lines, cyan+"note"+plain+": "+n)
	}
	return lines
}

func (p Place) traceback() []string {
	head := cyan + p.String() + plain
	if p.Func != "" {
		head += ", in " + p.Func
	}
	if p.Message != "" {
		head += ": " + p.Message
	}
	if p.Text == "" {
		return []string{head}
	}
	number := fmt.Sprintf("%5d", p.Line)
	lines := []string{head, number + " | " + p.Text}
	if p.Column > 0 {
		lines = append(lines, strings.Repeat(" ", len(number))+" | "+p.indent()+red+"^"+plain)
	}
	return lines
}

// indent reaches to the place's column with blanks; tabs stay tabs, so that the caret
// stands right whatever a tab's width.
func (p Place) indent() string {
	var b strings.Builder
	for _, r := range p.Text[:min(p.Column-1, len(p.Text))] {
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}
