package nnlib

import (
	"fmt"
	"math"

	"reprise/nnlib/exact"

	"gonum.org/v1/gonum/mat"
)

// MeanSquaredError is scikit-learn's mean_squared_error: the mean of
// (yTrue - yPred)² in float64. Both are slices of numbers or matrices.
func MeanSquaredError(yTrue, yPred any) float64 {
	a, b := numbers("MeanSquaredError", yTrue, yPred)
	squares := make([]float64, len(a))
	for i := range a {
		e := a[i] - b[i]
		squares[i] = e * e
	}
	return exact.Mean64(squares)
}

// MeanAbsoluteError is scikit-learn's mean_absolute_error.
func MeanAbsoluteError(yTrue, yPred any) float64 {
	a, b := numbers("MeanAbsoluteError", yTrue, yPred)
	errors := make([]float64, len(a))
	for i := range a {
		errors[i] = math.Abs(a[i] - b[i])
	}
	return exact.Mean64(errors)
}

// RootMeanSquaredError is scikit-learn's root_mean_squared_error.
func RootMeanSquaredError(yTrue, yPred any) float64 {
	return math.Sqrt(MeanSquaredError(yTrue, yPred))
}

// R2Score is scikit-learn's r2_score, the share of the variance that is
// explained: 1 is perfect, 0 no better than the mean. Of several columns it is the
// mean over them.
func R2Score(yTrue, yPred any) float64 {
	a, b := numbers("R2Score", yTrue, yPred)
	_, cols := dense("R2Score", yTrue).Dims()
	scores := make([]float64, cols)
	for j := range scores {
		scores[j] = explained(a, b, j, cols)
	}
	return exact.Mean64(scores)
}

// explained is the score of column j.
func explained(a, b []float64, j, cols int) float64 {
	rows := len(a) / cols
	column := make([]float64, rows)
	for i := range column {
		column[i] = a[i*cols+j]
	}
	mean := exact.Mean64(column)
	residual, total := make([]float64, rows), make([]float64, rows)
	for i := range column {
		e, d := column[i]-b[i*cols+j], column[i]-mean
		residual[i], total[i] = e*e, d*d
	}
	unexplained, variance := exact.Sum64(residual), exact.Sum64(total)
	switch {
	case variance > 0:
		return 1 - unexplained/variance
	case unexplained > 0:
		return 0 // scikit-learn's force_finite
	}
	return 1
}

// numbers returns both arguments as equally many float64.
func numbers(who string, yTrue, yPred any) (a, b []float64) {
	a, b = float64s(who, yTrue), float64s(who, yPred)
	if len(a) != len(b) || len(a) == 0 {
		panic(fmt.Errorf("nnlib: %s wants as many predictions as true values and at least one, got %d and %d", who, len(b), len(a)))
	}
	return a, b
}

func float64s(who string, x any) []float64 {
	switch v := x.(type) {
	case []float64:
		return v
	case [][]float64:
		var out []float64
		for _, row := range v {
			out = append(out, row...)
		}
		return out
	case mat.Matrix:
		rows, cols := v.Dims()
		out := make([]float64, 0, rows*cols)
		for i := range rows {
			for j := range cols {
				out = append(out, v.At(i, j))
			}
		}
		return out
	}
	t, err := toTensor(x)
	if err != nil {
		panic(fmt.Errorf("nnlib: %s: %w", who, err))
	}
	out := make([]float64, len(t.Data))
	for i, f := range t.Data {
		out[i] = float64(f)
	}
	return out
}
