package trace

import (
	"encoding/binary"
	"math"

	"reprise/nnlib/exact"
)

// A Kind says what a recorded tensor is, in the order in which a step makes them.
type Kind string

// Kinds of tensors.
const (
	Weights    Kind = "weights"    // before the step
	Draws      Kind = "draws"      // of a random stream since the training began
	Order      Kind = "order"      // which samples are in the batch
	Input      Kind = "input"      // the samples
	Target     Kind = "target"     // what the outputs should be
	Activation Kind = "activation" // a layer's output
	LossValue  Kind = "loss"
	LossGrad   Kind = "loss gradient"  // by an output of the model
	Gradient   Kind = "gradient"       // by a weight
	InputGrad  Kind = "input gradient" // what a layer hands back
	Penalized  Kind = "final gradient" // with regularizers and clipping
	Rate       Kind = "learning rate"
	Slot       Kind = "optimizer state" // such as Adam's moments
	Updated    Kind = "updated weights" // after the step
)

// A Tensor is what a step made, as a hash and, where there was room, in full.
type Tensor struct {
	Step   int    `json:"step"`
	Kind   Kind   `json:"kind"`
	Name   string `json:"name,omitempty"` // of the layer, weight or stream
	Shape  []int  `json:"shape,omitempty"`
	Hash   uint64 `json:"hash"`
	Values []byte `json:"values,omitempty"` // float32, little-endian
	// Number is the value where there is only one: a loss, a rate, a count.
	Number float64 `json:"number,omitempty"`
}

// NewTensor records x.
func NewTensor(step int, kind Kind, name string, shape []int, x []float32, values bool) Tensor {
	t := Tensor{Step: step, Kind: kind, Name: name, Shape: shape, Hash: exact.Hash32(x)}
	if values {
		t.Values = make([]byte, 0, 4*len(x))
		for _, v := range x {
			t.Values = binary.LittleEndian.AppendUint32(t.Values, math.Float32bits(v))
		}
	}
	return t
}

// NewNumber records one number.
func NewNumber(step int, kind Kind, name string, x float64) Tensor {
	if x != x {
		return Tensor{Step: step, Kind: kind, Name: name, Hash: math.Float64bits(math.NaN())} // JSON has no NaN
	}
	t := Tensor{Step: step, Kind: kind, Name: name, Hash: math.Float64bits(x), Number: x}
	if math.IsInf(x, 0) {
		t.Number = 0
	}
	return t
}

func (t Tensor) at(i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(t.Values[4*i:]))
}
