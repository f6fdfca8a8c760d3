package kernel_test

import (
	"context"
	"math"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/kerneltest"
)

// unwritable shows a number that JSON does not have.
type unwritable struct{ *kerneltest.Echo }

func (*unwritable) Run(_ context.Context, _ engine.Cell, out engine.Output) (engine.Outcome, error) {
	out.Display(display.Bundle{Data: map[string]any{display.JSON: math.NaN()}}, "", false)
	return engine.Outcome{}, nil
}

// halves prints a byte at a time, and the first of three at the end.
type halves struct{ *kerneltest.Echo }

func (*halves) Run(_ context.Context, _ engine.Cell, out engine.Output) (engine.Outcome, error) {
	const text = "世界世"
	for i := range len(text) - 2 {
		out.Stream(engine.Stdout, text[i:i+1])
	}
	return engine.Outcome{}, nil
}
