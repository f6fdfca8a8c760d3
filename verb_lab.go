package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"reprise/install"
	"reprise/notebooks"
	"reprise/notebooks/nb"
)

func verbLab() *cobra.Command {
	o := install.LabOptions{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	c := &cobra.Command{
		Use:   "lab [NOTEBOOK] [-- JUPYTERLAB_ARGUMENT...]",
		Short: "Open JupyterLab at the tutorial, with this kernel",
		Long: `Lab starts the JupyterLab on PATH at NOTEBOOK; without one, at the tutorial, which
it copies into reprise-notebooks unless this is a checkout. Where there is no JupyterLab, it makes a private Python environment with
pinned versions in your cache directory first, and says so. Nothing else is changed:
only this JupyterLab sees the kernel. ` + "`reprise install`" + ` is for all others.`,
		Example: `  reprise lab
  reprise lab paper.ipynb
  reprise lab --no-browser -- --port 9999`,
		RunE: func(c *cobra.Command, args []string) (err error) {
			dash := c.ArgsLenAtDash()
			if dash < 0 {
				dash = len(args)
			}
			o.Args = args[dash:]
			if dash > 1 {
				return fmt.Errorf("lab wants one notebook, got %d; arguments for JupyterLab go after --", dash)
			}
			if dash == 1 {
				o.Notebook = args[0]
			} else if o.Notebook, err = tutorial(); err != nil {
				return err
			}
			return install.Lab(c.Context(), o)
		},
	}
	c.Flags().BoolVar(&o.NoBrowser, "no-browser", false, "print the address instead of opening a browser")
	return c
}

// copies is where the tutorial goes when there is no checkout.
const copies = "reprise-notebooks"

// tutorial is the first notebook of the checkout that this is; elsewhere the notebooks are
// copied into a folder, where a person may change them.
func tutorial() (string, error) {
	if path := filepath.Join("notebooks", notebooks.Tutorial); exists(path) {
		return path, nil
	}
	if err := os.MkdirAll(copies, 0o755); err != nil {
		return "", err
	}
	entries, err := notebooks.Files.ReadDir(".")
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		path := filepath.Join(copies, e.Name())
		if exists(path) {
			continue // the person's own by now
		}
		data, err := notebooks.Files.ReadFile(e.Name())
		if err != nil {
			return "", err
		}
		if err := nb.WriteFile(path, data); err != nil {
			return "", err
		}
		fmt.Println("wrote " + path)
	}
	return filepath.Join(copies, notebooks.Tutorial), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
