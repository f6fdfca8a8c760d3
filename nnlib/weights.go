package nnlib

import (
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"
)

// sampleWeights joins SampleWeight and ClassWeight; nil when all samples count 1.
func (t *training) sampleWeights(total int) []float64 {
	if t.SampleWeight != nil && len(t.SampleWeight) != total {
		panic(fmt.Errorf("nnlib: SampleWeight has %d numbers for %d samples", len(t.SampleWeight), total))
	}
	if t.SampleWeight == nil && t.ClassWeight == nil {
		return nil
	}
	weights := make([]float64, t.x.samples())
	for i := range weights {
		weights[i] = 1
		if t.SampleWeight != nil {
			weights[i] = t.SampleWeight[i]
		}
		if t.ClassWeight != nil {
			weights[i] *= t.classWeight(t.y[0], i)
		}
		if !(weights[i] >= 0) || math.IsInf(weights[i], 0) {
			panic(fmt.Errorf("nnlib: sample %d has the weight %v; SampleWeight and ClassWeight are numbers from 0", i, weights[i]))
		}
	}
	return weights
}

// classWeight is the weight of the class of sample i: its number, or the place of
// the largest in its row. A class without a weight counts 1.
func (t *training) classWeight(y *Tensor, i int) float64 {
	_, cols := y.Dims()
	row := y.Data[i*cols : (i+1)*cols]
	class := exact.ArgMax32(row)
	if cols == 1 {
		class = exact.ToInt(float64(row[0]))
	}
	if w, ok := t.ClassWeight[class]; ok {
		return w
	}
	return 1
}

// snapshot returns a copy of all weights and states, restore brings them back.
func (m *Model) snapshot() [][]float32 {
	copies := make([][]float32, len(m.params))
	for k, p := range m.params {
		copies[k] = slices.Clone(p.Value.Data)
	}
	return copies
}

func (m *Model) restore(copies [][]float32) {
	for k, p := range m.params {
		copy(p.Value.Data, copies[k])
	}
}
