package nnlib

import (
	"fmt"
	"slices"
	"strconv"

	"reprise/nnlib/exact"

	"gonum.org/v1/gonum/mat"
)

// labelled is true and predicted classes, as numbers of a sorted list of names.
type labelled struct {
	names       []string
	truth, pred []int
}

// labels reads two lists of classes: texts, or numbers. Rows of several numbers, as
// a model with a softmax predicts them, stand for the place of the largest.
func labels(who string, yTrue, yPred any) labelled {
	all := indexLabels(who, yTrue, yPred)
	truth, pred := all.index[0], all.index[1]
	if len(truth) != len(pred) || len(truth) == 0 {
		panic(fmt.Errorf("nnlib: %s wants as many predictions as true values and at least one, got %d and %d", who, len(pred), len(truth)))
	}
	return labelled{all.names, truth, pred}
}

type indexed struct {
	names []string
	index [][]int
}

// indexLabels gives each class, over all lists, its place in the sorted order.
func indexLabels(who string, lists ...any) indexed {
	texts, numbers := false, false
	for _, l := range lists {
		if _, ok := l.([]string); ok {
			texts = true
		} else {
			numbers = true
		}
	}
	if texts && numbers {
		panic(fmt.Errorf("nnlib: %s got classes as texts and as numbers; use one of both", who))
	}
	if texts {
		return indexTexts(lists)
	}
	return indexNumbers(who, lists)
}

func indexTexts(lists []any) (x indexed) {
	for _, l := range lists {
		x.names = append(x.names, l.([]string)...)
	}
	slices.Sort(x.names)
	x.names = slices.Compact(x.names)
	for _, l := range lists {
		var index []int
		for _, text := range l.([]string) {
			k, _ := slices.BinarySearch(x.names, text)
			index = append(index, k)
		}
		x.index = append(x.index, index)
	}
	return x
}

func indexNumbers(who string, lists []any) (x indexed) {
	var values [][]float64
	var all []float64
	for _, l := range lists {
		v := classNumbers(who, l)
		values, all = append(values, v), append(all, v...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, v := range all {
		x.names = append(x.names, strconv.FormatFloat(v, 'g', -1, 64))
	}
	for _, v := range values {
		var index []int
		for _, f := range v {
			k, _ := slices.BinarySearch(all, f)
			index = append(index, k)
		}
		x.index = append(x.index, index)
	}
	return x
}

// classNumbers returns one number a sample.
func classNumbers(who string, y any) []float64 {
	if m, ok := y.(mat.Matrix); ok {
		if rows, cols := m.Dims(); cols > 1 && rows > 0 {
			return largestInRows(m)
		}
	}
	values := float64s(who, y)
	for i, v := range values {
		if !finiteNumber(v) {
			panic(fmt.Errorf("nnlib: %s: the class of sample %d is %v", who, i, v))
		}
	}
	return values
}

func largestInRows(m mat.Matrix) []float64 {
	rows, cols := m.Dims()
	out, row := make([]float64, rows), make([]float64, cols)
	for i := range out {
		mat.Row(row, i, m)
		out[i] = float64(exact.ArgMax64(row))
	}
	return out
}

// ToCategorical turns classes 0 to n-1 into one-hot rows, as Keras's
// to_categorical does; numClasses 0 means as many as there are.
func ToCategorical(y any, numClasses int) *Tensor {
	classes := float64s("ToCategorical", y)
	largest := -1
	for i, c := range classes {
		if c != float64(exact.ToInt(c)) || c < 0 || numClasses > 0 && c >= float64(numClasses) {
			panic(fmt.Errorf("nnlib: ToCategorical: sample %d has the class %v; classes are whole numbers from 0 to %d", i, c, numClasses-1))
		}
		largest = max(largest, exact.ToInt(c))
	}
	if numClasses == 0 {
		numClasses = largest + 1
	}
	t := NewTensor(len(classes), numClasses)
	for i, c := range classes {
		t.Data[i*numClasses+exact.ToInt(c)] = 1
	}
	return t
}
