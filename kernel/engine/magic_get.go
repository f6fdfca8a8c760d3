package engine

import (
	"context"
	"fmt"
	"strings"

	"reprise/kernel/ledger"
	"reprise/kernel/modules"
)

func getMagic() Magic {
	return Magic{
		Name:  "get",
		Usage: "[module@version ...]",
		Doc: "Fetch Go modules, so that cells can import their packages; alone, list those that are there. " +
			"The go command fetches them, from the module cache or the network, and checks them against the checksum database. " +
			"Their source is interpreted: plain Go works, C and assembly without a Go twin do not. " +
			"Without a version the latest is taken, and told, for the next run to have the same.",
		Run: runGet,
	}
}

func runGet(ctx context.Context, c *Call) (Outcome, error) {
	queries := strings.Fields(c.Args)
	if len(queries) == 0 {
		for _, m := range c.Engine.modules.All() {
			c.printf("%s@%s\n", m.Path, m.Version)
		}
		return Outcome{}, nil
	}
	for _, q := range queries {
		if strings.HasPrefix(q, "-") || strings.HasSuffix(q, "@none") {
			return Outcome{}, c.misuse("%%get wants modules: %%get github.com/rivo/uniseg@v0.4.7")
		}
		got, err := c.Engine.modules.Get(ctx, q)
		if err != nil {
			if ctx.Err() != nil {
				return Outcome{}, &Fault{Name: "Interrupted", Message: "the cell was interrupted"}
			}
			return Outcome{}, &Fault{Name: "GetError", Message: err.Error()}
		}
		if path, _, _ := strings.Cut(q, "@"); got.Name != "" {
			c.Engine.pkg.Offer(got.Name, path)
		}
		c.got(q, got)
		c.printf("%s", gotText(q, got))
	}
	return Outcome{}, nil
}

// got enters the versions that were fetched into the ledger, and that the text does not tell which.
func (c *Call) got(query string, m modules.Got) {
	f := c.Engine.rt.facts()
	if f == nil {
		return
	}
	f.modules(c.Engine.modules.All())
	if !strings.HasSuffix(query, "@"+m.Version) {
		f.note(ledger.Note{Kind: ledger.Latest, Name: "%get " + query, Line: c.Line}, true)
	}
}

// gotText says what was got, and what can be imported now.
func gotText(query string, m modules.Got) string {
	s, packages := fmt.Sprintf("got %s@%s", m.Path, m.Version), m.Packages
	if !strings.Contains(query, "@") {
		s += fmt.Sprintf("; write %%get %s@%s to have it again", query, m.Version)
	}
	if len(packages) != 1 || packages[0] != m.Path {
		const most = 8
		list := packages[:min(len(packages), most)]
		s += "\npackages: " + strings.Join(list, " ")
		if n := len(packages) - len(list); n > 0 {
			s += fmt.Sprintf(" and %d more", n)
		}
	}
	return s + "\n"
}
