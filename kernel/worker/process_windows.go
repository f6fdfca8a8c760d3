package worker

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// handlesVar names the environment variable that tells the child its pipes' handles.
const handlesVar = "REPRISE_WORKER_HANDLES"

// inherit passes the pipes' ends as handles.
func inherit(cmd *exec.Cmd, files []*os.File) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	var numbers []string
	for _, f := range files {
		h := syscall.Handle(f.Fd())
		// A handle that can't be marked isn't passed, and the child says so.
		_ = syscall.SetHandleInformation(h, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT)
		cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, h)
		numbers = append(numbers, strconv.FormatUint(uint64(h), 10))
	}
	cmd.Env = append(cmd.Env, handlesVar+"="+strings.Join(numbers, ","))
}

func inherited() ([]*os.File, error) {
	numbers := strings.Split(os.Getenv(handlesVar), ",")
	if len(numbers) != 3 {
		return nil, fmt.Errorf("worker: %s has no handles: only the kernel starts this", handlesVar)
	}
	os.Unsetenv(handlesVar)
	var files []*os.File
	for _, n := range numbers {
		h, err := strconv.ParseUint(n, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("worker: %s: %w", handlesVar, err)
		}
		if err := syscall.SetHandleInformation(syscall.Handle(h), syscall.HANDLE_FLAG_INHERIT, 0); err != nil {
			return nil, fmt.Errorf("worker: handle %d: %w", h, err)
		}
		files = append(files, os.NewFile(uintptr(h), "pipe"))
	}
	return files, nil
}

// ownGroup: inherit has set it already, with the handles.
func ownGroup(*exec.Cmd) {}

func killGroup(cmd *exec.Cmd) {
	_ = cmd.Process.Kill() // fails when it has ended
}

func killed(*os.ProcessState) bool { return false }

func preferVictim() {}
