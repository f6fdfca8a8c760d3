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

var metrics = table[Metric]{
	{"accuracy acc", func() Metric { return &AccuracyMetric{} }},
	{"binary_accuracy", func() Metric { return &BinaryAccuracyMetric{} }},
	{"categorical_accuracy", func() Metric { return &CategoricalAccuracyMetric{} }},
	{"sparse_categorical_accuracy", func() Metric { return &SparseCategoricalAccuracyMetric{} }},
	{"top_k_categorical_accuracy", func() Metric { return &TopKCategoricalAccuracyMetric{} }},
	{"auc", func() Metric { return &AUCMetric{} }},
	{"precision", func() Metric { return &PrecisionMetric{} }},
	{"recall", func() Metric { return &RecallMetric{} }},
	{"f1_score", func() Metric { return &F1ScoreMetric{} }},
	{"root_mean_squared_error rmse", func() Metric { return &RootMeanSquaredErrorMetric{} }},
	{"r2_score r2", func() Metric { return &R2ScoreMetric{} }},
	{"mean_squared_error", func() Metric { return &MeanLossMetric{Loss: "mean_squared_error"} }},
	{"mse", func() Metric { return &MeanLossMetric{Loss: "mse"} }},
	{"mean_absolute_error", func() Metric { return &MeanLossMetric{Loss: "mean_absolute_error"} }},
	{"mae", func() Metric { return &MeanLossMetric{Loss: "mae"} }},
	{"mean_absolute_percentage_error", func() Metric { return &MeanLossMetric{Loss: "mean_absolute_percentage_error"} }},
	{"mape", func() Metric { return &MeanLossMetric{Loss: "mape"} }},
	{"mean_squared_logarithmic_error", func() Metric { return &MeanLossMetric{Loss: "mean_squared_logarithmic_error"} }},
	{"msle", func() Metric { return &MeanLossMetric{Loss: "msle"} }},
	{"binary_crossentropy", func() Metric { return &MeanLossMetric{Loss: "binary_crossentropy"} }},
	{"categorical_crossentropy", func() Metric { return &MeanLossMetric{Loss: "categorical_crossentropy"} }},
	{"sparse_categorical_crossentropy", func() Metric { return &MeanLossMetric{Loss: "sparse_categorical_crossentropy"} }},
	{"kl_divergence", func() Metric { return &MeanLossMetric{Loss: "kl_divergence"} }},
	{"hinge", func() Metric { return &MeanLossMetric{Loss: "hinge"} }},
	{"squared_hinge", func() Metric { return &MeanLossMetric{Loss: "squared_hinge"} }},
	{"categorical_hinge", func() Metric { return &MeanLossMetric{Loss: "categorical_hinge"} }},
	{"log_cosh", func() Metric { return &MeanLossMetric{Loss: "log_cosh"} }},
	{"poisson", func() Metric { return &MeanLossMetric{Loss: "poisson"} }},
	{"huber", func() Metric { return &MeanLossMetric{Loss: "huber"} }},
}

var regularizers = table[Regularizer]{
	{"l1", func() Regularizer { return &L1L2{L1: 0.01} }},
	{"l2", func() Regularizer { return &L1L2{L2: 0.01} }},
	{"l1_l2", func() Regularizer { return &L1L2{L1: 0.01, L2: 0.01} }},
}

var constraints = table[Constraint]{
	{"max_norm", func() Constraint { return &MaxNorm{} }},
	{"min_max_norm", func() Constraint { return &MinMaxNorm{} }},
	{"non_neg", func() Constraint { return &NonNeg{} }},
	{"unit_norm", func() Constraint { return &UnitNorm{} }},
}
