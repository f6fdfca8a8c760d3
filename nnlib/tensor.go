package nnlib

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
)

var _ mat.Matrix = (*Tensor)(nil)

// A Shape is the length of each axis. Where a layer speaks of shapes, the batch is left out.
type Shape []int

// Size returns the number of elements.
func (s Shape) Size() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

func (s Shape) String() string {
	return "[" + strings.Trim(fmt.Sprint([]int(s)), "[]") + "]"
}

// A Tensor is an array of float32 of any rank, the last axis varying fastest.
// To gonum it is a matrix: the first axis are the rows, all others the columns.
type Tensor struct {
	Shape Shape
	Data  []float32
}

// NewTensor returns a tensor of zeros.
func NewTensor(shape ...int) *Tensor {
	s := slices.Clone(Shape(shape))
	for _, d := range s {
		if d < 0 {
			panic(fmt.Errorf("nnlib: a tensor cannot have the shape %v", s))
		}
	}
	if err := affordable(1, s); err != nil {
		panic(fmt.Errorf("nnlib: %w; make it smaller", err))
	}
	return &Tensor{Shape: s, Data: make([]float32, s.Size())}
}

// Dims makes a Tensor a mat.Matrix.
func (t *Tensor) Dims() (rows, cols int) {
	if len(t.Shape) == 0 {
		return 1, 1
	}
	return t.Shape[0], t.Shape[1:].Size()
}

// At makes a Tensor a mat.Matrix.
func (t *Tensor) At(i, j int) float64 {
	rows, cols := t.Dims()
	if i < 0 || i >= rows || j < 0 || j >= cols {
		panic(fmt.Errorf("nnlib: no element (%d, %d) in a tensor of shape %v", i, j, t.Shape))
	}
	return float64(t.Data[i*cols+j])
}

// T makes a Tensor a mat.Matrix.
func (t *Tensor) T() mat.Matrix { return mat.Transpose{Matrix: t} }

// Get returns one element of a tensor of any rank.
func (t *Tensor) Get(index ...int) float64 { return float64(t.Data[t.offset(index)]) }

// Set changes one element of a tensor of any rank.
func (t *Tensor) Set(value float64, index ...int) { t.Data[t.offset(index)] = float32(value) }

func (t *Tensor) offset(index []int) int {
	if len(index) != len(t.Shape) {
		panic(fmt.Errorf("nnlib: an element of a tensor of shape %v has %d indices, got %v", t.Shape, len(t.Shape), index))
	}
	at := 0
	for axis, i := range index {
		if i < 0 || i >= t.Shape[axis] {
			panic(fmt.Errorf("nnlib: no element %v in a tensor of shape %v", index, t.Shape))
		}
		at = at*t.Shape[axis] + i
	}
	return at
}

// Row returns row i, all axes but the first in one, as a copy.
func (t *Tensor) Row(i int) []float64 {
	_, cols := t.Dims()
	row := make([]float64, cols)
	for j := range row {
		row[j] = t.At(i, j)
	}
	return row
}

// Column returns column j, over the first axis, as a copy.
func (t *Tensor) Column(j int) []float64 {
	rows, _ := t.Dims()
	column := make([]float64, rows)
	for i := range column {
		column[i] = t.At(i, j)
	}
	return column
}

// Reshape returns the same elements in another shape; -1 stands for whatever fits.
func (t *Tensor) Reshape(shape ...int) *Tensor {
	s, err := fitShape(shape, len(t.Data))
	if err != nil {
		panic(fmt.Errorf("nnlib: cannot reshape %v to %v: %w", t.Shape, Shape(shape), err))
	}
	return &Tensor{Shape: s, Data: t.Data}
}

// fitShape replaces the one -1 in shape so that it has size elements.
func fitShape(shape []int, size int) (Shape, error) {
	s, free, known := slices.Clone(Shape(shape)), -1, 1
	for i, d := range s {
		switch {
		case d == -1 && free < 0:
			free = i
		case d < 0:
			return nil, errors.New("one axis at most may be -1, and none less")
		default:
			known *= d
		}
	}
	if free >= 0 && known > 0 {
		s[free] = size / known
	}
	if s.Size() != size {
		return nil, fmt.Errorf("it has %d elements", size)
	}
	return s, nil
}

// Clone returns a copy.
func (t *Tensor) Clone() *Tensor {
	return &Tensor{Shape: slices.Clone(t.Shape), Data: slices.Clone(t.Data)}
}

// rows makes t hold n rows of the given shape, and allocates only when it must grow.
func (t *Tensor) rows(n int, shape Shape) {
	size := n * shape.Size()
	if cap(t.Data) < size {
		t.Data = make([]float32, size)
	}
	t.Data = t.Data[:size]
	t.Shape = append(append(t.Shape[:0], n), shape...)
}

// String shows a tensor as NumPy does in spirit: one row a line, long ones cut in the middle.
func (t *Tensor) String() string {
	rows, cols := t.Dims()
	var b strings.Builder
	fmt.Fprintf(&b, "Tensor %v", t.Shape)
	for i := range rows {
		if rows > 20 && i >= 10 && i < rows-10 {
			if i == 10 {
				b.WriteString("\n  ...")
			}
			continue
		}
		b.WriteString("\n ")
		for j := range cols {
			if cols > 12 && j >= 6 && j < cols-6 {
				if j == 6 {
					b.WriteString(" ...")
				}
				continue
			}
			fmt.Fprintf(&b, " %v", t.Data[i*cols+j])
		}
	}
	return b.String()
}
