//go:build !linux

package kernel

import (
	"runtime"
	"time"
)

// processUsage knows, where there is no /proc, only this process's memory.
func processUsage(int) (cpu time.Duration, memory int64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return 0, int64(m.Sys)
}

// hostUsage knows nothing of other systems.
func hostUsage() (busy, all float64, memory map[string]float64) { return 0, 0, nil }
