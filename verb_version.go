package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func verbVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of reprise, Go and the libraries that cells see",
		Example: "  reprise version",
		Args:    noArguments,
		RunE: func(c *cobra.Command, args []string) error {
			var out printed
			fmt.Fprintf(&out, "reprise %s, %s, %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			info, _ := debug.ReadBuildInfo()
			for _, m := range shownModules {
				fmt.Fprintf(&out, "  %s %s\n", m, moduleVersion(info, m))
			}
			return out.failed()
		},
	}
}

// shownModules are the libraries whose version can matter to a cell's result.
var shownModules = []string{"github.com/traefik/yaegi", "github.com/go-gota/gota", "gonum.org/v1/gonum", "gonum.org/v1/plot"}

// version is the commit that the program was built from, or the module's version.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return "devel"
}

func moduleVersion(info *debug.BuildInfo, path string) string {
	if info != nil {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "not linked"
}
