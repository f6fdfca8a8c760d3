package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

// crosstab counts, by weight, how often each class was taken for each.
type crosstab struct {
	classes int
	cells   []float64 // [wanted][predicted]
}

func (c *crosstab) resize(who string, classes int) {
	if classes < 1 {
		panic(fmt.Errorf("nnlib: %s wants NumClasses of at least 1, got %d", who, classes))
	}
	if c.classes != classes {
		c.classes, c.cells = classes, make([]float64, classes*classes)
	}
}

// add takes numbers of classes, one for each answer.
func (c *crosstab) add(pred, want *Tensor, weights []float64) {
	n := len(pred.Data) / pred.Shape[0]
	for k, p := range pred.Data {
		c.cells[label(want.Data[k], c.classes)*c.classes+label(p, c.classes)] += weightOf(weights, k/n)
	}
}

// addOneHot takes rows, whose largest element stands for the class.
func (c *crosstab) addOneHot(pred, want *Tensor, weights []float64) {
	rows, classes := lastAxis(pred)
	if classes != c.classes {
		panic(fmt.Errorf("nnlib: the metric has NumClasses %d, the predictions have %d", c.classes, classes))
	}
	for r := range rows {
		p, w := pred.Data[r*classes:(r+1)*classes], want.Data[r*classes:(r+1)*classes]
		c.cells[exact.ArgMax32(w)*classes+exact.ArgMax32(p)] += weightOf(weights, r*pred.Shape[0]/rows)
	}
}

// meanIoU is the mean, over those of some classes that occur, of intersection over union.
func (c *crosstab) meanIoU(ids []int) float64 {
	sum, n := 0.0, 0.0
	for _, id := range ids {
		if id < 0 || id >= c.classes {
			panic(fmt.Errorf("nnlib: the class %d is not one of the %d classes 0 to %d", id, c.classes, c.classes-1))
		}
		both, union := c.cells[id*c.classes+id], 0.0
		for k := range c.classes {
			union += c.cells[id*c.classes+k] + c.cells[k*c.classes+id]
		}
		if union -= both; union > 0 {
			sum, n = sum+both/union, n+1
		}
	}
	return sum / max(n, 1)
}

// all returns the classes 0 to n-1.
func (c *crosstab) all() []int {
	ids := make([]int, c.classes)
	for k := range ids {
		ids[k] = k
	}
	return ids
}
