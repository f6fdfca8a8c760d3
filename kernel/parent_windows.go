package kernel

import (
	"context"
	"os"
	"strconv"
	"syscall"
)

// parentPeriod is how long one wait for the parent lasts before ctx is looked at, in milliseconds.
const parentPeriod = 1000

// waitForParent waits until the process that started the kernel has ended
// (true) or ctx has. On Windows JPY_PARENT_PID is not a process id but an inherited handle of the parent.
func waitForParent(ctx context.Context) bool {
	handle, err := strconv.ParseUint(os.Getenv("JPY_PARENT_PID"), 10, 64)
	if err != nil {
		<-ctx.Done()
		return false
	}
	for ctx.Err() == nil {
		event, err := syscall.WaitForSingleObject(syscall.Handle(handle), parentPeriod)
		if err != nil {
			return false // not a handle: nothing can be known
		}
		if event == syscall.WAIT_OBJECT_0 {
			return true
		}
	}
	return false
}
