package exact

import (
	"os"
	"strings"
)

// vectors reports that the AVX2 and FMA kernels may run. It chooses speed only: both paths give the same bits.
var vectors = cpuHasVectors() && !switchedOff(os.Getenv("GODEBUG"))

func cpuHasVectors() bool {
	const (
		fma, osxsave, avx = 1 << 12, 1 << 27, 1 << 28 // leaf 1, ecx
		avx2              = 1 << 5                    // leaf 7, ebx
		xmmAndYmm         = 6                         // saved by the operating system
	)
	top, _, _, _ := cpuid(0, 0)
	if top < 7 {
		return false
	}
	_, _, c, _ := cpuid(1, 0)
	if c&fma == 0 || c&osxsave == 0 || c&avx == 0 || xgetbv()&xmmAndYmm != xmmAndYmm {
		return false
	}
	_, b, _, _ := cpuid(7, 0)
	return b&avx2 != 0
}

// switchedOff reads GODEBUG as the runtime does: cpu.all=off, or off for a feature the kernels need; the last setting holds.
func switchedOff(godebug string) bool {
	off := map[string]bool{}
	for _, field := range strings.Split(godebug, ",") {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "cpu.all", "cpu.avx", "cpu.avx2", "cpu.fma":
			off[key] = value == "off"
		}
	}
	return off["cpu.all"] || off["cpu.avx"] || off["cpu.avx2"] || off["cpu.fma"]
}
