package nnlib

import "math"

var _ Initializer = (*VarianceScaling)(nil)

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
