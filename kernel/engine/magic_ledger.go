package engine

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"reprise/kernel/ledger"
)

func ledgerMagic() Magic {
	return Magic{
		Name:  "ledger",
		Usage: "[cell number]",
		Doc: "Tell what cells depended on: seeds, random numbers by stream, files, the clock, other cells. " +
			"Without a number, one line for each cell of the session; with one, all that is known of the cell's last execution.",
		Run: runLedger,
	}
}

func runLedger(_ context.Context, c *Call) (Outcome, error) {
	list := c.Engine.memory.list
	if c.Args == "" {
		if len(list) == 0 {
			c.printf("no cell has run in this worker yet\n")
		}
		for _, x := range list {
			c.printf("%s: %s\n", x.cell.Name, x.summary())
		}
		return Outcome{}, nil
	}
	n, err := strconv.Atoi(strings.Trim(c.Args, "[]"))
	if err != nil {
		return Outcome{}, c.misuse("%%ledger wants the number of a cell, as its prompt shows it, got %q", c.Args)
	}
	name := fmt.Sprintf("cell [%d]", n)
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].cell.Name == name {
			c.printf("%s", list[i].describe())
			return Outcome{}, nil
		}
	}
	return Outcome{}, c.misuse("%s has not run in this worker; %%ledger lists those that have", name)
}

// summary is an execution in one line.
func (x *execution) summary() string {
	var parts []string
	if n := ledger.Total(x.facts.Draws); n > 0 {
		parts = append(parts, "drew "+draws(x.facts.Draws))
	}
	if n := len(x.facts.Files); n > 0 {
		parts = append(parts, "used "+plural(n, "file"))
	}
	if kinds := x.kinds(); len(kinds) > 0 {
		parts = append(parts, "may differ next time ("+strings.Join(kinds, ", ")+")")
	}
	if x.running > 0 {
		parts = append(parts, "left "+plural(x.running, "goroutine")+" running")
	}
	if !x.ok {
		parts = append(parts, "failed")
	}
	if parts == nil {
		return "nothing from outside"
	}
	return strings.Join(parts, "; ")
}

// kinds lists the kinds of the notes, each once.
func (x *execution) kinds() []string {
	var kinds []string
	seen := map[string]bool{}
	for _, n := range x.facts.Notes {
		if !seen[n.Kind] {
			seen[n.Kind] = true
			kinds = append(kinds, n.Kind)
		}
	}
	return kinds
}

// draws says how much was drawn from where; of many streams, from the first three.
func draws(list []ledger.Draw) string {
	var parts []string
	for i, d := range list {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("and from %d more", len(list)-i))
			break
		}
		each := ""
		if strings.Contains(d.Stream, "{") {
			each = " each"
		}
		unit := ""
		if i == 0 {
			unit = " words"
		}
		parts = append(parts, fmt.Sprintf("%d%s%s from %s", d.Draws, unit, each, d.Name()))
	}
	return strings.Join(parts, ", ")
}

// describe is all that is known of an execution.
func (x *execution) describe() string {
	var b strings.Builder
	f := x.facts
	fmt.Fprintf(&b, "%s, sha256 %.12s\n", x.cell.Name, ledger.Digest(x.cell.Source))
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-9s %s\n", name, fmt.Sprintf(format, args...))
	}
	row("seed", "%d", f.Seed)
	if len(f.Roots) > 0 {
		row("sets", "seed %s", strings.Join(f.Roots, ", "))
	}
	for _, d := range f.Draws {
		row("drew", "%d words of 32 bits from %s", d.Draws, d.Name())
	}
	for _, x := range f.Files {
		row(x.Mode, "%s, sha256 %.12s", x.Path, orNone(x.Hash))
	}
	for _, name := range sortedNames(f.Reads) {
		row("uses", "%s, version %.12s", name, orNone(f.Reads[name]))
	}
	if len(f.Writes) > 0 {
		row("gives", "%s, version %.12s", strings.Join(f.Writes, ", "), f.Version)
	}
	if len(f.Packages) > 0 {
		row("packages", "%s", strings.Join(f.Packages, ", "))
	}
	for _, path := range sortedNames(f.Modules) {
		row("fetched", "%s@%s", path, f.Modules[path])
	}
	if x.running > 0 {
		row("running", "%s", plural(x.running, "goroutine"))
	}
	for _, n := range f.Notes {
		row("note", "%s; its output may differ next time", n.Sentence())
	}
	return b.String()
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
