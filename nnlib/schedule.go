package nnlib

import (
	"math"
	"reflect"

	"reprise/nnlib/exact"
)

// A Schedule says the learning rate of each step; steps count from 0.
type Schedule interface{ At(step int) float64 }

var (
	_ Schedule = (*ExponentialDecay)(nil)
	_ Schedule = (*InverseTimeDecay)(nil)
	_ Schedule = (*PolynomialDecay)(nil)
	_ Schedule = (*PiecewiseConstantDecay)(nil)
	_ Schedule = (*CosineDecay)(nil)
	_ Schedule = (*CosineDecayRestarts)(nil)
)

// ExponentialDecay is InitialLearningRate·DecayRate^(step/DecaySteps).
type ExponentialDecay struct {
	InitialLearningRate float64
	DecaySteps          int
	DecayRate           float64
	Staircase           bool // the rate falls once every DecaySteps
}

// At returns the rate.
func (e *ExponentialDecay) At(step int) float64 {
	return e.InitialLearningRate * exact.Pow(e.DecayRate, progress(step, e.DecaySteps, e.Staircase))
}

// InverseTimeDecay is InitialLearningRate / (1 + DecayRate·step/DecaySteps).
type InverseTimeDecay struct {
	InitialLearningRate float64
	DecaySteps          int
	DecayRate           float64
	Staircase           bool
}

// At returns the rate.
func (i *InverseTimeDecay) At(step int) float64 {
	return i.InitialLearningRate / (1 + float64(i.DecayRate*progress(step, i.DecaySteps, i.Staircase)))
}

func progress(step, of int, staircase bool) float64 {
	p := float64(step) / float64(max(of, 1))
	if staircase {
		p = math.Floor(p)
	}
	return p
}

// PolynomialDecay goes from InitialLearningRate to EndLearningRate in DecaySteps steps.
type PolynomialDecay struct {
	InitialLearningRate float64
	DecaySteps          int
	EndLearningRate     float64 // 0.0001 by default
	Power               float64 // 1 by default
}

// At returns the rate.
func (d *PolynomialDecay) At(step int) float64 {
	end := orNumber(d.EndLearningRate, 0.0001)
	left := 1 - progress(min(step, d.DecaySteps), d.DecaySteps, false)
	return float64((d.InitialLearningRate-end)*exact.Pow(left, orNumber(d.Power, 1))) + end
}

// PiecewiseConstantDecay is Values[i] up to and with step Boundaries[i], and the last value after that.
type PiecewiseConstantDecay struct {
	Boundaries []int
	Values     []float64 // one more than boundaries
}

// At returns the rate.
func (d *PiecewiseConstantDecay) At(step int) float64 {
	for i, b := range d.Boundaries {
		if step <= b {
			return d.Values[i]
		}
	}
	return d.Values[len(d.Boundaries)]
}

// CosineDecay warms up to WarmupTarget in WarmupSteps, if they are set, and then falls along a
// cosine to Alpha times where it started.
type CosineDecay struct {
	InitialLearningRate float64
	DecaySteps          int
	Alpha               float64
	WarmupTarget        float64
	WarmupSteps         int
}

// At returns the rate.
func (d *CosineDecay) At(step int) float64 {
	from := d.InitialLearningRate
	if d.WarmupSteps > 0 {
		if step < d.WarmupSteps {
			return from + float64((d.WarmupTarget-from)*progress(step, d.WarmupSteps, false))
		}
		from, step = d.WarmupTarget, step-d.WarmupSteps
	}
	cosine := 0.5 * (1 + exact.Cos(math.Pi*progress(min(step, d.DecaySteps), d.DecaySteps, false)))
	return from * (float64((1-d.Alpha)*cosine) + d.Alpha)
}

// CosineDecayRestarts falls along a cosine in FirstDecaySteps steps, and then begins
// anew with TMul times as many steps and MMul times the height. Loshchilov and Hutter, 2016.
type CosineDecayRestarts struct {
	InitialLearningRate float64
	FirstDecaySteps     int
	TMul                float64 // 2 by default
	MMul                float64 // 1 by default
	Alpha               float64
}

// At returns the rate.
func (d *CosineDecayRestarts) At(step int) float64 {
	times, height := orNumber(d.TMul, 2), 1.0
	long, left := float64(max(d.FirstDecaySteps, 1)), float64(step)
	for left >= long && times > 0 {
		left -= long
		long, height = float64(long*times), float64(height*orNumber(d.MMul, 1))
	}
	cosine := 0.5 * height * (1 + exact.Cos(math.Pi*(left/long)))
	return d.InitialLearningRate * (float64((1-d.Alpha)*cosine) + d.Alpha)
}

// rateAt is the learning rate of an optimizer: by its schedule, as it was set, or its default.
func rateAt(schedule Schedule, steps int, given, otherwise float64) float64 {
	if schedule != nil {
		return schedule.At(steps)
	}
	return orNumber(given, otherwise)
}

// scheduled says whether a schedule says an optimizer's rate.
func scheduled(o Optimizer) bool {
	f := reflect.Indirect(reflect.ValueOf(o)).FieldByName("Schedule")
	return f.IsValid() && !f.IsNil()
}
