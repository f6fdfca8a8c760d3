package layertest

import (
	"reprise/nnlib"
)

// one is the shapes of a layer with one input.
func one(shape ...int) []nnlib.Shape { return []nnlib.Shape{shape} }

// Catalogue has every layer of nnlib, in the configurations that differ inside.
var Catalogue = []Case{
	{Name: "Dense", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4} }, In: one(5), Out: nnlib.Shape{4},
		Wrong: one(), WrongSay: "Dense wants samples of 1 or more axes, got []"},
	{Name: "Dense over time", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4, NoBias: true} }, In: one(3, 5), Out: nnlib.Shape{3, 4}},
	{Name: "Dense tanh", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4, Activation: "tanh"} }, In: one(5), Out: nnlib.Shape{4}},
	{Name: "Dense softmax", New: func() nnlib.Layer { return &nnlib.Dense{Units: 4, Activation: "softmax"} }, In: one(5), Out: nnlib.Shape{4}},

	activation("relu"), activation("relu6"), activation("leaky_relu"), activation("sigmoid"), activation("hard_sigmoid"), activation("tanh"),
	activation("softmax"), activation("log_softmax"), activation("softplus"), activation("softsign"), activation("elu"), activation("selu"),
	activation("exponential"), activation("gelu"), activation("silu"), activation("mish"), activation("linear"),

	{Name: "Dropout", New: func() nnlib.Layer { return &nnlib.Dropout{Rate: 0.4} }, In: one(6), Out: nnlib.Shape{6}},
	{Name: "Dropout noise shape", New: func() nnlib.Layer { return &nnlib.Dropout{Rate: 0.4, NoiseShape: nnlib.Shape{4, 1}} }, In: one(4, 3), Out: nnlib.Shape{4, 3},
		Wrong: one(4), WrongSay: "wants a NoiseShape with as many axes"},
	{Name: "SpatialDropout1D", New: func() nnlib.Layer { return &nnlib.SpatialDropout1D{Rate: 0.4} }, In: one(4, 5), Out: nnlib.Shape{4, 5},
		Wrong: one(4), WrongSay: "SpatialDropout1D wants samples [time channels], got [4]"},
	{Name: "SpatialDropout2D", New: func() nnlib.Layer { return &nnlib.SpatialDropout2D{Rate: 0.4} }, In: one(2, 3, 5), Out: nnlib.Shape{2, 3, 5},
		Wrong: one(4, 5), WrongSay: "SpatialDropout2D wants samples [rows cols channels], got [4 5]"},
	{Name: "AlphaDropout", New: func() nnlib.Layer { return &nnlib.AlphaDropout{Rate: 0.4} }, In: one(6), Out: nnlib.Shape{6}},
	{Name: "GaussianDropout", New: func() nnlib.Layer { return &nnlib.GaussianDropout{Rate: 0.4} }, In: one(6), Out: nnlib.Shape{6}},
	{Name: "GaussianNoise", New: func() nnlib.Layer { return &nnlib.GaussianNoise{StdDev: 0.4} }, In: one(6), Out: nnlib.Shape{6}},
}

// activation is a row for one activation, on inputs that keep off its kinks.
func activation(name string) Case {
	return Case{Name: "ActivationLayer " + name, New: func() nnlib.Layer { return &nnlib.ActivationLayer{Activation: name} },
		In: one(3, 7), Out: nnlib.Shape{3, 7}, Lattice: true, Wrong: one(), WrongSay: "ActivationLayer wants samples of 1 or more axes"}
}
