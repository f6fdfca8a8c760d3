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
	&SimpleRNN{}, &LSTM{}, &GRU{}, &Bidirectional{}, &TimeDistributed{}, &MultiHeadAttention{},
	&Conv1D{}, &Conv2D{}, &DepthwiseConv2D{},
	&MaxPooling1D{}, &MaxPooling2D{}, &AveragePooling1D{}, &AveragePooling2D{},
	&GlobalMaxPooling1D{}, &GlobalMaxPooling2D{}, &GlobalAveragePooling1D{}, &GlobalAveragePooling2D{},
	&BatchNormalization{}, &LayerNormalization{}, &GroupNormalization{},
	// activations
	&Linear{}, &ReLU{}, &LeakyReLU{}, &Sigmoid{}, &HardSigmoid{}, &Tanh{}, &Softmax{}, &LogSoftmax{}, &Softplus{}, &Softsign{},
	&ELU{}, &SELU{}, &Exponential{}, &GELU{}, &SiLU{}, &Mish{},
	// initializers
	&GlorotUniform{}, &GlorotNormal{}, &HeUniform{}, &HeNormal{}, &LecunUniform{}, &LecunNormal{}, &VarianceScaling{},
	&RandomUniform{}, &RandomNormal{}, &TruncatedNormal{}, &Orthogonal{}, &Identity{}, &Zeros{}, &Ones{}, &Constant{},
	// regularizers and constraints
	&L1L2{}, &MaxNorm{}, &MinMaxNorm{}, &NonNeg{}, &UnitNorm{},
)

func classesOf(pointers ...any) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, p := range pointers {
		t := reflect.TypeOf(p).Elem()
		m[t.Name()] = t
	}
	return m
}
