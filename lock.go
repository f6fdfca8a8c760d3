package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/cpu"

	"reprise/kernel/ledger"
	"reprise/nnlib"
	"reprise/nnlib/exact"
)

// locked is what results depend on besides the notebook: the same on every machine.
func locked() *ledger.Lock {
	info, _ := debug.ReadBuildInfo()
	l := &ledger.Lock{Language: languageVersion, Modules: map[string]string{}, Algorithm: nnlib.Algorithm, Canary: exact.Canary()}
	for _, m := range shownModules {
		l.Modules[m] = moduleVersion(info, m)
	}
	return l
}

// machine is where this program runs. It must not matter.
func machine() *ledger.Machine {
	host, _ := os.Hostname() // for people; a machine without a name has none
	return &ledger.Machine{
		Program: version(), Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH,
		CPU: cpuFeatures(), Threads: runtime.GOMAXPROCS(0), Host: host,
	}
}

// cpuFeatures are those that the arithmetic has kernels for, as the processor has them.
func cpuFeatures() string {
	var list []string
	for _, f := range []struct {
		on   bool
		name string
	}{
		{cpu.X86.HasAVX2, "avx2"}, {cpu.X86.HasFMA, "fma"}, {cpu.X86.HasAVX512F, "avx512f"}, {cpu.ARM64.HasASIMD, "asimd"},
	} {
		if f.on {
			list = append(list, f.name)
		}
	}
	return strings.Join(list, " ")
}
