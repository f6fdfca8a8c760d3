package rng

import "math"

// A TensorFlowOp draws what one random operation of a TensorFlow graph draws
// under tf.set_random_seed(graph) and the operation's own seed. Runs of the
// operation go on where the last one stopped. (0, 0) is TensorFlow's sign for
// entropy; here it is a seed like any other. It is for one goroutine.
// Source: tensorflow/core/lib/random/philox_random.h, random_distributions.h,
// core/kernels/random_op.cc, core/util/guarded_philox_random.cc.
type TensorFlowOp struct {
	key   [2]uint32
	high  [2]uint32
	block uint64 // the counter's lower half
	words uint64
}

// NewTensorFlowOp returns the operation with these seeds.
func NewTensorFlowOp(graph, op uint64) *TensorFlowOp {
	return &TensorFlowOp{
		key:  [2]uint32{uint32(graph), uint32(graph >> 32)},
		high: [2]uint32{uint32(op), uint32(op >> 32)},
	}
}

// Words returns how many 32-bit words were used so far.
func (o *TensorFlowOp) Words() uint64 { return o.words }

// Uniform fills dst as random_uniform(shape, low, high, float32) does. Four
// elements share a block. A run reserves 256 blocks for each element (guarded_philox_random.h:
// ReserveRandomOutputs), and the next run starts after them.
func (o *TensorFlowOp) Uniform(dst []float32, low, high float32) {
	for i := 0; i < len(dst); i += 4 {
		c := o.block + uint64(i/4)
		b := philox([4]uint32{uint32(c), uint32(c >> 32), o.high[0], o.high[1]}, o.key)
		for k := range min(4, len(dst)-i) {
			u := math.Float32frombits(127<<23|b[k]&0x7fffff) - 1
			dst[i+k] = float32(u*(high-low)) + low
		}
	}
	o.block += uint64(len(dst)) * 256
	o.words += uint64(len(dst))
}
