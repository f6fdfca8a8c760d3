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
	{"relu", func() Activation { return &ReLU{} }},
	{"relu6", func() Activation { return &ReLU{MaxValue: 6} }},
	{"leaky_relu", func() Activation { return &LeakyReLU{} }},
	{"sigmoid", func() Activation { return &Sigmoid{} }},
	{"hard_sigmoid", func() Activation { return &HardSigmoid{} }},
	{"tanh", func() Activation { return &Tanh{} }},
	{"softmax", func() Activation { return &Softmax{} }},
	{"log_softmax", func() Activation { return &LogSoftmax{} }},
	{"softplus", func() Activation { return &Softplus{} }},
	{"softsign", func() Activation { return &Softsign{} }},
	{"elu", func() Activation { return &ELU{} }},
	{"selu", func() Activation { return &SELU{} }},
	{"exponential", func() Activation { return &Exponential{} }},
	{"gelu", func() Activation { return &GELU{} }},
	{"silu swish", func() Activation { return &SiLU{} }},
	{"mish", func() Activation { return &Mish{} }},
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
