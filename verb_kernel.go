package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"reprise/kernel"
	"reprise/kernel/wire"
)

func verbKernel() *cobra.Command {
	return &cobra.Command{
		Use:   "kernel CONNECTION_FILE",
		Short: "Serve a Jupyter client; JupyterLab starts this by itself",
		Long: `Kernel reads the ports and the key from CONNECTION_FILE, as a Jupyter client
writes it, and serves until the client ends it. You rarely type this: after
` + "`reprise install`" + ` JupyterLab, VS Code, nbclient and jupyter console do it.`,
		Example: "  reprise kernel /run/user/1000/jupyter/kernel-1.json",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("kernel wants one connection file, got %d arguments; in JupyterLab choose Go (reprise) instead", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := wire.ReadConnection(args[0]); err != nil {
				return err // before a worker is started for nothing
			}
			log := slog.New(slog.NewTextHandler(os.Stderr, nil))
			e := kernel.Starting(func() (kernel.Engine, error) { return startWorker(c.Context(), "", nil) })
			o := kernel.Options{
				Info:     kernel.Info{Version: version(), GoVersion: languageVersion, Banner: banner()},
				History:  history(log),
				Notebook: notebookPath(), Lock: locked(), Machine: machine(),
				Log: log,
			}
			// This process hands messages on, from goroutine to goroutine. With more processors each
			// hand-over wakes a thread, which costs more than the work; and with one, messages that
			// follow each other at once leave in one write. The cells' process has them all.
			runtime.GOMAXPROCS(1)
			return kernel.Main(c.Context(), args[0], e, o)
		},
	}
}

// notebookPath is the notebook that this kernel was started for, as far as its client tells:
// Jupyter servers set JPY_SESSION_NAME, papermill PAPERMILL_OUTPUT_PATH. Others tell nothing.
func notebookPath() string {
	for _, name := range []string{"JPY_SESSION_NAME", "PAPERMILL_OUTPUT_PATH"} {
		path := os.Getenv(name)
		if filepath.Ext(path) != ".ipynb" {
			continue
		}
		if !filepath.IsAbs(path) {
			path = filepath.Base(path) // of the server's root; a kernel's folder is its notebook's
		}
		if info, err := os.Stat(filepath.Dir(path)); err == nil && info.IsDir() {
			return path
		}
	}
	return ""
}

// history lasts over sessions, unless there is no place for it.
func history(log *slog.Logger) kernel.History {
	path, err := kernel.DefaultHistoryFile()
	if err != nil {
		log.Warn("the history is kept for this session only", "reason", err)
		return nil
	}
	return kernel.NewFileHistory(path, log)
}

func banner() string {
	return fmt.Sprintf("Reprise %s: Go %s in a notebook, seeded with 1. %%help lists the magics.", version(), languageVersion)
}
