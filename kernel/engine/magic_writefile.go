package engine

import (
	"context"
	"errors"
	"os"
	"strings"
)

func writefileMagic() Magic {
	return Magic{
		Name:  "writefile",
		Usage: "[-a] file",
		Doc:   "Write the cell to a file; with -a, append it.",
		Cell:  true,
		Run:   runWritefile,
	}
}

func runWritefile(_ context.Context, c *Call) (Outcome, error) {
	name, appends := strings.CutPrefix(c.Args, "-a ")
	name = strings.Trim(strings.TrimSpace(name), `"'`)
	if name == "" || name == "-a" {
		return Outcome{}, c.misuse("%%%%writefile wants a file name: %%%%writefile model.go")
	}
	path, err := expandHome(name)
	if err != nil {
		return Outcome{}, c.misuse("%%%%writefile: %v", err)
	}
	word, flag := "writing", os.O_TRUNC // also over an older file: a notebook that runs again shows the same
	if appends {
		word, flag = "appending to", os.O_APPEND
	}
	c.Engine.rt.writeFile(path)
	if err := writeTo(path, flag, c.Body); err != nil {
		return Outcome{}, c.misuse("%%%%writefile: %v", err)
	}
	c.printf("%s %s\n", word, name)
	return Outcome{}, nil
}

func writeTo(path string, flag int, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flag, 0o666)
	if err != nil {
		return err
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
