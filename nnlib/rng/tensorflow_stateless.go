package rng

import "math"

// A TensorFlowStateless draws what TensorFlow's stateless random operations draw
// with a seed of two numbers, on a CPU. Keys are values.
// Source: tensorflow/core/kernels/stateless_random_ops.cc (GenerateKey),
// core/lib/random/random_distributions.h.
type TensorFlowStateless struct {
	key  [2]uint32
	high [2]uint32
}

// NewTensorFlowStateless scrambles the seed once, so that near seeds are not alike.
func NewTensorFlowStateless(seed [2]int64) TensorFlowStateless {
	a, b := uint64(seed[0]), uint64(seed[1])
	mix := philox([4]uint32{uint32(a), uint32(a >> 32), uint32(b), uint32(b >> 32)}, [2]uint32{0x3ec8f720, 0x02461e29})
	return TensorFlowStateless{[2]uint32{mix[0], mix[1]}, [2]uint32{mix[2], mix[3]}}
}

func (s TensorFlowStateless) block(c uint64) [4]uint32 {
	return philox([4]uint32{uint32(c), uint32(c >> 32), s.high[0], s.high[1]}, s.key)
}

// Uniform fills dst as tf.random.stateless_uniform(shape, seed, low, high) does.
func (s TensorFlowStateless) Uniform(dst []float32, low, high float32) {
	for i := range dst {
		u := tensorFlowUnit(s.block(uint64(i / 4))[i%4])
		dst[i] = float32(u*(high-low)) + low
	}
}

// tensorFlowUnit is Uint32ToFloat: [0, 1).
func tensorFlowUnit(word uint32) float32 { return math.Float32frombits(127<<23|word&0x7fffff) - 1 }

// Normal fills dst as tf.random.stateless_normal does, up to the last bits:
// TensorFlow's own logarithm and sine depend on the machine, these are correctly rounded.
func (s TensorFlowStateless) Normal(dst []float32, mean, deviation float32) {
	for i := 0; i < len(dst); i += 4 {
		b := s.block(uint64(i / 4))
		for k := range min(4, len(dst)-i) {
			pair := tensorFlowPair(b[k/2*2], b[k/2*2+1])
			dst[i+k] = float32(pair[k%2]*deviation) + mean
		}
	}
}

// TruncatedNormal fills dst as tf.random.stateless_truncated_normal does, up to the
// last bits: normal numbers within two deviations, drawn until they are. Four
// elements share 256 blocks.
func (s TensorFlowStateless) TruncatedNormal(dst []float32, mean, deviation float32) {
	for i := 0; i < len(dst); i += 4 {
		for n, c := 0, uint64(i/4)*256; n < min(4, len(dst)-i); c++ {
			b := s.block(c)
			for _, f := range append2(tensorFlowPair(b[0], b[1]), tensorFlowPair(b[2], b[3])) {
				if n < min(4, len(dst)-i) && f < 2 && f > -2 {
					dst[i+n] = float32(f*deviation) + mean
					n++
				}
			}
		}
	}
}

func append2(a, b [2]float32) [4]float32 { return [4]float32{a[0], a[1], b[0], b[1]} }

// tensorFlowPair is BoxMullerFloat.
func tensorFlowPair(a, b uint32) [2]float32 {
	u := max(tensorFlowUnit(a), 1e-7)
	angle := float32(2*math.Pi) * tensorFlowUnit(b)
	radius := float32(math.Sqrt(float64(-2 * float32(log(float64(u))))))
	sin, cos := sincos(float64(angle))
	return [2]float32{float32(sin) * radius, float32(cos) * radius}
}
