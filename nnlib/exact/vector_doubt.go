package exact

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

// A kernel computes the elements of n turns of its loop and sets bits in doubt for the elements whose rounding it is not sure of.
type kernel func(n int, x, y *float32, doubt *uint8)

// A tier is a kernel and how many elements it does in a turn, a multiple of 8.
type tier struct {
	kernel   kernel
	elements int
}

// tiers are the kernels of a function: each has another try at what the one before left in doubt.
type tiers []tier

// chunk is how many elements are settled at a time.
const chunk = 4096

// run computes one chunk. In place, x is kept first: doubtful elements need it again.
func (w *kernelBuffer) run(dst, x []float32, k tiers, f func(float32) float32) {
	if &dst[0] == &x[0] {
		x = w.in[:copy(w.in[:], x)]
	}
	at := len(x) / k[0].elements * k[0].elements
	if at > 0 {
		w.try(dst[:at], x[:at], k[0])
		w.settle(dst[:at], x[:at], k[1:], f)
	}
	if at < len(x) {
		w.tail = kernelTail{}
		n := copy(w.tail.in[:], x[at:])
		w.try(w.tail.out[:k[0].elements], w.tail.in[:k[0].elements], k[0])
		w.settle(w.tail.out[:n], w.tail.in[:n], k[1:], f)
		copy(dst[at:], w.tail.out[:n])
	}
}

// try runs a kernel on a whole number of turns.
func (w *kernelBuffer) try(dst, x []float32, t tier) {
	t.kernel(len(x)/t.elements, &x[0], &dst[0], &w.doubt[0])
}

// settle has the other kernels, and at last the scalar function, compute the elements in doubt.
func (w *kernelBuffer) settle(dst, x []float32, k tiers, f func(float32) float32) {
	n := w.marked(len(x))
	for _, t := range k {
		if n == 0 {
			return
		}
		n = w.again(dst, x, n, t)
	}
	for _, i := range w.at[:n] {
		dst[i] = f(x[i])
	}
}

// marked lists the elements with marks and returns how many there are. It clears the marks, those of the tail's padding too.
func (w *kernelBuffer) marked(elements int) int {
	n := 0
	for i := 0; i*8 < elements; i += 8 {
		marks := binary.LittleEndian.Uint64(w.doubt[i:])
		if marks == 0 {
			continue
		}
		binary.LittleEndian.PutUint64(w.doubt[i:], 0)
		for ; marks != 0; marks &= marks - 1 {
			w.at[n] = uint16(i*8 + bits.TrailingZeros64(marks))
			n++
		}
	}
	for n > 0 && int(w.at[n-1]) >= elements {
		n--
	}
	return n
}

// again runs a kernel on the n elements listed, and lists what is left in doubt.
func (w *kernelBuffer) again(dst, x []float32, n int, t tier) int {
	whole := (n + t.elements - 1) / t.elements * t.elements
	for i, at := range w.at[:n] {
		w.gathered[i] = x[at]
	}
	clear(w.gathered[n:whole])
	w.try(w.results[:whole], w.gathered[:whole], t)
	left := 0
	for i, at := range w.at[:n] {
		dst[at] = w.results[i]
		if w.doubt[i/8]>>(i%8)&1 != 0 {
			w.at[left] = at
			left++
		}
	}
	clear(w.doubt[:whole/8])
	return left
}

// A kernelBuffer holds what one call needs beside dst and x.
type kernelBuffer struct {
	in                [chunk]float32
	doubt             [chunk / 8]uint8
	at                [chunk]uint16 // the elements in doubt
	gathered, results [chunk]float32
	tail              kernelTail
}

// A kernelTail is the last vector when the elements do not fill it.
type kernelTail struct{ in, out [32]float32 }

var kernelBuffers = sync.Pool{New: func() any { return &kernelBuffer{} }}
