package engine

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"reprise/kernel/ledger"
)

func shellMagic() Magic {
	return Magic{
		Name:  "!",
		Usage: "command",
		Doc:   "Run a command in the system's shell and show what it prints. A command that fails stops the cell.",
		Run: func(ctx context.Context, c *Call) (Outcome, error) {
			if c.Args == "" {
				return Outcome{}, c.misuse("! wants a command: !ls")
			}
			if runtime.GOOS == "windows" {
				return Outcome{}, c.command(ctx, "", "cmd", "/c", c.Args)
			}
			return Outcome{}, c.command(ctx, "", "sh", "-c", c.Args)
		},
	}
}

func bashMagic() Magic {
	return Magic{
		Name: "bash",
		Doc:  "Run the cell as a script in bash and show what it prints. A script that fails stops the notebook.",
		Cell: true,
		Run: func(ctx context.Context, c *Call) (Outcome, error) {
			args := append([]string{"bash", "-s", "--"}, strings.Fields(c.Args)...)
			return Outcome{}, c.command(ctx, c.Body, args...)
		},
	}
}

// command runs a program with its output below the cell. It ends with the cell, and
// with it what it has started.
func (c *Call) command(ctx context.Context, stdin string, args ...string) error {
	c.note(ledger.Process)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Stdout, cmd.Stderr = stream{c.Out, Stdout}, stream{c.Out, Stderr}
	cmd.Cancel = func() error { return stopTree(cmd) }
	// A command left in the background may hold the pipes open: it isn't waited for.
	cmd.WaitDelay = 500 * time.Millisecond
	startTree(cmd)
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return &Fault{Name: "Interrupted", Message: "the command was stopped"}
	case errors.Is(err, exec.ErrWaitDelay):
		return nil
	case errors.As(err, &exit):
		return &Fault{Name: "CommandFailed", Message: fmt.Sprintf("%s: %s", args[0], exit)}
	case errors.Is(err, exec.ErrNotFound):
		return &Fault{Name: "CommandFailed", Message: args[0] + " is not installed, or not on PATH"}
	case err != nil:
		return &Fault{Name: "CommandFailed", Message: err.Error()}
	}
	return nil
}

// A stream is one of a cell's streams as an io.Writer.
type stream struct {
	out  Output
	name string
}

func (s stream) Write(p []byte) (int, error) {
	s.out.Stream(s.name, string(p))
	return len(p), nil
}
