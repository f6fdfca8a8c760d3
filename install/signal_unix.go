//go:build !windows

package install

import (
	"os"
	"syscall"
)

var stopSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}

// terminate asks JupyterLab to stop its kernels and end.
const terminate = syscall.SIGTERM

// alive reports whether a process exists.
func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }
