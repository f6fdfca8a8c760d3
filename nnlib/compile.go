package nnlib

import (
	"errors"
	"fmt"
	"math"

	"reprise/nnlib/exact"
)

// Compile says how a model learns. Each field takes a Keras name or a value:
// "adam" or &Adam{LearningRate: 0.01}.
type Compile struct {
	Loss      any   // []any with one for each output, where there are several
	Optimizer any   // "rmsprop" in Keras when left out; here it must be said
	Metrics   []any // shown and recorded beside the loss

	ClipNorm       float64 // each weight's gradient is scaled down to this norm
	ClipValue      float64 // each element of a gradient is cut to ± this value
	GlobalClipNorm float64 // all gradients together are scaled down to this norm
}

type clip struct{ norm, value, global float64 }

// Compile makes the model ready for Fit and Evaluate.
func (m *Model) Compile(c Compile) {
	if err := m.compile(c); err != nil {
		panic(fmt.Errorf("nnlib: Compile: %w", err))
	}
}

func (m *Model) compile(c Compile) (err error) {
	if c.Loss == nil || c.Optimizer == nil {
		return errors.New(`it wants a Loss and an Optimizer, such as Loss: "mse", Optimizer: "adam"`)
	}
	m.losses = nil
	for _, v := range list(c.Loss) {
		l, err := losses.named("loss", v)
		if err != nil {
			return err
		}
		m.losses = append(m.losses, l)
	}
	if len(m.outputs) > 1 && len(m.losses) != len(m.outputs) || len(m.losses) != 1 && len(m.outputs) < 2 {
		return fmt.Errorf("there are %d outputs and %d losses; give one for each", max(len(m.outputs), 1), len(m.losses))
	}
	if m.optimizer, err = optimizers.named("optimizer", c.Optimizer); err != nil {
		return err
	}
	if o, ok := m.optimizer.(worldly); ok {
		o.inWorld(m.world)
	}
	m.metrics = nil
	for _, v := range c.Metrics {
		metric, err := metrics.named("metric", v)
		if err != nil {
			return err
		}
		m.metrics = append(m.metrics, metric)
	}
	m.clip = clip{c.ClipNorm, c.ClipValue, c.GlobalClipNorm}
	m.compiled = true
	return nil
}

// gradients applies the three limits, in Keras's order.
func (c clip) gradients(params []*Param) {
	if c.norm > 0 {
		for _, p := range params {
			shrink(p.Grad.Data, c.norm, float64(exact.Norm32(p.Grad.Data)))
		}
	}
	if c.global > 0 {
		sum := 0.0
		for _, p := range params {
			sum += exact.SumSq32To64(p.Grad.Data)
		}
		for _, p := range params {
			shrink(p.Grad.Data, c.global, math.Sqrt(sum))
		}
	}
	if c.value > 0 {
		limit := float32(c.value)
		for _, p := range params {
			for i, g := range p.Grad.Data {
				p.Grad.Data[i] = max(-limit, min(limit, g))
			}
		}
	}
}

func shrink(g []float32, limit, norm float64) {
	if norm > limit {
		exact.Scale32(g, float32(limit/norm), g)
	}
}
