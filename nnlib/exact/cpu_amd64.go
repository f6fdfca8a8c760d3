package exact

import "os"

// vectors reports that the AVX2 and FMA kernels may run, wideVectors that those of AVX-512 may. They choose speed only: all paths give
// the same bits.
var vectors, wideVectors = chooseVectors(os.Getenv("GODEBUG"))

func chooseVectors(godebug string) (vectors, wide bool) {
	has, hasWide := cpuVectors()
	vectors = has && !switchedOff(godebug, "cpu.all", "cpu.avx", "cpu.avx2", "cpu.fma")
	return vectors, vectors && hasWide && !switchedOff(godebug, "cpu.avx512", "cpu.avx512f", "cpu.avx512dq", "cpu.avx512vl")
}

func cpuVectors() (avx2, avx512 bool) {
	const (
		fma, osxsave, avx  = 1 << 12, 1 << 27, 1 << 28     // leaf 1, ecx
		avx2Bit, wideBits  = 1 << 5, 1<<16 | 1<<17 | 1<<31 // leaf 7, ebx: AVX-512 F, DQ and VL
		ymmSaved, zmmSaved = 0x6, 0xe6                     // by the operating system
	)
	top, _, _, _ := cpuid(0, 0)
	if top < 7 {
		return false, false
	}
	_, _, c, _ := cpuid(1, 0)
	if c&fma == 0 || c&osxsave == 0 || c&avx == 0 || xgetbv()&ymmSaved != ymmSaved {
		return false, false
	}
	_, b, _, _ := cpuid(7, 0)
	return b&avx2Bit != 0, b&avx2Bit != 0 && b&wideBits == wideBits && xgetbv()&zmmSaved == zmmSaved
}
