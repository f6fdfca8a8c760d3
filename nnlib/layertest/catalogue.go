package layertest

import "reprise/nnlib"

// one is the shapes of a layer with one input.
func one(shape ...int) []nnlib.Shape { return []nnlib.Shape{shape} }

// Catalogue has every layer of nnlib, in the configurations that differ inside.
var Catalogue = []Case{
	{Name: "Dense", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4} }, In: one(5), Out: nnlib.Shape{4},
		Wrong: one(), WrongSay: "Dense wants samples of 1 or more axes, got []"},
	{Name: "Dense over time", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4, NoBias: true} }, In: one(3, 5), Out: nnlib.Shape{3, 4}},
}
