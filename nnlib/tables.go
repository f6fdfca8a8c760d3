package nnlib

// The names that may stand for values: Keras's own, then its short forms. A new
// loss, optimizer, activation, initializer, metric, regularizer or constraint is
// one file and one line here.

var losses = table[Loss]{
	{"mean_squared_error mse", func() Loss { return &MeanSquaredErrorLoss{} }},
}

var optimizers = table[Optimizer]{
	{"adam", func() Optimizer { return &Adam{} }},
}

var activations = table[Activation]{
	{"linear", func() Activation { return &Linear{} }},
}

var initializers = table[Initializer]{
	{"glorot_uniform", func() Initializer { return &GlorotUniform{} }},
	{"glorot_normal", func() Initializer { return &GlorotNormal{} }},
	{"zeros", func() Initializer { return &Zeros{} }},
	{"ones", func() Initializer { return &Ones{} }},
}

var metrics = table[Metric]{}

var regularizers = table[Regularizer]{}

var constraints = table[Constraint]{}
