package nnlib

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Array makes a Tensor of numbers in any usual form: a slice of numbers or of
// slices of them to any depth, a gonum matrix or vector, a Tensor (returned as it is).
func Array(x any) *Tensor {
	t, err := toTensor(x)
	if err != nil {
		panic(fmt.Errorf("nnlib: %w", err))
	}
	return t
}

func toTensor(x any) (*Tensor, error) {
	switch v := x.(type) {
	case *Tensor:
		return v, nil
	case []float32:
		return &Tensor{Shape: Shape{len(v)}, Data: slices.Clone(v)}, nil
	case []float64:
		t := NewTensor(len(v))
		for i, f := range v {
			t.Data[i] = float32(f)
		}
		return t, nil
	case [][]float64:
		return fromRows(v)
	case mat.Vector:
		t := NewTensor(v.Len())
		for i := range t.Data {
			t.Data[i] = float32(v.AtVec(i))
		}
		return t, nil
	case mat.Matrix:
		return fromMatrix(v), nil
	case nil:
		return nil, fmt.Errorf("there is no data: got nil")
	}
	if m, ok := as[mat.Matrix](x); ok { // of a type that a cell declares
		return fromMatrix(m), nil
	}
	return fromNested(reflect.ValueOf(plain(x)))
}

func fromRows(rows [][]float64) (*Tensor, error) {
	if len(rows) == 0 {
		return NewTensor(0), nil
	}
	t := NewTensor(len(rows), len(rows[0]))
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			return nil, fmt.Errorf("row %d has %d numbers, row 0 has %d; rows must be equally long, pad them first", i, len(row), len(rows[0]))
		}
		for j, f := range row {
			t.Data[i*len(row)+j] = float32(f)
		}
	}
	return t, nil
}

func fromMatrix(m mat.Matrix) *Tensor {
	rows, cols := m.Dims()
	t := NewTensor(rows, cols)
	for i := range rows {
		for j := range cols {
			t.Data[i*cols+j] = float32(m.At(i, j))
		}
	}
	return t
}

// fromNested takes slices and arrays of any depth of any kind of number.
func fromNested(v reflect.Value) (*Tensor, error) {
	t := &Tensor{}
	for at := v; at.Kind() == reflect.Slice || at.Kind() == reflect.Array; at = at.Index(0) {
		t.Shape = append(t.Shape, at.Len())
		if at.Len() == 0 {
			return NewTensor(t.Shape...), nil
		}
	}
	if len(t.Shape) == 0 {
		return nil, fmt.Errorf("cannot make an array of a %v; give a slice of numbers or a matrix", v.Type())
	}
	err := t.collect(v, 0)
	return t, err
}

func (t *Tensor) collect(v reflect.Value, axis int) error {
	if v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if axis < len(t.Shape) {
		if k := v.Kind(); k != reflect.Slice && k != reflect.Array || v.Len() != t.Shape[axis] {
			return fmt.Errorf("the array is ragged: not every part has the shape %v; pad it first", t.Shape[axis:])
		}
		for i := range v.Len() {
			if err := t.collect(v.Index(i), axis+1); err != nil {
				return err
			}
		}
		return nil
	}
	switch {
	case v.CanFloat():
		t.Data = append(t.Data, float32(v.Float()))
	case v.CanInt():
		t.Data = append(t.Data, float32(v.Int()))
	case v.CanUint():
		t.Data = append(t.Data, float32(v.Uint()))
	case v.Kind() == reflect.Bool:
		t.Data = append(t.Data, map[bool]float32{true: 1}[v.Bool()])
	default:
		return fmt.Errorf("cannot make a number of a %v", v.Type())
	}
	return nil
}

// samples turns what a caller gave as X or y into rows of the wanted shape, in which
// -1 is any length.
func samples(what string, x any, want Shape) *Tensor {
	t, err := toTensor(x)
	if err != nil {
		panic(fmt.Errorf("nnlib: %s: %w", what, err))
	}
	if len(t.Shape) == 0 || t.Shape[0] == 0 {
		panic(fmt.Errorf("nnlib: %s has no samples", what))
	}
	if slices.Equal(want, Shape{-1}) && len(t.Shape) == 2 {
		want = t.Shape[1:]
	}
	if !slices.Equal(t.Shape[1:], want) {
		if !slices.Equal(squeezed(t.Shape[1:]), squeezed(want)) {
			panic(fmt.Errorf("nnlib: %s has %d samples of shape %v, the model wants samples of shape %v; reshape the data or change the model's ends",
				what, t.Shape[0], t.Shape[1:], want))
		}
		t = &Tensor{Shape: append(Shape{t.Shape[0]}, want...), Data: t.Data}
	}
	finite(what, t)
	return t
}

// squeezed leaves out axes of length 1: [n] and [n 1] hold the same samples.
func squeezed(s Shape) Shape {
	return slices.DeleteFunc(slices.Clone(s), func(d int) bool { return d == 1 })
}

func finite(what string, t *Tensor) {
	for i, v := range t.Data {
		if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
			_, cols := t.Dims()
			panic(fmt.Errorf("nnlib: %s is %v in row %d, column %d; drop or fill such rows first", what, v, i/cols, i%cols))
		}
	}
}
