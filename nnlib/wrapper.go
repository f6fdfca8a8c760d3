package nnlib

import (
	"fmt"
	"reflect"
)

// view makes a tensor, old if there is one, that shares of's elements.
func view(old, of *Tensor, n int, shape Shape) *Tensor {
	if old == nil {
		old = &Tensor{}
	}
	old.Shape = append(append(old.Shape[:0], n), shape...)
	old.Data = of.Data
	return old
}

const (
	mergeConcat = iota
	mergeSum
	mergeMul
	mergeAve
)

func backwardsCopy(l Layer) (Layer, error) {
	switch v := l.(type) {
	case *SimpleRNN, *LSTM, *GRU:
		from := reflect.ValueOf(v).Elem()
		to := reflect.New(from.Type())
		for i := range from.NumField() {
			if from.Type().Field(i).IsExported() {
				to.Elem().Field(i).Set(from.Field(i))
			}
		}
		backwards := to.Elem().FieldByName("GoBackwards")
		backwards.SetBool(!backwards.Bool())
		return to.Interface().(Layer), nil
	}
	return nil, fmt.Errorf("Bidirectional wants a SimpleRNN, LSTM or GRU, got %T", l)
}
