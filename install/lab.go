package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// LabOptions says what Lab opens.
type LabOptions struct {
	Notebook  string   // the file to open; empty: the current directory
	NoBrowser bool     // print the address instead of opening a browser
	Args      []string // more arguments for JupyterLab
	CacheDir  string   // where a private JupyterLab goes; empty: the user's cache directory
	Program   string   // the kernel's binary; empty: the running one
	Stdin     io.Reader
	Stdout    io.Writer
	Stderr    io.Writer // also hears of the set-up's progress
}

// farewell is how long JupyterLab may take to stop its kernels and end.
const farewell = 15 * time.Second

// Lab runs JupyterLab with our kernel in it, until it ends, or until Ctrl-C or
// the end of ctx stops it. Nothing is installed: the kernelspec lies in a
// temporary directory that only this JupyterLab is told of.
func Lab(ctx context.Context, o LabOptions) error {
	if o.Notebook != "" {
		if _, err := os.Stat(o.Notebook); err != nil {
			return fmt.Errorf("install: no notebook to open: %w", err)
		}
	}
	ctx, stop := signal.NotifyContext(ctx, stopSignals...)
	defer stop()
	lab, err := o.lab(ctx)
	if err != nil {
		return err
	}
	data, err := temporarySpec(o.Program)
	if err != nil {
		return err
	}
	defer os.RemoveAll(data)
	return o.run(ctx, lab, data)
}

// lab finds JupyterLab, or sets a private one up.
func (o LabOptions) lab(ctx context.Context) ([]string, error) {
	lab, err := FindLab(ctx)
	if err == nil {
		return lab, nil
	}
	cache := o.CacheDir
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("install: JupyterLab is missing, and there is no cache directory to set it up in: %w", err)
		}
		cache = filepath.Join(user, "reprise")
	}
	return PrivateLab(ctx, cache, func(line string) {
		if o.Stderr != nil {
			fmt.Fprintln(o.Stderr, line)
		}
	})
}

func (o LabOptions) run(ctx context.Context, lab []string, data string) error {
	// With answer_yes the first Ctrl-C stops it; on a terminal it arrives there
	// directly, as JupyterLab is in our process group.
	args := append(lab[1:len(lab):len(lab)], "--ServerApp.answer_yes=True")
	if o.NoBrowser {
		args = append(args, "--no-browser")
	}
	args = append(args, o.Args...)
	if o.Notebook != "" {
		args = append(args, o.Notebook)
	}
	cmd := exec.CommandContext(ctx, lab[0], args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = o.Stdin, o.Stdout, o.Stderr
	cmd.Env = append(os.Environ(), "JUPYTER_PATH="+joinPath(data, os.Getenv("JUPYTER_PATH")))
	cmd.Cancel = func() error { return cmd.Process.Signal(terminate) }
	cmd.WaitDelay = farewell
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil // it was asked to stop
	}
	if err != nil {
		return fmt.Errorf("install: %s: %w", strings.Join(lab, " "), err)
	}
	return nil
}

func joinPath(first, rest string) string {
	if rest == "" {
		return first
	}
	return first + string(os.PathListSeparator) + rest
}

// temporarySpec makes a data directory with our kernelspec for program.
func temporarySpec(program string) (data string, err error) {
	if program == "" {
		if program, err = os.Executable(); err != nil {
			return "", fmt.Errorf("install: cannot find the running program: %w", err)
		}
	}
	if data, err = os.MkdirTemp("", "reprise-lab-*"); err != nil {
		return "", fmt.Errorf("install: no temporary directory: %w", err)
	}
	dir := filepath.Join(data, "kernels", DefaultName)
	if err = os.MkdirAll(dir, 0o755); err == nil {
		_, err = writeSpec(dir, program, DefaultDisplayName)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("install: cannot write the kernelspec: %w", err), os.RemoveAll(data))
	}
	return data, nil
}

// FindLab returns the command of the JupyterLab that is there: jupyter-lab on
// PATH, or else the module jupyterlab of the Python on PATH.
func FindLab(ctx context.Context) ([]string, error) {
	if path, err := exec.LookPath("jupyter-lab"); err == nil {
		return []string{path}, nil
	}
	python, err := findPython()
	if err != nil {
		return nil, fmt.Errorf("install: no jupyter-lab and %w", err)
	}
	const ask = "import importlib.util, sys; sys.exit(importlib.util.find_spec('jupyterlab') is None)"
	if err := exec.CommandContext(ctx, python, "-c", ask).Run(); err != nil {
		return nil, fmt.Errorf("install: no jupyter-lab on PATH, and %s has no jupyterlab; `pip install jupyterlab` adds it", python)
	}
	return []string{python, "-m", "jupyterlab"}, nil
}
