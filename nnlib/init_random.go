package nnlib

import "math"

var (
	_ Initializer = (*RandomUniform)(nil)
	_ Initializer = (*RandomNormal)(nil)
	_ Initializer = (*TruncatedNormal)(nil)
	_ Initializer = (*HeUniform)(nil)
	_ Initializer = (*HeNormal)(nil)
	_ Initializer = (*LecunUniform)(nil)
	_ Initializer = (*LecunNormal)(nil)
	_ Initializer = (*VarianceScaling)(nil)
)

// RandomUniform draws uniformly between MinVal and MaxVal, ±0.05 where both are 0.
type RandomUniform struct{ MinVal, MaxVal float64 }

// Init fills w.
func (r *RandomUniform) Init(w *Tensor, d *Draw) error {
	if r.MinVal == 0 && r.MaxVal == 0 {
		return d.Uniform(w, -0.05, 0.05)
	}
	return d.Uniform(w, r.MinVal, r.MaxVal)
}

// RandomNormal draws normally.
type RandomNormal struct {
	Mean   float64
	StdDev float64 // 0.05 by default
}

// Init fills w.
func (r *RandomNormal) Init(w *Tensor, d *Draw) error {
	return d.Normal(w, r.Mean, orNumber(r.StdDev, 0.05))
}

// TruncatedNormal draws normally, within two deviations of the mean.
type TruncatedNormal struct {
	Mean   float64
	StdDev float64 // 0.05 by default, before truncation
}

// Init fills w.
func (r *TruncatedNormal) Init(w *Tensor, d *Draw) error {
	return d.TruncatedNormal(w, r.Mean, orNumber(r.StdDev, 0.05))
}

// HeUniform draws uniformly within ±√(6/in). He and others, 2015.
type HeUniform struct{}

// Init fills w.
func (*HeUniform) Init(w *Tensor, d *Draw) error {
	return (&VarianceScaling{Scale: 2, Distribution: "uniform"}).Init(w, d)
}

// HeNormal draws truncated normally with variance 2/in.
type HeNormal struct{}

// Init fills w.
func (*HeNormal) Init(w *Tensor, d *Draw) error { return (&VarianceScaling{Scale: 2}).Init(w, d) }

// LecunUniform draws uniformly within ±√(3/in).
type LecunUniform struct{}

// Init fills w.
func (*LecunUniform) Init(w *Tensor, d *Draw) error {
	return (&VarianceScaling{Distribution: "uniform"}).Init(w, d)
}

// LecunNormal draws truncated normally with variance 1/in.
type LecunNormal struct{}

// Init fills w.
func (*LecunNormal) Init(w *Tensor, d *Draw) error { return (&VarianceScaling{}).Init(w, d) }

// VarianceScaling draws with the variance Scale/n, n being the weight's inputs,
// outputs or their average.
type VarianceScaling struct {
	Scale        float64 // 1 by default
	Mode         string  // "fan_in" by default, "fan_out", "fan_avg"
	Distribution string  // "truncated_normal" by default, "untruncated_normal", "uniform"
}

// Init fills w.
func (v *VarianceScaling) Init(w *Tensor, d *Draw) error {
	in, out := Fans(w.Shape)
	n, err := choice("Mode", v.Mode, []string{"fan_in", "fan_out", "fan_avg"}, []float64{in, out, (in + out) / 2})
	if err != nil {
		return err
	}
	variance := orNumber(v.Scale, 1) / math.Max(n, 1)
	if variance < 0 {
		return errNegativeScale
	}
	kind, err := choice("Distribution", v.Distribution, []string{"truncated_normal", "untruncated_normal", "uniform"}, []float64{0, 1, 2})
	switch {
	case err != nil:
		return err
	case kind == 0:
		return d.TruncatedNormal(w, 0, math.Sqrt(variance)/truncatedDeviation)
	case kind == 1:
		return d.Normal(w, 0, math.Sqrt(variance))
	}
	limit := math.Sqrt(3 * variance)
	return d.Uniform(w, -limit, limit)
}
