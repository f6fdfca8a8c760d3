package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"reprise/kernel/cell"
)

// A Magic is a line or a cell that is not Go.
type Magic struct {
	Name  string // without %
	Usage string // what may follow the name
	Doc   string // the first sentence stands in the table of %help
	Cell  bool   // %%: the rest of the cell is the magic's
	Run   func(ctx context.Context, c *Call) (Outcome, error)
}

// A Call is one use of a magic.
type Call struct {
	Engine *Engine
	Name   string // "time"; "!" for a shell line
	Args   string // rest of the line
	Body   string // for %%: all lines after the first
	IsCell bool   // %%name rather than %name
	Cell   Cell   // the whole cell
	Line   int    // line of the magic in the cell, from 1
	Out    Output
	seeds  *seeds // of the whole cell
}

// Magics returns all magics, in the order in which %help shows them.
func Magics() []Magic {
	return []Magic{
		helpMagic(),
		seedMagic(),
		seedCellMagic(),
		replayMagic(),
		ledgerMagic(),
		auditMagic(),
		workersMagic(),
		timeMagic(),
		timeCellMagic(),
		timeitMagic(),
		whoMagic(),
		resetMagic(),
		shellMagic(),
		bashMagic(),
		envMagic(),
		cdMagic(),
		loadMagic(),
		getMagic(),
		writefileMagic(),
		htmlMagic(),
		markdownMagic(),
		svgMagic(),
	}
}

// String is the magic as one writes it.
func (m Magic) String() string {
	switch {
	case m.Name == "!":
		return "!"
	case m.Cell:
		return "%%" + m.Name
	}
	return "%" + m.Name
}

// Summary is the first sentence of the magic's documentation.
func (m Magic) Summary() string {
	s, _, _ := strings.Cut(m.Doc, ". ")
	return strings.TrimSuffix(s, ".")
}

// runMagic runs one magic of a cell. A fault without a place gets the magic's own.
func (e *Engine) runMagic(ctx context.Context, c *Call) (Outcome, error) {
	m, err := findMagic(c)
	var o Outcome
	if err == nil {
		o, err = m.Run(ctx, c)
	}
	var f *Fault
	if errors.As(err, &f) && len(f.Places) == 0 {
		f.Places = []Place{{Cell: c.Cell.Name, Line: c.Line, Text: c.line()}}
	}
	return o, err
}

func findMagic(c *Call) (Magic, error) {
	for _, m := range Magics() {
		if m.Name == c.Name && m.Cell == c.IsCell {
			return m, nil
		}
	}
	written := Magic{Name: c.Name, Cell: c.IsCell}.String()
	f := &Fault{Name: "UnknownMagic", Message: "there is no magic " + written}
	if near := nearestMagic(c.Name, c.IsCell); near != "" {
		f.Notes = append(f.Notes, "did you mean "+near+"?")
	}
	f.Notes = append(f.Notes, "%help lists all magics")
	return Magic{}, f
}

// nearestMagic finds what was meant: the same name in the other form, or one that differs in a few letters.
func nearestMagic(name string, whole bool) string {
	best, found := 3+boolInt(len(name) > 8), ""
	for _, m := range Magics() {
		d := 2*cell.Distance(strings.ToLower(name), m.Name) + boolInt(m.Cell != whole)
		if d < 2*best && (found == "" || d < best*2) {
			best, found = (d+1)/2, m.String()
		}
	}
	return found
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// line is the magic's own line.
func (c *Call) line() string {
	lines := strings.Split(c.Cell.Source, "\n")
	if c.Line < 1 || c.Line > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[c.Line-1], "\r")
}

// misuse is the fault of a magic that was called wrongly.
func (c *Call) misuse(format string, args ...any) error {
	return &Fault{Name: "MagicError", Message: fmt.Sprintf(format, args...)}
}

// printf prints below the cell.
func (c *Call) printf(format string, args ...any) {
	c.Out.Stream(Stdout, fmt.Sprintf(format, args...))
}

// runBody runs what stands below a %% line, at the place where it stands in the cell.
func (c *Call) runBody(ctx context.Context) (Outcome, error) {
	below := c.Cell
	below.Source = strings.Repeat("\n", c.Line) + c.Body
	return c.Engine.runParts(ctx, below, c.Out, c.seeds)
}

// runArgs runs what stands behind the magic's name, at its place.
func (c *Call) runArgs(ctx context.Context) (Outcome, error) {
	return c.Engine.RunGo(ctx, c.goArgs(c.Args), c.Out)
}

// goArgs is the Go in the magic's own line, at its place.
func (c *Call) goArgs(code string) Cell {
	cell := c.Cell
	at := max(0, strings.LastIndex(c.line(), code))
	cell.Source = strings.Repeat("\n", max(0, c.Line-1)) + strings.Repeat(" ", at) + code
	return cell
}
