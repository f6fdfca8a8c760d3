//go:build unix

package worker

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// inherit passes the pipes' ends as file descriptors 3, 4 and 5.
func inherit(cmd *exec.Cmd, files []*os.File) {
	cmd.ExtraFiles = files
}

// inherited returns the ends that the front process has passed. What cells start must
// not keep them open.
func inherited() ([]*os.File, error) {
	var files []*os.File
	for fd := 3; fd < 6; fd++ {
		var stat syscall.Stat_t
		if err := syscall.Fstat(fd, &stat); err != nil || stat.Mode&syscall.S_IFMT != syscall.S_IFIFO {
			return nil, fmt.Errorf("worker: file descriptor %d is no pipe: only the kernel starts this", fd)
		}
		syscall.CloseOnExec(fd)
		if err := syscall.SetNonblock(fd, true); err != nil {
			return nil, fmt.Errorf("worker: %w", err)
		}
		files = append(files, os.NewFile(uintptr(fd), "pipe"))
	}
	return files, nil
}

// ownGroup keeps a terminal's Ctrl-C, which goes to a whole process group, away from the
// child: the front process decides what it means.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// killGroup kills the child and what its cells have started. Those that are gone already are no error.
func killGroup(cmd *exec.Cmd) {
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		_ = cmd.Process.Kill() // fails when it has ended
	}
}

func killed(state *os.ProcessState) bool {
	if state == nil {
		return false
	}
	s, ok := state.Sys().(syscall.WaitStatus)
	return ok && s.Signaled() && s.Signal() == syscall.SIGKILL
}

// preferVictim tells Linux to end this process before others when memory runs out.
func preferVictim() {
	_ = os.WriteFile("/proc/self/oom_score_adj", []byte("500"), 0) // elsewhere there is no such file
}
