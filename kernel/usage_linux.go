package kernel

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of CPU times in /proc: USER_HZ, 100 on every Linux.
const tick = 10 * time.Millisecond

// processUsage adds up CPU time and memory (its proportional share, else what is
// resident) of a process and all below it.
func processUsage(pid int) (cpu time.Duration, memory int64) {
	// Fields of /proc/PID/stat after the name in brackets: state is the first;
	// utime and stime are the 12th and 13th (proc(5) counts them 14 and 15).
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		if len(fields) > 12 {
			utime, _ := strconv.ParseInt(fields[11], 10, 64)
			stime, _ := strconv.ParseInt(fields[12], 10, 64)
			cpu = time.Duration(utime+stime) * tick
		}
	}
	share, ok := colonFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))["Pss"]
	if !ok {
		share = colonFile(fmt.Sprintf("/proc/%d/status", pid))["VmRSS"]
	}
	memory = int64(share)
	for _, child := range children(pid) {
		c, m := processUsage(child)
		cpu, memory = cpu+c, memory+m
	}
	return cpu, memory
}

// children lists the child processes of all threads of pid.
func children(pid int) []int {
	threads, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", pid))
	var found []int
	for _, t := range threads {
		list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", pid, t.Name()))
		for _, f := range strings.Fields(string(list)) {
			if n, err := strconv.Atoi(f); err == nil {
				found = append(found, n)
			}
		}
	}
	return found
}

// hostUsage is the machine's busy and total CPU time in ticks, and its memory in psutil's words.
func hostUsage() (busy, all float64, memory map[string]float64) {
	m := colonFile("/proc/meminfo")
	if total := m["MemTotal"]; total > 0 {
		memory = map[string]float64{
			"total": total, "available": m["MemAvailable"], "free": m["MemFree"],
			"used": total - m["MemAvailable"], "percent": 100 * (total - m["MemAvailable"]) / total,
			"active": m["Active"], "inactive": m["Inactive"], "buffers": m["Buffers"],
			"cached": m["Cached"], "shared": m["Shmem"], "slab": m["Slab"],
		}
	}
	stat, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(stat), "\n")
	for i, f := range strings.Fields(line) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil || i > 8 { // the first word is "cpu"; guest times are counted in user already
			continue
		}
		all += n
		if i != 4 && i != 5 { // idle, iowait
			busy += n
		}
	}
	return busy, all, memory
}

// colonFile reads lines "Name:   123 kB" and gives bytes.
func colonFile(name string) map[string]float64 {
	values := map[string]float64{}
	data, _ := os.ReadFile(name)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		key, rest, _ := strings.Cut(lines.Text(), ":")
		if f := strings.Fields(rest); len(f) == 2 && f[1] == "kB" {
			n, _ := strconv.ParseFloat(f[0], 64)
			values[key] = n * 1024
		}
	}
	return values
}
