package trace

import (
	"fmt"
	"math"
	"strings"
)

// A Pair is the first tensor that differs, of both trainings.
type Pair struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name,omitempty"`

	Element []int   `json:"element,omitempty"` // the index of the first element that differs
	A       float64 `json:"a"`                 // that element, or the number where there is only one
	B       float64 `json:"b"`
	ULP     uint64  `json:"ulp,omitempty"`       // float32 numbers from A to B
	Differ  int     `json:"differing,omitempty"` // elements
	Of      int     `json:"of,omitempty"`
}

// String says it in one line.
func (p *Pair) String() string {
	text := string(p.Kind)
	if p.Name != "" && p.Name != text {
		text += " of " + p.Name
	}
	switch {
	case p.Of > 0:
		text += fmt.Sprintf(", element %s: %v and %v (%s); %d of %d elements differ", strings.ReplaceAll(fmt.Sprint(p.Element), " ", ", "),
			float32(p.A), float32(p.B), ulpText(p.ULP), p.Differ, p.Of)
	case p.A != p.B:
		text += fmt.Sprintf(": %v and %v", p.A, p.B)
	}
	return text
}

func ulpText(ulp uint64) string { return fmt.Sprintf("%d ULP apart", ulp) }

// pair compares two records of the same thing, whose hashes differ.
func pair(a, b Tensor) *Pair {
	p := &Pair{Kind: a.Kind, Name: a.Name, A: a.Number, B: b.Number}
	if len(a.Values) == 0 || len(a.Values) != len(b.Values) {
		return p
	}
	p.Of = len(a.Values) / 4
	for i := range p.Of {
		x, y := a.at(i), b.at(i)
		if math.Float32bits(x) == math.Float32bits(y) || x != x && y != y {
			continue
		}
		if p.Differ == 0 {
			p.Element, p.A, p.B, p.ULP = index(a.Shape, i), finite(x), finite(y), ulps(x, y)
		}
		p.Differ++
	}
	return p
}

// finite keeps infinities and NaN out of JSON.
func finite(x float32) float64 {
	if f := float64(x); !math.IsInf(f, 0) && !math.IsNaN(f) {
		return f
	}
	return 0
}

// index is the place of element i, the last axis varying fastest.
func index(shape []int, i int) []int {
	if len(shape) == 0 {
		return []int{i}
	}
	at := make([]int, len(shape))
	for axis := len(shape) - 1; axis >= 0; axis-- {
		if shape[axis] > 0 {
			at[axis], i = i%shape[axis], i/shape[axis]
		}
	}
	return at
}

// ulps counts the float32 numbers from x to y.
func ulps(x, y float32) uint64 {
	a, b := ordered(x), ordered(y)
	if a > b {
		return uint64(a - b)
	}
	return uint64(b - a)
}

// ordered maps floats to integers in the same order; both zeros become one.
func ordered(x float32) int64 {
	w := math.Float32bits(x)
	if w>>31 == 1 {
		return -int64(w &^ (1 << 31))
	}
	return int64(w)
}
