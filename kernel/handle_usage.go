package kernel

import (
	"context"
	"os"
	"runtime"
	"sync"
	"time"

	"reprise/kernel/wire"
)

// usage remembers the last measurement: CPU use is a difference.
type usage struct {
	mu       sync.Mutex
	at       time.Time
	cpu      time.Duration // of the kernel's processes
	hostBusy float64       // of the machine, in any unit
	hostAll  float64
}

// resourceUsage tells what the kernel and its child processes use.
func (k *Kernel) resourceUsage(context.Context, *request, wire.UsageRequest) wire.Content {
	u := &k.usage
	u.mu.Lock()
	defer u.mu.Unlock()
	host, _ := os.Hostname()
	reply := wire.UsageReply{Hostname: host, PID: os.Getpid(), CPUCount: runtime.NumCPU()}
	now := time.Now()
	cpu, memory := processUsage(os.Getpid())
	if !u.at.IsZero() {
		reply.KernelCPU = 100 * float64(cpu-u.cpu) / float64(now.Sub(u.at))
	}
	reply.KernelMemory = memory
	busy, all, ram := hostUsage()
	if u.hostAll > 0 && all > u.hostAll {
		percent := 100 * (busy - u.hostBusy) / (all - u.hostAll)
		reply.HostCPUPercent = &percent
	}
	reply.HostVirtualMemory = ram
	u.at, u.cpu, u.hostBusy, u.hostAll = now, cpu, busy, all
	return reply
}

// MemoryOf is the memory of a process and all below it, in bytes, where the system tells (Linux).
func MemoryOf(pid int) int64 {
	_, memory := processUsage(pid)
	return memory
}
