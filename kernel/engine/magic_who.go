package engine

import (
	"context"
	"fmt"
	"go/types"
	"strings"
	"text/tabwriter"
)

func whoMagic() Magic {
	return Magic{
		Name:  "who",
		Usage: "[var | const | func | type]",
		Doc:   "List what the notebook has declared, with types and the cells they come from.",
		Run:   runWho,
	}
}

func runWho(_ context.Context, c *Call) (Outcome, error) {
	kinds := map[string]bool{"": true, "var": true, "const": true, "func": true, "type": true}
	if !kinds[c.Args] {
		return Outcome{}, c.misuse("%%who knows var, const, func and type, got %q", c.Args)
	}
	p := c.Engine.Package()
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	n := 0
	for _, name := range p.Names() {
		o := p.Lookup(name)
		if o == nil || c.Args != "" && kindOf(o) != c.Args {
			continue
		}
		cell, _ := p.Source(name)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", name, kindOf(o), shortType(o), cell)
		n++
	}
	w.Flush() // a Builder takes everything
	if n == 0 {
		table.WriteString("nothing is declared\n")
	}
	c.printf("%s", table.String())
	return Outcome{}, nil
}

func kindOf(o types.Object) string {
	switch o.(type) {
	case *types.Const:
		return "const"
	case *types.Func:
		return "func"
	case *types.TypeName:
		return "type"
	}
	return "var"
}

// shortType is the object's type as the notebook writes it; of a type, what it is made of. Long ones are cut.
func shortType(o types.Object) string {
	t := o.Type()
	if _, ok := o.(*types.TypeName); ok {
		t = t.Underlying()
	}
	text := types.TypeString(t, packageName)
	if _, ok := o.(*types.Func); ok {
		text = strings.TrimPrefix(text, "func")
	}
	if r := []rune(text); len(r) > 60 {
		text = string(r[:59]) + "…"
	}
	return text
}

// packageName is how cells write a package in front of a name; the notebook's own has none.
func packageName(p *types.Package) string {
	if p.Path() == "main" {
		return ""
	}
	return p.Name()
}
