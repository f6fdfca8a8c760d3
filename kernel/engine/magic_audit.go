package engine

import (
	"context"

	"reprise/kernel/ledger"
)

func auditMagic() Magic {
	return Magic{
		Name:  "audit",
		Usage: "[off | on]",
		Doc: "List the cells that may give something else next time, and why: the clock, randomness without a seed, the environment, the network, files that changed, what is left to the scheduler. " +
			"Cells say so below themselves; %audit off ends that, %audit on brings it back.",
		Run: runAudit,
	}
}

func runAudit(_ context.Context, c *Call) (Outcome, error) {
	switch c.Args {
	case "off", "on":
		c.Engine.quiet = c.Args == "off"
		return Outcome{}, nil
	case "":
	default:
		return Outcome{}, c.misuse("%%audit wants nothing, off or on, got %q", c.Args)
	}
	found := false
	for _, x := range c.Engine.memory.list {
		for _, n := range x.facts.Notes {
			found = true
			c.printf("%s: %s\n", x.cell.Name, n.Sentence())
		}
	}
	if !found {
		c.printf("nothing: every cell that ran gives the same again\n")
	}
	return Outcome{}, nil
}

// note enters what the magic itself does into the ledger. It is not said below the cell:
// the magic says it.
func (c *Call) note(kind string) {
	written := Magic{Name: c.Name, Cell: c.IsCell}.String()
	if f := c.Engine.rt.facts(); f != nil {
		f.note(ledger.Note{Kind: kind, Name: written, Line: c.Line}, true)
	}
}
