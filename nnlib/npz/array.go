package npz

import (
	"fmt"
	"slices"
)

// An Array is a NumPy array in C order: the last axis varies fastest. Its elements
// are float64 whatever the file has; only integers beyond ±2^53 do not fit, and are refused.
type Array struct {
	Name  string // in a .npz file
	DType string // of the file: "<f4" is float32, "<i8" int64, "|b1" bool; "<f8" when empty
	Shape []int  // empty for a single number
	Data  []float64
}

// New returns an array of float64, as numpy.array(data).reshape(shape) does.
func New(name string, data []float64, shape ...int) Array {
	return Array{Name: name, DType: "<f8", Shape: slices.Clone(shape), Data: data}
}

// Float32s returns the elements as float32, rounded to nearest.
func (a Array) Float32s() []float32 {
	out := make([]float32, len(a.Data))
	for i, v := range a.Data {
		out[i] = float32(v)
	}
	return out
}

// Ints returns the elements as whole numbers; the fraction is cut off.
func (a Array) Ints() []int {
	out := make([]int, len(a.Data))
	for i, v := range a.Data {
		out[i] = int(v)
	}
	return out
}

// Rows returns the elements of an array with two axes or one, a slice for each index of the first axis.
func (a Array) Rows() [][]float64 {
	if len(a.Shape) == 0 {
		return [][]float64{a.Data}
	}
	rows := make([][]float64, a.Shape[0])
	wide := len(a.Data) / max(a.Shape[0], 1)
	for i := range rows {
		rows[i] = a.Data[i*wide : (i+1)*wide : (i+1)*wide]
	}
	return rows
}

// String says the array's name, type and shape.
func (a Array) String() string { return fmt.Sprintf("%s %s %v", a.Name, a.DType, a.Shape) }

// Find returns the array with this name.
func Find(arrays []Array, name string) (Array, error) {
	var known []string
	for _, a := range arrays {
		if a.Name == name {
			return a, nil
		}
		known = append(known, a.Name)
	}
	return Array{}, fmt.Errorf("npz: there is no array %q; there are %v", name, known)
}

// size returns how many elements a shape has, unless that is more than limit.
func size(shape []int, limit int64) (int64, bool) {
	n := int64(1)
	for _, d := range shape {
		if d < 0 || d > 0 && n > limit/int64(d) {
			return 0, false
		}
		n *= int64(d)
	}
	return n, true
}
