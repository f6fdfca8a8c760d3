package nnlib

import "reflect"

// classes are the types that a saved model may consist of, by name.
var classes = classesOf(
	// layers
	&Dense{}, &ActivationLayer{}, &Embedding{}, &Masking{}, &InputLayer{},
	&Dropout{}, &SpatialDropout1D{}, &SpatialDropout2D{}, &AlphaDropout{}, &GaussianDropout{}, &GaussianNoise{},
	&Flatten{}, &Reshape{}, &Permute{}, &RepeatVector{},
	&ZeroPadding1D{}, &ZeroPadding2D{}, &Cropping1D{}, &Cropping2D{}, &UpSampling1D{}, &UpSampling2D{},
	&Add{}, &Subtract{}, &Multiply{}, &Average{}, &Maximum{}, &Minimum{}, &Concatenate{},
	&SimpleRNN{}, &LSTM{}, &GRU{}, &RNNState{}, &Bidirectional{}, &TimeDistributed{}, &MultiHeadAttention{},
	&Conv1D{}, &Conv2D{}, &DepthwiseConv1D{}, &DepthwiseConv2D{}, &Conv1DTranspose{}, &Conv2DTranspose{}, &SeparableConv1D{}, &SeparableConv2D{},
	&PReLU{}, &Rescaling{}, &Normalization{}, &UnitNormalization{}, &RMSNormalization{}, &ActivityRegularization{}, &Dot{}, &Attention{}, &AdditiveAttention{},
	&MaxPooling1D{}, &MaxPooling2D{}, &AveragePooling1D{}, &AveragePooling2D{},
	&GlobalMaxPooling1D{}, &GlobalMaxPooling2D{}, &GlobalAveragePooling1D{}, &GlobalAveragePooling2D{},
	&BatchNormalization{}, &LayerNormalization{}, &GroupNormalization{},
	// activations
	&Linear{}, &ReLU{}, &LeakyReLU{}, &Sigmoid{}, &HardSigmoid{}, &Tanh{}, &Softmax{}, &LogSoftmax{}, &Softplus{}, &Softsign{},
	&ELU{}, &SELU{}, &Exponential{}, &GELU{}, &SiLU{}, &Mish{}, &CELU{}, &HardSiLU{}, &HardTanh{}, &HardShrink{}, &SoftShrink{},
	&TanhShrink{}, &Threshold{}, &LogSigmoid{}, &Squareplus{}, &SparsePlus{}, &SparseSigmoid{}, &Sparsemax{},
	// initializers
	&GlorotUniform{}, &GlorotNormal{}, &HeUniform{}, &HeNormal{}, &LecunUniform{}, &LecunNormal{}, &VarianceScaling{},
	&RandomUniform{}, &RandomNormal{}, &TruncatedNormal{}, &Orthogonal{}, &Identity{}, &Zeros{}, &Ones{}, &Constant{},
	// regularizers and constraints
	&L1L2{}, &OrthogonalRegularizer{}, &MaxNorm{}, &MinMaxNorm{}, &NonNeg{}, &UnitNorm{},
)

func classesOf(pointers ...any) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, p := range pointers {
		t := reflect.TypeOf(p).Elem()
		m[t.Name()] = t
	}
	return m
}
