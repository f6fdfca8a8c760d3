//go:build unix

package engine

import (
	"os/exec"
	"syscall"
)

// startTree gives the command a process group of its own, so that stopTree reaches what it starts.
func startTree(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func stopTree(cmd *exec.Cmd) error {
	return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
