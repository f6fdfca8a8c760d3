package datasets

import (
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// Made says how a set is made. Its zero value is 100 samples under seed 0, without noise.
type Made struct {
	Samples int     // 100 by default
	Noise   float64 // the deviation of normal noise on each feature
	Seed    uint64

	// Random makes what scikit-learn makes with random_state=1: rng.NewRandomState(1).
	// Without it, every number depends on Seed and its own name only.
	Random *rng.RandomState
}

// draws is where a set's numbers come from.
type draws struct {
	uniform, normal func() float64 // [0, 1); standard normal
	shuffle         func([]int)
}

func (m Made) draws(name string) draws {
	if m.Random != nil {
		return draws{m.Random.RandomSample, m.Random.StandardNormal, m.Random.ShuffleInts}
	}
	s := rng.Root(m.Seed).Stream("datasets", name)
	return draws{s.Float64, s.NormFloat64, func(x []int) { s.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] }) }}
}

func (m Made) samples(least int) int {
	n := m.Samples
	if n == 0 {
		n = 100
	}
	if n < least {
		panic(fmt.Errorf("datasets: Samples of at least %d are wanted, got %d", least, n))
	}
	return n
}

// finish shuffles the points, adds noise, and makes classes of y.
func (m Made) finish(name string, d draws, points [][]float64, y []float64) *Dataset {
	order := make([]int, len(points))
	for i := range order {
		order[i] = i
	}
	d.shuffle(order)
	cols := len(points[0])
	set := &Dataset{Name: name, X: mat.NewDense(len(points), cols, nil), FeatureNames: numbered(cols)}
	for i, k := range order {
		set.X.SetRow(i, points[k])
		set.Y = append(set.Y, y[k])
	}
	if m.Noise > 0 {
		for i, v := range set.X.RawMatrix().Data {
			set.X.RawMatrix().Data[i] = v + float64(m.Noise*d.normal())
		}
	}
	for c := range exact.ToInt(slices.Max(y)) + 1 {
		set.TargetNames = append(set.TargetNames, fmt.Sprint(c))
	}
	return set
}

// linspace is numpy.linspace.
func linspace(from, to float64, n int, end bool) []float64 {
	x := make([]float64, n)
	steps := n
	if end {
		steps = n - 1
	}
	for i := range x {
		x[i] = from
		if steps > 0 {
			x[i] += float64(float64(i) * ((to - from) / float64(steps)))
		}
	}
	if end && n > 1 {
		x[n-1] = to
	}
	return x
}

// Moons is scikit-learn's make_moons: two half circles that reach into each other.
func Moons(m Made) *Dataset {
	n := m.samples(2)
	var points [][]float64
	var y []float64
	for _, a := range linspace(0, math.Pi, n/2, true) {
		sin, cos := exact.Sincos(a)
		points, y = append(points, []float64{cos, sin}), append(y, 0)
	}
	for _, a := range linspace(0, math.Pi, n-n/2, true) {
		sin, cos := exact.Sincos(a)
		points, y = append(points, []float64{1 - cos, 1 - sin - 0.5}), append(y, 1)
	}
	return m.finish("moons", m.draws("moons"), points, y)
}

// Circles is scikit-learn's make_circles: a circle of radius 1 and one of radius factor, 0.8 by default, within it.
func Circles(m Made, factor float64) *Dataset {
	n := m.samples(2)
	if factor == 0 {
		factor = 0.8
	}
	if factor < 0 || factor >= 1 {
		panic(fmt.Errorf("datasets: Circles wants a factor from 0 to below 1, got %v", factor))
	}
	var points [][]float64
	var y []float64
	for class, size := range []int{n / 2, n - n/2} {
		radius := []float64{1, factor}[class]
		for _, a := range linspace(0, 2*math.Pi, size, false) {
			sin, cos := exact.Sincos(a)
			points, y = append(points, []float64{cos * radius, sin * radius}), append(y, float64(class))
		}
	}
	return m.finish("circles", m.draws("circles"), points, y)
}

// Blobs is scikit-learn's make_blobs: normal clouds of deviation 1 around centres
// that are drawn between -10 and 10. Noise, where it is set, is their deviation.
func Blobs(m Made, centers, features int) *Dataset {
	n := m.samples(centers)
	if centers < 1 || features < 1 {
		panic(fmt.Errorf("datasets: Blobs wants centres and features of at least 1, got %d and %d", centers, features))
	}
	d, deviation := m.draws("blobs"), m.Noise
	if deviation == 0 {
		deviation = 1
	}
	m.Noise = 0
	middle := make([][]float64, centers)
	for k := range middle {
		for range features {
			middle[k] = append(middle[k], -10+float64(20*d.uniform()))
		}
	}
	var points [][]float64
	var y []float64
	for k, c := range middle {
		size := n / centers
		if k < n%centers {
			size++
		}
		for range size {
			p := make([]float64, features)
			for j := range p {
				p[j] = c[j] + float64(deviation*d.normal())
			}
			points, y = append(points, p), append(y, float64(k))
		}
	}
	return m.finish("blobs", d, points, y)
}

// Spirals is interleaved arms that wind once around the middle, one for each class.
func Spirals(m Made, classes int) *Dataset {
	n := m.samples(classes)
	if classes < 1 {
		panic(fmt.Errorf("datasets: Spirals wants at least 1 class, got %d", classes))
	}
	var points [][]float64
	var y []float64
	for c := range classes {
		size := n / classes
		if c < n%classes {
			size++
		}
		for _, r := range linspace(0.05, 1, size, true) {
			sin, cos := exact.Sincos(float64(2*math.Pi*r) + float64(2*math.Pi*float64(c)/float64(classes)))
			points, y = append(points, []float64{r * cos, r * sin}), append(y, float64(c))
		}
	}
	return m.finish("spirals", m.draws("spirals"), points, y)
}

// Sequence is the data of the tutorial: X is 0.0, 0.1 and so on, and y the number
// that follows each; length numbers make length-1 pairs.
func Sequence(length int) (X, y []float64) {
	if length < 2 {
		panic(fmt.Errorf("datasets: Sequence wants a length of at least 2, got %d", length))
	}
	for i := range length - 1 {
		X, y = append(X, float64(i)/10), append(y, float64(i+1)/10)
	}
	return X, y
}

// Sine is a sine wave of the given period as windows of steps numbers, one row
// each, and the number that follows each window.
func Sine(m Made, steps int, period float64) *Dataset {
	n, d := m.samples(1), m.draws("sine")
	if steps < 1 || !(period > 0) {
		panic(fmt.Errorf("datasets: Sine wants steps of at least 1 and a period above 0, got %d and %v", steps, period))
	}
	wave := make([]float64, n+steps)
	for i := range wave {
		wave[i] = exact.Sin(2*math.Pi*float64(i)/period) + float64(m.Noise*d.normal())
	}
	set := &Dataset{Name: "sine", X: mat.NewDense(n, steps, nil), Y: wave[steps:]}
	for j := range steps {
		set.FeatureNames = append(set.FeatureNames, fmt.Sprintf("t-%d", steps-j))
	}
	for i := range n {
		set.X.SetRow(i, wave[i:i+steps])
	}
	return set
}
