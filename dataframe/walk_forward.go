package dataframe

import (
	"fmt"
	"math"
)

// A Walk is a walk-forward validation: what was predicted for each step, and what came.
type Walk struct {
	Predicted, Actual []float64
}

// WalkForward predicts the last test values one by one, each from all true values
// before it: predict is called with that history, which it must not change. Nothing
// of the future can leak in.
func WalkForward(values []float64, test int, predict func(history []float64) float64) *Walk {
	if test < 1 || test >= len(values) {
		fail("WalkForward", "%d steps to predict of %d values; at least 1 must come before them", test, len(values))
	}
	w := &Walk{}
	for i := len(values) - test; i < len(values); i++ {
		w.Predicted = append(w.Predicted, predict(values[:i:i]))
		w.Actual = append(w.Actual, values[i])
	}
	return w
}

// Persistence predicts that the next value is the last one: the baseline that a
// model of a time series has to beat.
func Persistence(history []float64) float64 { return history[len(history)-1] }

// SeasonalPersistence predicts the value one season before.
func SeasonalPersistence(season int) func(history []float64) float64 {
	return func(history []float64) float64 {
		if season < 1 || season > len(history) {
			fail("SeasonalPersistence", "a season of %d steps in a history of %d", season, len(history))
		}
		return history[len(history)-season]
	}
}

// MSE is the mean squared error.
func (w *Walk) MSE() float64 {
	return w.mean(func(d float64) float64 { return d * d })
}

// RMSE is the square root of MSE.
func (w *Walk) RMSE() float64 { return math.Sqrt(w.MSE()) }

// MAE is the mean absolute error.
func (w *Walk) MAE() float64 { return w.mean(math.Abs) }

func (w *Walk) mean(f func(difference float64) float64) float64 {
	errors := make([]float64, len(w.Actual))
	for i := range errors {
		errors[i] = f(w.Actual[i] - w.Predicted[i])
	}
	return sumSlice(errors) / float64(len(errors))
}

// Frame is the walk as columns "predicted", "actual" and "error".
func (w *Walk) Frame() DataFrame {
	errors := make([]float64, len(w.Actual))
	for i := range errors {
		errors[i] = w.Actual[i] - w.Predicted[i]
	}
	return FromColumns([]string{"predicted", "actual", "error"}, w.Predicted, w.Actual, errors)
}

// String says the size and the errors.
func (w *Walk) String() string {
	return fmt.Sprintf("walk-forward over %d steps: RMSE %v, MAE %v", len(w.Actual), w.RMSE(), w.MAE())
}
