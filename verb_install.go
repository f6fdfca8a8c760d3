package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"reprise/install"
)

func verbInstall() *cobra.Command {
	var o install.Options
	c := &cobra.Command{
		Use:   "install",
		Short: "Add the kernel to the JupyterLab that you have",
		Long: `Install copies this program into a Jupyter kernelspec, where JupyterLab, VS Code,
nbclient, nbconvert and jupyter console find it. Doing it again replaces it.`,
		Example: `  reprise install
  reprise install --sys-prefix
  reprise install --prefix /opt/jupyter --name reprise-dev --display-name "Go (dev)"`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			r, err := install.Install(o)
			if err != nil {
				return err
			}
			fmt.Println("installed " + r.Dir)
			return nil
		},
	}
	placeFlags(c, &o)
	c.Flags().StringVar(&o.DisplayName, "display-name", install.DefaultDisplayName, "what front ends show")
	return c
}

func verbUninstall() *cobra.Command {
	var o install.Options
	c := &cobra.Command{
		Use:     "uninstall",
		Short:   "Take the kernel away again",
		Long:    "Uninstall removes what `reprise install` with the same flags put there.",
		Example: "  reprise uninstall\n  reprise uninstall --name reprise-dev",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			r, err := install.Uninstall(o)
			if err != nil {
				return err
			}
			fmt.Println("removed " + r.Dir)
			return nil
		},
	}
	placeFlags(c, &o)
	return c
}

// placeFlags say which kernelspec is meant.
func placeFlags(c *cobra.Command, o *install.Options) {
	c.Flags().Bool("user", true, "for the current user; this is the default")
	c.Flags().BoolVar(&o.SysPrefix, "sys-prefix", false, "in the Python environment that is active")
	c.Flags().StringVar(&o.Prefix, "prefix", "", "in `DIR`/share/jupyter")
	c.Flags().StringVar(&o.Name, "name", install.DefaultName, "the kernelspec's name")
	c.MarkFlagsMutuallyExclusive("user", "sys-prefix", "prefix")
}
