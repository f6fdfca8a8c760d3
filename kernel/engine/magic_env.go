package engine

import (
	"context"
	"os"
	"slices"
	"strings"

	"reprise/kernel/ledger"
)

func envMagic() Magic {
	return Magic{
		Name:  "env",
		Usage: "[name | name=value]",
		Doc:   "List the environment variables, show one, or set one.",
		Run:   runEnv,
	}
}

func runEnv(_ context.Context, c *Call) (Outcome, error) {
	name, value, set := strings.Cut(c.Args, "=")
	name = strings.TrimSpace(name)
	switch {
	case c.Args == "":
		c.note(ledger.Env)
		all := os.Environ()
		slices.Sort(all)
		c.printf("%s\n", strings.Join(all, "\n"))
	case set:
		if err := os.Setenv(name, strings.TrimSpace(value)); err != nil {
			return Outcome{}, c.misuse("%%env %s: %v", c.Args, err)
		}
		c.Engine.setsEnv(name)
	default:
		if !c.Engine.knowsEnv(name) {
			c.note(ledger.Env)
		}
		value, ok := os.LookupEnv(name)
		if !ok {
			return Outcome{}, c.misuse("the environment variable %s is not set; set it with %%env %s=value", name, name)
		}
		c.printf("%s\n", value)
	}
	return Outcome{}, nil
}
