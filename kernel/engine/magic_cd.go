package engine

import (
	"context"
	"os"
	"path/filepath"
	"strings"
)

func cdMagic() Magic {
	return Magic{
		Name:  "cd",
		Usage: "[directory]",
		Doc:   "Change the working directory and show it; without one, go home.",
		Run:   runCd,
	}
}

func runCd(_ context.Context, c *Call) (Outcome, error) {
	dir, err := expandHome(strings.Trim(c.Args, `"'`))
	if err == nil {
		err = os.Chdir(dir)
	}
	if err == nil {
		dir, err = os.Getwd()
	}
	if err != nil {
		return Outcome{}, c.misuse("%%cd: %v", err)
	}
	c.printf("%s\n", dir)
	return Outcome{}, nil
}

// expandHome resolves ~ as a shell does; no path at all is home too.
func expandHome(path string) (string, error) {
	if path != "" && path != "~" && !strings.HasPrefix(path, "~/") {
		return path, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, strings.TrimPrefix(path, "~")), err
}
