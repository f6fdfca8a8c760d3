package nnlib

// The names that may stand for values: Keras's own, then its short forms. A new
// loss, optimizer, activation, initializer, metric, regularizer or constraint is
// one file and one line here.

var losses = table[Loss]{
	{"mean_squared_error mse", func() Loss { return &MeanSquaredErrorLoss{} }},
	{"mean_absolute_error mae", func() Loss { return &MeanAbsoluteErrorLoss{} }},
	{"mean_absolute_percentage_error mape", func() Loss { return &MeanAbsolutePercentageErrorLoss{} }},
	{"mean_squared_logarithmic_error msle", func() Loss { return &MeanSquaredLogarithmicErrorLoss{} }},
	{"huber", func() Loss { return &HuberLoss{} }},
	{"log_cosh logcosh", func() Loss { return &LogCoshLoss{} }},
	{"poisson", func() Loss { return &PoissonLoss{} }},
	{"binary_crossentropy bce", func() Loss { return &BinaryCrossentropyLoss{} }},
	{"categorical_crossentropy", func() Loss { return &CategoricalCrossentropyLoss{} }},
	{"sparse_categorical_crossentropy", func() Loss { return &SparseCategoricalCrossentropyLoss{} }},
	{"kl_divergence kld", func() Loss { return &KLDivergenceLoss{} }},
	{"hinge", func() Loss { return &HingeLoss{} }},
	{"squared_hinge", func() Loss { return &SquaredHingeLoss{} }},
	{"categorical_hinge", func() Loss { return &CategoricalHingeLoss{} }},
	{"cosine_similarity", func() Loss { return &CosineSimilarityLoss{} }},
}

var optimizers = table[Optimizer]{
	{"adam", func() Optimizer { return &Adam{} }},
	{"sgd", func() Optimizer { return &SGD{} }},
	{"rmsprop", func() Optimizer { return &RMSprop{} }},
	{"adagrad", func() Optimizer { return &Adagrad{} }},
	{"adadelta", func() Optimizer { return &Adadelta{} }},
	{"adamw", func() Optimizer { return &AdamW{} }},
	{"adamax", func() Optimizer { return &Adamax{} }},
	{"nadam", func() Optimizer { return &Nadam{} }},
	{"lion", func() Optimizer { return &Lion{} }},
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
	{"he_uniform", func() Initializer { return &HeUniform{} }},
	{"he_normal", func() Initializer { return &HeNormal{} }},
	{"lecun_uniform", func() Initializer { return &LecunUniform{} }},
	{"lecun_normal", func() Initializer { return &LecunNormal{} }},
	{"variance_scaling", func() Initializer { return &VarianceScaling{} }},
	{"random_uniform uniform", func() Initializer { return &RandomUniform{} }},
	{"random_normal normal", func() Initializer { return &RandomNormal{} }},
	{"truncated_normal", func() Initializer { return &TruncatedNormal{} }},
	{"orthogonal", func() Initializer { return &Orthogonal{} }},
	{"identity", func() Initializer { return &Identity{} }},
	{"zeros", func() Initializer { return &Zeros{} }},
	{"ones", func() Initializer { return &Ones{} }},
}

var metrics = table[Metric]{}

var regularizers = table[Regularizer]{}

var constraints = table[Constraint]{}
