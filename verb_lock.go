package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

func verbLock() *cobra.Command {
	return &cobra.Command{
		Use:   "lock [NOTEBOOK]",
		Short: "Write what results depend on into a notebook: versions, arithmetic, machine",
		Long: `Lock prints what the results of this program depend on besides the notebook: the Go
of the cells, the versions of the modules that cells see, the version of nnlib's
algorithms and the canary, a digest of the arithmetic; and the machine, which must
not matter. With NOTEBOOK, it writes that into the notebook's metadata too, and with it
the ledger that a Jupyter client has left beside the notebook, so that it can be
passed on alone.

Verify compares it with the program and the machine that it runs on and says what
differs. Runs leave a lock alone; lock the notebook again after an upgrade.`,
		Example: `  reprise lock
  reprise lock paper.ipynb`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("lock wants one notebook or none, got %d arguments; see `reprise lock --help`", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			l := ledger.Locked{Lock: *locked(), Machine: *machine()}
			l.Machine.Host = "" // a notebook is passed around; names of machines are nobody's business
			text, err := json.MarshalIndent(l, "", "  ")
			if err != nil {
				return err
			}
			if len(args) == 1 {
				if err := writeLock(args[0], l); err != nil {
					return err
				}
			}
			var out printed
			fmt.Fprintln(&out, string(text))
			return out.failed()
		},
	}
}

func writeLock(path string, l ledger.Locked) error {
	book, err := nb.ReadFile(path)
	if err != nil {
		return err
	}
	if err := wantGo(book, path); err != nil {
		return err
	}
	found, err := runner.Ledger(book, path)
	if err != nil {
		return exit{exitFailed, err}
	}
	sayDoubts(found)
	if found.Path != "" {
		if err := keepLedger(book, found.Records); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "the ledger in %s is in the notebook now\n", found.Path)
	}
	ledger.StoreLock(book.Metadata, l)
	if book.Metadata["reprise"], err = nb.Value(book.Metadata["reprise"]); err != nil {
		return err
	}
	if err := book.WriteFile(path); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "wrote the lock into "+path)
	return nil
}
