package engine

import (
	"context"
	"fmt"
	"strings"

	"reprise/kernel/display"
)

func helpMagic() Magic {
	return Magic{
		Name:  "help",
		Usage: "[magic or Go name]",
		Doc:   "List the magics, or tell about one of them or about a Go name: %help seed, %help strings.Cut.",
		Run:   func(ctx context.Context, c *Call) (Outcome, error) { return runHelp(ctx, c) },
	}
}

func runHelp(ctx context.Context, c *Call) (Outcome, error) {
	if c.Args == "" {
		c.Out.Display(helpTable(), "", false)
		return Outcome{}, nil
	}
	if found := magicsNamed(c.Args); len(found) > 0 {
		var text []string
		for _, m := range found {
			text = append(text, m.help())
		}
		c.printf("%s", strings.Join(text, "\n"))
		return Outcome{}, nil
	}
	b, ok, err := c.Engine.Inspect(ctx, c.Args, len(c.Args), 1)
	if err != nil {
		return Outcome{}, err
	}
	if !ok {
		return Outcome{}, c.misuse("nothing is known about %s; %%help lists the magics", c.Args)
	}
	c.Out.Display(b, "", false)
	return Outcome{}, nil
}

// magicsNamed returns the line magic and the cell magic of a name, which may be written with its percent signs.
func magicsNamed(name string) []Magic {
	var found []Magic
	for _, m := range Magics() {
		if m.String() == name || m.Name == name {
			found = append(found, m)
		}
	}
	return found
}

// usage is the magic with what may follow it.
func (m Magic) usage() string { return strings.TrimSpace(m.String() + " " + m.Usage) }

func (m Magic) help() string { return fmt.Sprintf("%s\n    %s\n", m.usage(), m.Doc) }

func helpTable() display.Bundle {
	var text, md strings.Builder
	md.WriteString("| magic | what it does |\n|---|---|\n")
	for _, m := range Magics() {
		fmt.Fprintf(&text, "%-32s %s\n", m.usage(), m.Summary())
		fmt.Fprintf(&md, "| `%s` | %s |\n", strings.ReplaceAll(m.usage(), "|", `\|`), m.Summary())
	}
	return display.Bundle{Data: map[string]any{display.Text: text.String(), display.Markdown: md.String()}}
}
