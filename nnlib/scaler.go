package nnlib

import (
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"

	"gonum.org/v1/gonum/mat"
)

// StandardScaler gives each column mean 0 and deviation 1, as scikit-learn's does.
type StandardScaler struct{ Mean, Scale []float64 }

// Fit learns mean and deviation (of the whole population) of each column.
func (s *StandardScaler) Fit(X any) *StandardScaler {
	s.Mean, s.Scale = nil, nil
	eachCol("StandardScaler", X, func(column []float64) {
		mean, deviation := exact.Mean64(column), math.Sqrt(exact.Var64(column))
		if deviation == 0 {
			deviation = 1 // a constant column stays as it is, at 0
		}
		s.Mean, s.Scale = append(s.Mean, mean), append(s.Scale, deviation)
	})
	return s
}

// Transform returns X scaled.
func (s *StandardScaler) Transform(X any) *mat.Dense {
	return scaled("StandardScaler", X, len(s.Mean), func(j int, v float64) float64 { return (v - s.Mean[j]) / s.Scale[j] })
}

// FitTransform is Fit and Transform.
func (s *StandardScaler) FitTransform(X any) *mat.Dense { return s.Fit(X).Transform(X) }

// InverseTransform returns what was scaled to X.
func (s *StandardScaler) InverseTransform(X any) *mat.Dense {
	return scaled("StandardScaler", X, len(s.Mean), func(j int, v float64) float64 { return float64(v*s.Scale[j]) + s.Mean[j] })
}

// MinMaxScaler brings each column into a range, as scikit-learn's does.
type MinMaxScaler struct {
	FeatureRange     [2]float64 // 0 to 1 by default
	DataMin, DataMax []float64
}

// Fit learns the smallest and largest number of each column.
func (s *MinMaxScaler) Fit(X any) *MinMaxScaler {
	s.DataMin, s.DataMax = nil, nil
	eachCol("MinMaxScaler", X, func(column []float64) {
		s.DataMin, s.DataMax = append(s.DataMin, exact.Min64(column)), append(s.DataMax, exact.Max64(column))
	})
	return s
}

// scale returns the factor and shift of column j.
func (s *MinMaxScaler) scale(j int) (factor, shift float64) {
	low, high := s.FeatureRange[0], s.FeatureRange[1]
	if low == high {
		low, high = 0, 1
	}
	extent := s.DataMax[j] - s.DataMin[j]
	if extent == 0 {
		extent = 1
	}
	factor = (high - low) / extent
	return factor, low - float64(s.DataMin[j]*factor)
}

// Transform returns X scaled.
func (s *MinMaxScaler) Transform(X any) *mat.Dense {
	return scaled("MinMaxScaler", X, len(s.DataMin), func(j int, v float64) float64 {
		factor, shift := s.scale(j)
		return float64(v*factor) + shift
	})
}

// FitTransform is Fit and Transform.
func (s *MinMaxScaler) FitTransform(X any) *mat.Dense { return s.Fit(X).Transform(X) }

// InverseTransform returns what was scaled to X.
func (s *MinMaxScaler) InverseTransform(X any) *mat.Dense {
	return scaled("MinMaxScaler", X, len(s.DataMin), func(j int, v float64) float64 {
		factor, shift := s.scale(j)
		return (v - shift) / factor
	})
}

func eachCol(who string, X any, f func(column []float64)) {
	x := dense(who, X)
	_, cols := x.Dims()
	for j := range cols {
		column := mat.Col(nil, j, x)
		if k := slices.IndexFunc(column, func(v float64) bool { return !finiteNumber(v) }); k >= 0 {
			panic(fmt.Errorf("nnlib: %s: column %d is %v in row %d; drop or fill such rows first", who, j, column[k], k))
		}
		f(column)
	}
}

func scaled(who string, X any, fitted int, f func(j int, v float64) float64) *mat.Dense {
	x := dense(who, X)
	rows, cols := x.Dims()
	if cols != fitted {
		panic(fmt.Errorf("nnlib: %s was fitted to %d columns and got %d; call Fit first, with the same columns", who, fitted, cols))
	}
	for i := range rows {
		for j := range cols {
			x.Set(i, j, f(j, x.At(i, j)))
		}
	}
	return x
}
