//go:build !windows

package kernel

import (
	"context"
	"os"
	"time"
)

// parentPeriod is how often a kernel looks whether its parent lives, as ipykernel does.
const parentPeriod = time.Second

// waitForParent waits until the process that started the kernel has ended
// (true) or ctx has. Jupyter sets JPY_PARENT_PID for kernels that are to end with it; a kernel
// started by hand has none and stays. An orphan is adopted by another process:
// that is what can be seen, whatever the number in the variable means to a launcher between.
func waitForParent(ctx context.Context) bool {
	first := os.Getppid()
	if os.Getenv("JPY_PARENT_PID") == "" {
		<-ctx.Done()
		return false
	}
	tick := time.NewTicker(parentPeriod)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if os.Getppid() != first {
				return true
			}
		case <-ctx.Done():
			return false
		}
	}
}
