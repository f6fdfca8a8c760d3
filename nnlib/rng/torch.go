package rng

import "math"

// Torch draws what PyTorch's default CPU generator draws after
// torch.manual_seed(seed), in version 1.13. It is for one goroutine.
// Source: aten/src/ATen/core/MT19937RNGEngine.h, TransformationHelper.h,
// DistributionsHelper.h, native/cpu/DistributionTemplates.h.
type Torch struct {
	mt     mt19937
	spare  float64 // the sine of the last pair of Normal
	spared bool
}

// NewTorch is torch.manual_seed(seed); PyTorch's engine uses the lower 32 bits.
func NewTorch(seed uint64) *Torch {
	t := new(Torch)
	t.mt.seed(uint32(seed))
	return t
}

// Words returns how many 32-bit words were taken so far.
func (t *Torch) Words() uint64 { return t.mt.words }

// Rand fills dst as torch.rand does: [0, 1).
func (t *Torch) Rand(dst []float32) {
	for i := range dst {
		dst[i] = t.float32()
	}
}

// Uniform fills dst as Tensor.uniform_(low, high) does on a machine without
// AVX2; with AVX2 PyTorch fuses the multiplication and the addition, and the
// last bit may differ.
func (t *Torch) Uniform(dst []float32, low, high float32) {
	for i := range dst {
		dst[i] = float32(t.float32()*(high-low)) + low
	}
}

// Randn fills dst as torch.randn does, up to the last bits: PyTorch's own
// logarithm and sine depend on the machine, these are correctly rounded.
func (t *Torch) Randn(dst []float32) {
	if len(dst) < 16 {
		for i := range dst {
			dst[i] = float32(t.normal())
		}
		return
	}
	t.Rand(dst)
	for i := 0; i+16 <= len(dst); i += 16 {
		boxMuller16(dst[i : i+16])
	}
	if len(dst)%16 != 0 { // the last sixteen are drawn again
		tail := dst[len(dst)-16:]
		t.Rand(tail)
		boxMuller16(tail)
	}
}

// boxMuller16 turns 8 + 8 uniforms into normals.
func boxMuller16(d []float32) {
	for j := range 8 {
		logarithm := float32(log(float64(1 - d[j])))
		radius := float32(math.Sqrt(float64(-2 * logarithm)))
		sin, cos := sincos(float64(float32(2*math.Pi) * d[j+8]))
		d[j], d[j+8] = radius*float32(cos), radius*float32(sin)
	}
}

// normal is normal_double: Box and Muller on 53 bits. log1p(-u) is log(1 - u), since 1 - u is exact.
func (t *Torch) normal() float64 {
	if t.spared {
		t.spared = false
		return t.spare
	}
	u1, u2 := t.float64(), t.float64()
	radius := math.Sqrt(-2 * log(1-u2))
	sin, cos := sincos(2 * math.Pi * u1)
	t.spare, t.spared = radius*sin, true
	return radius * cos
}

// Randperm is torch.randperm(n).
func (t *Torch) Randperm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	for i := range n - 1 {
		j := i + int(t.mt.uint32()%uint32(n-i))
		p[i], p[j] = p[j], p[i]
	}
	return p
}

// Randint is one element of torch.randint(low, high, ...), for ranges below 2^32.
func (t *Torch) Randint(low, high int64) int64 {
	return low + int64(t.mt.uint32()%uint32(high-low))
}

func (t *Torch) float32() float32 { return float32(t.mt.uint32()&(1<<24-1)) * 0x1p-24 }

func (t *Torch) float64() float64 {
	high := uint64(t.mt.uint32()) << 32
	return float64((high|uint64(t.mt.uint32()))&(1<<53-1)) * 0x1p-53
}
