package nnlib

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// usual is what a tensor may take, in bytes, without a look at the machine.
const usual = 256 << 20

// affordable says what is wrong with rows tensors of that shape: their size overflows, or the
// machine has not so much memory. A program that takes more is killed, not told.
func affordable(rows int, shape Shape) error {
	size := float64(4 * rows) // bytes; a float64 does not overflow
	for _, d := range shape {
		size *= float64(d)
	}
	if size <= usual {
		return nil
	}
	if free := freeMemory(); size > free {
		if rows > 1 {
			shape = append(Shape{rows}, shape...)
		}
		return fmt.Errorf("the shape %v needs %s, and %s of memory are free", shape, inBytes(size), inBytes(free))
	}
	return nil
}

// freeMemory is what Linux says is available, and elsewhere more than any machine has: 1 TB.
func freeMemory() float64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 1 << 40
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "MemAvailable:"); ok {
			if kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64); err == nil {
				return kb * 1024
			}
		}
	}
	return 1 << 40
}

// inBytes writes a size as people do.
func inBytes(n float64) string {
	units := []string{"B", "KB", "MB", "GB", "TB", "PB"}
	k := 0
	for ; n >= 1000 && k < len(units)-1; k++ {
		n /= 1000
	}
	return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64) + " " + units[k]
}
