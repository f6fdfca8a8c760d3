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
	activation("celu"), activation("hard_silu"), activation("hard_tanh"), activation("hard_shrink"), activation("soft_shrink"), activation("tanh_shrink"),
	activation("threshold"), activation("log_sigmoid"), activation("squareplus"), activation("sparse_plus"), activation("sparse_sigmoid"), activation("sparsemax"),
	{Name: "ReLU", New: func() nnlib.Layer { return &nnlib.ReLU{} }, In: one(3, 7), Out: nnlib.Shape{3, 7}, Lattice: true,
		Wrong: one(), WrongSay: "ReLU wants samples of 1 or more axes"},
	{Name: "LeakyReLU", New: func() nnlib.Layer { return &nnlib.LeakyReLU{} }, In: one(3, 7), Out: nnlib.Shape{3, 7}, Lattice: true,
		Wrong: one(), WrongSay: "LeakyReLU wants samples of 1 or more axes"},
	{Name: "ELU", New: func() nnlib.Layer { return &nnlib.ELU{} }, In: one(3, 7), Out: nnlib.Shape{3, 7}, Lattice: true,
		Wrong: one(), WrongSay: "ELU wants samples of 1 or more axes"},
	{Name: "Softmax", New: func() nnlib.Layer { return &nnlib.Softmax{} }, In: one(3, 7), Out: nnlib.Shape{3, 7},
		Wrong: one(), WrongSay: "Softmax wants samples of 1 or more axes"},
	{Name: "PReLU", New: func() nnlib.Layer { return &nnlib.PReLU{} }, In: one(3, 4), Out: nnlib.Shape{3, 4}, Lattice: true},
	{Name: "PReLU shared", New: func() nnlib.Layer { return &nnlib.PReLU{SharedAxes: []int{1}} }, In: one(3, 4), Out: nnlib.Shape{3, 4}, Lattice: true},
	{Name: "PReLU axes", New: func() nnlib.Layer { return &nnlib.PReLU{SharedAxes: []int{2}} }, In: one(3, 4), Out: nnlib.Shape{3, 4}, Lattice: true,
		Wrong: one(4), WrongSay: "PReLU wants SharedAxes from 1 to 1 for samples [4], got [2]"},

	{Name: "Rescaling", New: func() nnlib.Layer { return &nnlib.Rescaling{Scale: 0.5, Offset: -1} }, In: one(3, 4), Out: nnlib.Shape{3, 4}},
	{Name: "Normalization", New: func() nnlib.Layer { return &nnlib.Normalization{Mean: []float64{1, -1}, Variance: []float64{4, 0.5}} }, In: one(3, 2), Out: nnlib.Shape{3, 2},
		Wrong: one(3), WrongSay: "Normalization has means of 2 and variances of 2 features for samples [3]; call Adapt with such data first"},
	{Name: "Normalization invert", New: func() nnlib.Layer {
		return &nnlib.Normalization{Mean: []float64{1, -1}, Variance: []float64{4, 0.5}, Invert: true}
	}, In: one(3, 2), Out: nnlib.Shape{3, 2}},
	{Name: "UnitNormalization", New: func() nnlib.Layer { return &nnlib.UnitNormalization{} }, In: one(3, 4), Out: nnlib.Shape{3, 4},
		Wrong: one(), WrongSay: "UnitNormalization wants samples of 1 or more axes"},
	{Name: "RMSNormalization", New: func() nnlib.Layer { return &nnlib.RMSNormalization{} }, In: one(3, 4), Out: nnlib.Shape{3, 4},
		Wrong: one(), WrongSay: "RMSNormalization wants samples of 1 or more axes"},
	{Name: "ActivityRegularization", New: func() nnlib.Layer { return &nnlib.ActivityRegularization{} }, In: one(3, 4), Out: nnlib.Shape{3, 4}},
	{Name: "Dot", New: func() nnlib.Layer { return &nnlib.Dot{} }, In: times(2, 5), Out: nnlib.Shape{1},
		Wrong: one(4), WrongSay: "Dot wants axes of one length, got 5 and 4 of [[5] [4]]"},
	{Name: "Dot axes", New: func() nnlib.Layer { return &nnlib.Dot{Axes: [2]int{2, 1}} }, In: []nnlib.Shape{{2, 5}, {5, 3}}, Out: nnlib.Shape{2, 3}},
	{Name: "Dot first axes", New: func() nnlib.Layer { return &nnlib.Dot{} }, In: []nnlib.Shape{{5, 2}, {5, 3}}, Out: nnlib.Shape{2, 3}},
	{Name: "Dot normalize", New: func() nnlib.Layer { return &nnlib.Dot{Axes: [2]int{2}, Normalize: true} }, In: []nnlib.Shape{{2, 5}, {3, 5}}, Out: nnlib.Shape{2, 3},
		Wrong: one(3, 5, 1), WrongSay: "Dot wants samples of 1 or 2 axes"},
	{Name: "Dot mixed", New: func() nnlib.Layer { return &nnlib.Dot{Axes: [2]int{1, 2}} }, In: []nnlib.Shape{{5}, {3, 5}}, Out: nnlib.Shape{3}},
	{Name: "Attention", New: func() nnlib.Layer { return &nnlib.Attention{} }, In: []nnlib.Shape{{4, 3}, {5, 3}}, Out: nnlib.Shape{4, 3},
		Wrong: one(5, 2), WrongSay: "Attention wants a query [Tq dim], a value [Tv dim2] and a key [Tv dim], got [[4 3] [5 2]]"},
	{Name: "Attention key scale", New: func() nnlib.Layer { return &nnlib.Attention{UseScale: true} }, In: []nnlib.Shape{{4, 3}, {5, 2}, {5, 3}}, Out: nnlib.Shape{4, 2}},
	{Name: "Attention causal", New: func() nnlib.Layer { return &nnlib.Attention{UseCausalMask: true} }, In: times(2, 4, 3), Out: nnlib.Shape{4, 3}},
	{Name: "AdditiveAttention", New: func() nnlib.Layer { return &nnlib.AdditiveAttention{} }, In: []nnlib.Shape{{4, 3}, {5, 3}}, Out: nnlib.Shape{4, 3},
		Wrong: one(3), WrongSay: "AdditiveAttention wants samples [time features]"},
	{Name: "AdditiveAttention key causal", New: func() nnlib.Layer { return &nnlib.AdditiveAttention{NoScale: true, UseCausalMask: true} },
		In: []nnlib.Shape{{4, 3}, {5, 2}, {5, 3}}, Out: nnlib.Shape{4, 2}},
	{Name: "AdditiveAttention causal masked", New: func() nnlib.Layer { return &nnlib.AdditiveAttention{UseCausalMask: true} }, In: []nnlib.Shape{{4, 3}, {5, 3}}, Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "Attention masked", New: func() nnlib.Layer { return &nnlib.Attention{UseScale: true} }, In: []nnlib.Shape{{4, 3}, {5, 3}}, Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "Conv2DTranspose", New: func() nnlib.Layer {
		return &nnlib.Conv2DTranspose{Filters: 3, KernelSize: [2]int{3}, Strides: [2]int{2}}
	}, In: one(2, 3, 2), Out: nnlib.Shape{5, 7, 3},
		Wrong: one(3, 2), WrongSay: "Conv2DTranspose wants samples [rows cols channels], got [3 2]"},
	{Name: "Conv2DTranspose same", New: func() nnlib.Layer {
		return &nnlib.Conv2DTranspose{Filters: 3, KernelSize: [2]int{3, 2}, Strides: [2]int{2, 1}, Padding: "same", Activation: "tanh"}
	}, In: one(2, 3, 2), Out: nnlib.Shape{4, 3, 3}},
	{Name: "Conv1DTranspose", New: func() nnlib.Layer { return &nnlib.Conv1DTranspose{Filters: 3, KernelSize: 2, Strides: 3, NoBias: true} }, In: one(3, 2), Out: nnlib.Shape{9, 3},
		Wrong: one(3), WrongSay: "Conv1DTranspose wants samples [time channels], got [3]"},
	{Name: "SeparableConv2D", New: func() nnlib.Layer {
		return &nnlib.SeparableConv2D{Filters: 3, KernelSize: [2]int{2}, DepthMultiplier: 2}
	}, In: one(3, 4, 2), Out: nnlib.Shape{2, 3, 3},
		Wrong: one(3, 2), WrongSay: "SeparableConv2D wants samples [rows cols channels], got [3 2]"},
	{Name: "SeparableConv1D", New: func() nnlib.Layer {
		return &nnlib.SeparableConv1D{Filters: 3, KernelSize: 3, Padding: "causal", Activation: "tanh"}
	}, In: one(5, 2), Out: nnlib.Shape{5, 3}, Wrong: one(3), WrongSay: "SeparableConv1D wants samples [time channels], got [3]"},
	{Name: "DepthwiseConv1D", New: func() nnlib.Layer { return &nnlib.DepthwiseConv1D{KernelSize: 2, DepthMultiplier: 2, Strides: 2} }, In: one(5, 2), Out: nnlib.Shape{2, 4},
		Wrong: one(3), WrongSay: "DepthwiseConv1D wants samples [time channels], got [3]"},

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

	{Name: "Flatten", New: func() nnlib.Layer { return &nnlib.Flatten{} }, In: one(2, 3), Out: nnlib.Shape{6}},
	{Name: "Reshape", New: func() nnlib.Layer { return &nnlib.Reshape{TargetShape: nnlib.Shape{3, -1}} }, In: one(2, 6), Out: nnlib.Shape{3, 4},
		Wrong: one(5), WrongSay: "Reshape cannot make [3 -1] of samples [5]: it has 5 elements"},
	{Name: "Permute", New: func() nnlib.Layer { return &nnlib.Permute{Dims: []int{3, 1, 2}} }, In: one(2, 3, 4), Out: nnlib.Shape{4, 2, 3},
		Wrong: one(2, 3), WrongSay: "Permute wants each of the axes 1 to 2 of samples [2 3] once, got [3 1 2]"},
	{Name: "RepeatVector", New: func() nnlib.Layer { return &nnlib.RepeatVector{N: 3} }, In: one(4), Out: nnlib.Shape{3, 4},
		Wrong: one(2, 3), WrongSay: "RepeatVector wants samples [features]"},
	{Name: "ZeroPadding1D", New: func() nnlib.Layer { return &nnlib.ZeroPadding1D{Padding: [2]int{1, 2}} }, In: one(3, 2), Out: nnlib.Shape{6, 2},
		Wrong: one(3), WrongSay: "ZeroPadding1D wants samples with 2 axes"},
	{Name: "ZeroPadding2D", New: func() nnlib.Layer { return &nnlib.ZeroPadding2D{Padding: [2][2]int{{1, 0}, {2, 1}}} }, In: one(2, 3, 2), Out: nnlib.Shape{3, 6, 2},
		Wrong: one(3, 2), WrongSay: "ZeroPadding2D wants samples with 3 axes"},
	{Name: "Cropping1D", New: func() nnlib.Layer { return &nnlib.Cropping1D{Cropping: [2]int{1, 2}} }, In: one(5, 2), Out: nnlib.Shape{2, 2},
		Wrong: one(3, 2), WrongSay: "Cropping1D leaves nothing of axis 1"},
	{Name: "Cropping2D", New: func() nnlib.Layer { return &nnlib.Cropping2D{Cropping: [2][2]int{{1, 0}, {1, 1}}} }, In: one(3, 4, 2), Out: nnlib.Shape{2, 2, 2},
		Wrong: one(3, 2), WrongSay: "Cropping2D wants samples with 3 axes"},
	{Name: "UpSampling1D", New: func() nnlib.Layer { return &nnlib.UpSampling1D{} }, In: one(3, 2), Out: nnlib.Shape{6, 2},
		Wrong: one(3), WrongSay: "UpSampling1D wants samples with 2 axes"},
	{Name: "UpSampling2D", New: func() nnlib.Layer { return &nnlib.UpSampling2D{Size: [2]int{2, 3}} }, In: one(2, 2, 2), Out: nnlib.Shape{4, 6, 2},
		Wrong: one(3, 2), WrongSay: "UpSampling2D wants samples with 3 axes"},

	{Name: "Add", New: func() nnlib.Layer { return &nnlib.Add{} }, In: times(3, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Add wants inputs of one shape, got [[2 3] [2 3] [3 2]]"},
	{Name: "Subtract", New: func() nnlib.Layer { return &nnlib.Subtract{} }, In: times(2, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Subtract wants inputs of one shape"},
	{Name: "Multiply", New: func() nnlib.Layer { return &nnlib.Multiply{} }, In: times(3, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Multiply wants inputs of one shape"},
	{Name: "Multiply masked", New: func() nnlib.Layer { return &nnlib.Multiply{} }, In: times(3, 4, 2), Out: nnlib.Shape{4, 2}, Mask: true},
	{Name: "Average", New: func() nnlib.Layer { return &nnlib.Average{} }, In: times(3, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Average wants inputs of one shape"},
	{Name: "Maximum", New: func() nnlib.Layer { return &nnlib.Maximum{} }, In: times(3, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Maximum wants inputs of one shape"},
	{Name: "Maximum masked", New: func() nnlib.Layer { return &nnlib.Maximum{} }, In: times(2, 4, 3), Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "Minimum", New: func() nnlib.Layer { return &nnlib.Minimum{} }, In: times(3, 2, 3), Out: nnlib.Shape{2, 3},
		Wrong: one(3, 2), WrongSay: "Minimum wants inputs of one shape"},
	{Name: "Concatenate", New: func() nnlib.Layer { return &nnlib.Concatenate{} }, In: []nnlib.Shape{{2, 3}, {2, 4}, {2, 1}}, Out: nnlib.Shape{2, 8},
		Wrong: one(3, 2), WrongSay: "Concatenate wants inputs alike in all axes but one"},
	{Name: "Concatenate axis 1", New: func() nnlib.Layer { return &nnlib.Concatenate{Axis: 1} }, In: []nnlib.Shape{{2, 3}, {4, 3}}, Out: nnlib.Shape{6, 3}},
	{Name: "Concatenate axis 1 masked", New: func() nnlib.Layer { return &nnlib.Concatenate{Axis: 1} }, In: []nnlib.Shape{{4, 3}, {5, 3}}, Out: nnlib.Shape{9, 3}, Mask: true},

	{Name: "SimpleRNN", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3},
		Wrong: one(4), WrongSay: "SimpleRNN wants samples [time features], got [4]; add a Reshape before it"},
	{Name: "SimpleRNN sequences", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "SimpleRNN backwards", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true, GoBackwards: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "SimpleRNN dropout", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, Dropout: 0.3, RecurrentDropout: 0.4} }, In: one(4, 2), Out: nnlib.Shape{3}},
	{Name: "SimpleRNN masked", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3}, Mask: true},
	{Name: "SimpleRNN masked sequences", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true, NoBias: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "LSTM", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3},
		Wrong: one(4), WrongSay: "LSTM wants samples [time features], got [4]; add a Reshape before it"},
	{Name: "LSTM sequences", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "LSTM backwards", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true, GoBackwards: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "LSTM dropout", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, Dropout: 0.3, RecurrentDropout: 0.4} }, In: one(4, 2), Out: nnlib.Shape{3}},
	{Name: "LSTM masked", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3}, Mask: true},
	{Name: "LSTM masked sequences", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true, NoBias: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "GRU", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3},
		Wrong: one(4), WrongSay: "GRU wants samples [time features], got [4]; add a Reshape before it"},
	{Name: "GRU sequences", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnSequences: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "GRU backwards", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnSequences: true, GoBackwards: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "GRU dropout", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3, Dropout: 0.3, RecurrentDropout: 0.4} }, In: one(4, 2), Out: nnlib.Shape{3}},
	{Name: "GRU masked", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3} }, In: one(4, 2), Out: nnlib.Shape{3}, Mask: true},
	{Name: "GRU masked sequences", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnSequences: true, NoBias: true} }, In: one(4, 2), Out: nnlib.Shape{4, 3}, Mask: true},

	{Name: "LSTM hard_sigmoid softsign", New: func() nnlib.Layer {
		return &nnlib.LSTM{Units: 3, RecurrentActivation: "hard_sigmoid", Activation: "softsign"}
	}, In: one(4, 2), Out: nnlib.Shape{3}},
	{Name: "LSTM states", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnSequences: true, ReturnState: true} }, In: []nnlib.Shape{{4, 2}, {3}, {3}}, Out: nnlib.Shape{18},
		Wrong: one(2), WrongSay: "LSTM takes behind its input the 2 states that it begins with, each [3], got [[3] [2]]"},
	{Name: "LSTM states masked", New: func() nnlib.Layer { return &nnlib.LSTM{Units: 3, ReturnState: true} }, In: []nnlib.Shape{{4, 2}, {3}, {3}}, Out: nnlib.Shape{9}, Mask: true},
	{Name: "GRU states", New: func() nnlib.Layer { return &nnlib.GRU{Units: 3, ReturnState: true, GoBackwards: true} }, In: []nnlib.Shape{{4, 2}, {3}}, Out: nnlib.Shape{6}},
	{Name: "SimpleRNN states", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, ReturnSequences: true, ReturnState: true} }, In: []nnlib.Shape{{4, 2}, {3}}, Out: nnlib.Shape{15}},
	{Name: "SimpleRNN initial state", New: func() nnlib.Layer { return &nnlib.SimpleRNN{Units: 3, RecurrentDropout: 0.3} }, In: []nnlib.Shape{{4, 2}, {3}}, Out: nnlib.Shape{3}},
	{Name: "RNNState", New: func() nnlib.Layer { return &nnlib.RNNState{Number: 2, Units: 3, States: 2} }, In: one(9), Out: nnlib.Shape{3},
		Wrong: one(4), WrongSay: "RNNState wants what a recurrent layer with ReturnState returns, got samples [4]"},
	{Name: "RNNState sequences", New: func() nnlib.Layer { return &nnlib.RNNState{Units: 3, States: 1, Sequences: true} }, In: one(9), Out: nnlib.Shape{2, 3}},
	{Name: "Embedding", New: func() nnlib.Layer { return &nnlib.Embedding{InputDim: 5, OutputDim: 3} }, In: one(4), Out: nnlib.Shape{4, 3}, Below: 5},
	{Name: "Embedding mask zero", New: func() nnlib.Layer { return &nnlib.Embedding{InputDim: 5, OutputDim: 3, MaskZero: true} }, In: one(4), Out: nnlib.Shape{4, 3}, Below: 5,
		Wrong: one(2, 2), WrongSay: "Embedding with MaskZero wants samples [time], got [2 2]"},
	{Name: "Masking", New: func() nnlib.Layer { return &nnlib.Masking{} }, In: one(4, 2), Out: nnlib.Shape{4, 2},
		Wrong: one(4), WrongSay: "Masking wants samples [time features], got [4]"},

	{Name: "Conv1D", New: func() nnlib.Layer { return &nnlib.Conv1D{Filters: 3, KernelSize: 2} }, In: one(5, 2), Out: nnlib.Shape{4, 3},
		Wrong: one(5), WrongSay: "Conv1D wants samples [time channels], got [5]"},
	{Name: "Conv1D causal", New: func() nnlib.Layer {
		return &nnlib.Conv1D{Filters: 3, KernelSize: 2, Padding: "causal", DilationRate: 2, Activation: "tanh"}
	}, In: one(5, 2), Out: nnlib.Shape{5, 3}},
	{Name: "Conv1D same strides", New: func() nnlib.Layer {
		return &nnlib.Conv1D{Filters: 3, KernelSize: 4, Padding: "same", Strides: 2, NoBias: true}
	}, In: one(7, 2), Out: nnlib.Shape{4, 3}},
	{Name: "Conv2D", New: func() nnlib.Layer { return &nnlib.Conv2D{Filters: 3, KernelSize: [2]int{2, 3}} }, In: one(4, 5, 2), Out: nnlib.Shape{3, 3, 3},
		Wrong: one(1, 5, 2), WrongSay: "Conv2D has a window of 2 over an axis of 1"},
	{Name: "Conv2D same dilation", New: func() nnlib.Layer {
		return &nnlib.Conv2D{Filters: 3, KernelSize: [2]int{3}, Padding: "same", DilationRate: [2]int{2, 1}, Activation: "sigmoid"}
	}, In: one(4, 5, 2), Out: nnlib.Shape{4, 5, 3}},
	{Name: "Conv2D groups strides", New: func() nnlib.Layer {
		return &nnlib.Conv2D{Filters: 4, KernelSize: [2]int{2}, Groups: 2, Strides: [2]int{2}}
	}, In: one(4, 5, 2), Out: nnlib.Shape{2, 2, 4},
		Wrong: one(4, 5, 3), WrongSay: "Conv2D wants Filters of at least 1, and Groups that divide them and the 3 channels; got 4 and 2"},
	{Name: "DepthwiseConv2D", New: func() nnlib.Layer { return &nnlib.DepthwiseConv2D{KernelSize: [2]int{2}, DepthMultiplier: 2} }, In: one(3, 4, 2), Out: nnlib.Shape{2, 3, 4},
		Wrong: one(5, 2), WrongSay: "DepthwiseConv2D wants samples [rows cols channels], got [5 2]"},

	{Name: "MaxPooling1D", New: func() nnlib.Layer { return &nnlib.MaxPooling1D{} }, In: one(5, 2), Out: nnlib.Shape{2, 2}, Lattice: true,
		Wrong: one(5), WrongSay: "MaxPooling1D wants samples [time channels], got [5]"},
	{Name: "MaxPooling2D", New: func() nnlib.Layer { return &nnlib.MaxPooling2D{Strides: [2]int{1, 2}, Padding: "same"} }, In: one(3, 5, 2), Out: nnlib.Shape{3, 3, 2}, Lattice: true,
		Wrong: one(5, 2), WrongSay: "MaxPooling2D wants samples [rows cols channels], got [5 2]"},
	{Name: "AveragePooling1D", New: func() nnlib.Layer { return &nnlib.AveragePooling1D{PoolSize: 3, Strides: 2, Padding: "same"} }, In: one(5, 2), Out: nnlib.Shape{3, 2},
		Wrong: one(5), WrongSay: "AveragePooling1D wants samples [time channels], got [5]"},
	{Name: "AveragePooling2D", New: func() nnlib.Layer { return &nnlib.AveragePooling2D{} }, In: one(4, 5, 2), Out: nnlib.Shape{2, 2, 2},
		Wrong: one(5, 2), WrongSay: "AveragePooling2D wants samples [rows cols channels], got [5 2]"},
	{Name: "GlobalMaxPooling1D", New: func() nnlib.Layer { return &nnlib.GlobalMaxPooling1D{} }, In: one(5, 2), Out: nnlib.Shape{2}, Lattice: true,
		Wrong: one(5), WrongSay: "GlobalMaxPooling1D wants samples of 2 axes"},
	{Name: "GlobalMaxPooling2D", New: func() nnlib.Layer { return &nnlib.GlobalMaxPooling2D{} }, In: one(3, 2, 2), Out: nnlib.Shape{2}, Lattice: true,
		Wrong: one(5), WrongSay: "GlobalMaxPooling2D wants samples of 3 axes"},
	{Name: "GlobalAveragePooling1D", New: func() nnlib.Layer { return &nnlib.GlobalAveragePooling1D{} }, In: one(5, 2), Out: nnlib.Shape{2}, Mask: true,
		Wrong: one(5), WrongSay: "GlobalAveragePooling1D wants samples of 2 axes"},
	{Name: "GlobalAveragePooling2D", New: func() nnlib.Layer { return &nnlib.GlobalAveragePooling2D{} }, In: one(3, 2, 2), Out: nnlib.Shape{2},
		Wrong: one(5), WrongSay: "GlobalAveragePooling2D wants samples of 3 axes"},

	{Name: "BatchNormalization", New: func() nnlib.Layer { return &nnlib.BatchNormalization{} }, In: one(4), Out: nnlib.Shape{4},
		Wrong: one(), WrongSay: "BatchNormalization wants samples of 1 or more axes"},
	{Name: "BatchNormalization images", New: func() nnlib.Layer { return &nnlib.BatchNormalization{NoScale: true} }, In: one(2, 3, 2), Out: nnlib.Shape{2, 3, 2}},
	{Name: "LayerNormalization", New: func() nnlib.Layer { return &nnlib.LayerNormalization{} }, In: one(3, 4), Out: nnlib.Shape{3, 4},
		Wrong: one(), WrongSay: "LayerNormalization wants samples of 1 or more axes"},
	{Name: "GroupNormalization", New: func() nnlib.Layer { return &nnlib.GroupNormalization{Groups: 2} }, In: one(3, 4), Out: nnlib.Shape{3, 4},
		Wrong: one(3, 5), WrongSay: "GroupNormalization wants Groups that divide the last axis, got 2 groups of samples [3 5]"},

	{Name: "TimeDistributed", New: func() nnlib.Layer { return &nnlib.TimeDistributed{Layer: &nnlib.Dense{Units: 3, Activation: "tanh"}} }, In: one(4, 2), Out: nnlib.Shape{4, 3},
		Wrong: one(4), WrongSay: "TimeDistributed wants samples [time ...], got [4]"},
	{Name: "Bidirectional", New: func() nnlib.Layer { return &nnlib.Bidirectional{Layer: &nnlib.LSTM{Units: 3}} }, In: one(4, 2), Out: nnlib.Shape{6},
		Wrong: one(4), WrongSay: "LSTM wants samples [time features], got [4]"},
	{Name: "Bidirectional sequences mul", New: func() nnlib.Layer {
		return &nnlib.Bidirectional{Layer: &nnlib.GRU{Units: 3, ReturnSequences: true}, MergeMode: "mul"}
	}, In: one(4, 2), Out: nnlib.Shape{4, 3}, Mask: true},
	{Name: "Bidirectional ave", New: func() nnlib.Layer {
		return &nnlib.Bidirectional{Layer: &nnlib.SimpleRNN{Units: 3, ReturnSequences: true}, MergeMode: "ave"}
	}, In: one(4, 2), Out: nnlib.Shape{4, 3}},
	{Name: "MultiHeadAttention", New: func() nnlib.Layer { return &nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3} }, In: []nnlib.Shape{{4, 5}, {3, 2}}, Out: nnlib.Shape{4, 5},
		Wrong: one(4), WrongSay: "MultiHeadAttention wants samples [time features], got [4]"},
	{Name: "MultiHeadAttention causal dropout", New: func() nnlib.Layer {
		return &nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3, ValueDim: 2, Causal: true, Dropout: 0.3, NoBias: true}
	}, In: []nnlib.Shape{{4, 5}, {4, 2}, {4, 3}}, Out: nnlib.Shape{4, 5}},
	{Name: "MultiHeadAttention masked", New: func() nnlib.Layer { return &nnlib.MultiHeadAttention{NumHeads: 2, KeyDim: 3} }, In: []nnlib.Shape{{4, 5}, {5, 2}}, Out: nnlib.Shape{4, 5}, Mask: true},
}

// times is the shapes of a layer with n inputs alike.
func times(n int, shape ...int) (shapes []nnlib.Shape) {
	for range n {
		shapes = append(shapes, shape)
	}
	return shapes
}

// activation is a row for one activation, on inputs that keep off its kinks.
func activation(name string) Case {
	return Case{Name: "ActivationLayer " + name, New: func() nnlib.Layer { return &nnlib.ActivationLayer{Activation: name} },
		In: one(3, 7), Out: nnlib.Shape{3, 7}, Lattice: true, Wrong: one(), WrongSay: "ActivationLayer wants samples of 1 or more axes"}
}
