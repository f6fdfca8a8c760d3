package exact

import "fmt"

// A ConvShape describes a two-dimensional convolution in channels-last order: x is Batch x Height x Width x Channels, the kernel
// KernelH x KernelW x Channels x filters, the result Batch x OutH x OutW x filters. One dimension is Height = KernelH = 1.
type ConvShape struct {
	Batch, Height, Width, Channels int
	KernelH, KernelW               int
	StrideH, StrideW               int // 0 means 1
	DilationH, DilationW           int // 0 means 1
	PadTop, PadLeft                int
	OutH, OutW                     int
}

// Rows returns the rows of the column matrix: one per result position.
func (s ConvShape) Rows() int { return s.Batch * s.OutH * s.OutW }

// Cols returns the columns of the column matrix: one per (kernel row, kernel column, channel), in that order.
func (s ConvShape) Cols() int { return s.KernelH * s.KernelW * s.Channels }

// Conv2D32 does dst = x * kernel: Im2Col32 into cols (Rows x Cols, the caller's scratch), then one matrix product, so each result is one
// chain over (kernel row, kernel column, channel). With load it starts from dst, for a bias.
func Conv2D32(dst, x, kernel []float32, filters int, s ConvShape, cols []float32, load bool) {
	Im2Col32(cols, x, s)
	Gemm32(false, false, s.Rows(), filters, s.Cols(), cols, s.Cols(), kernel, filters, dst, filters, load)
}

// Im2Col32 lays the patch under each result position out as a row of cols; what lies outside x is 0.
func Im2Col32(cols, x []float32, s ConvShape) {
	s.check(len(cols), len(x))
	at := 0
	s.eachPatchRun(func(from, n int) {
		if from < 0 {
			clear(cols[at : at+n])
		} else {
			copy(cols[at:at+n], x[from:])
		}
		at += n
	})
}

// Col2Im32 adds the rows of cols back onto x in ascending order of (row, kernel row, kernel column): the gradient of Im2Col32.
func Col2Im32(x, cols []float32, s ConvShape) {
	s.check(len(cols), len(x))
	at := 0
	s.eachPatchRun(func(from, n int) {
		if from >= 0 {
			Add32(x[from:from+n], x[from:from+n], cols[at:at+n])
		}
		at += n
	})
}

func (s ConvShape) check(cols, x int) {
	if cols != s.Rows()*s.Cols() || x != s.Batch*s.Height*s.Width*s.Channels {
		panic(fmt.Errorf("exact: convolution %+v wants %d columns and an x of %d numbers, got %d and %d",
			s, s.Rows()*s.Cols(), s.Batch*s.Height*s.Width*s.Channels, cols, x))
	}
}

// eachPatchRun visits, patch by patch, the runs of channels at each kernel position: from is their place in x, -1 outside.
func (s ConvShape) eachPatchRun(visit func(from, n int)) {
	strideH, strideW, dilationH, dilationW := max(s.StrideH, 1), max(s.StrideW, 1), max(s.DilationH, 1), max(s.DilationW, 1)
	for row := range s.Rows() {
		b, oy, ox := row/(s.OutH*s.OutW), row/s.OutW%s.OutH, row%s.OutW
		for ky := range s.KernelH {
			y := oy*strideH - s.PadTop + ky*dilationH
			for kx := range s.KernelW {
				x := ox*strideW - s.PadLeft + kx*dilationW
				if y < 0 || y >= s.Height || x < 0 || x >= s.Width {
					visit(-1, s.Channels)
				} else {
					visit(((b*s.Height+y)*s.Width+x)*s.Channels, s.Channels)
				}
			}
		}
	}
}
