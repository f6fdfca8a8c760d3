package rng

// MRG31k3p is Theano's MRG_RandomStreams(seed) on the CPU, the generator of
// L'Ecuyer and Touzin (2000). It is for one goroutine.
// Source: theano/sandbox/rng_mrg.py: mrg_next_value, guess_n_streams, inc_rstate.
type MRG31k3p struct {
	start mrgState
	words uint64
}

const (
	mrgM1 = 1<<31 - 1
	mrgM2 = 1<<31 - 21069

	// mrgNorm is Theano's float32 literal for 1/2^31; it is one unit less, so that no uniform is 1.
	mrgNorm float32 = 4.6566126e-10
)

// The generator's two matrices to the powers 2^72 and 2^134, modulo mrgM1 and mrgM2.
var (
	mrgA72  = mrgMatrix{{1516919229, 758510237, 499121365}, {1884998244, 1516919229, 335398200}, {601897748, 1884998244, 358115744}}
	mrgB72  = mrgMatrix{{1228857673, 1496414766, 954677935}, {1133297478, 1407477216, 1496414766}, {2002613992, 1639496704, 1407477216}}
	mrgA134 = mrgMatrix{{1702500920, 1849582496, 1656874625}, {828554832, 1702500920, 1512419905}, {1143731069, 828554832, 102237247}}
	mrgB134 = mrgMatrix{{796789021, 1464208080, 607337906}, {1241679051, 1431130166, 1464208080}, {1401213391, 1178684362, 1431130166}}
)

// NewMRG31k3p is MRG_RandomStreams(seed).
func NewMRG31k3p(seed int32) *MRG31k3p {
	return &MRG31k3p{start: mrgState{seed, seed, seed, seed, seed, seed}}
}

// Words returns how many numbers were drawn so far.
func (g *MRG31k3p) Words() uint64 { return g.words }

// Uniform fills dst as uniform(size, low, high, dtype="float32") does. Each call
// is one operation of Theano's graph: it starts 2^134 numbers after the one before.
func (g *MRG31k3p) Uniform(dst []float32, low, high float32) {
	streams := g.substreams(len(dst))
	for i := range dst {
		u := float32(float32(streams[i%len(streams)].next()) * mrgNorm)
		dst[i] = float32(u*(high-low)) + low
	}
	g.words += uint64(len(dst))
}

// substreams returns the states of one operation, 2^72 numbers apart, and moves on to the next.
func (g *MRG31k3p) substreams(size int) []mrgState {
	n := max(size, 1)
	if size > 6 {
		n = min(size/6, 60*256)
	}
	streams := make([]mrgState, n)
	s := g.start
	for i := range streams {
		streams[i] = s
		s = s.jump(&mrgA72, &mrgB72)
	}
	g.start = g.start.jump(&mrgA134, &mrgB134)
	return streams
}

type (
	mrgState  [6]int32
	mrgMatrix [3][3]int64
)

// next returns a number in [1, mrgM1]. The shifts are multiplications by 2^22,
// 2^7+1, 2^15 and 2^15+1 modulo the two primes; sums may wrap around, as in C.
func (s *mrgState) next() int32 {
	y1 := (s[1]&511)<<22 + s[1]>>9 + (s[2]&16777215)<<7 + s[2]>>24
	y1 = mrgReduce(mrgReduce(y1, mrgM1)+s[2], mrgM1)
	s[2], s[1], s[0] = s[1], s[0], y1
	y1 = mrgReduce((s[3]&65535)<<15+21069*(s[3]>>16), mrgM2)
	y2 := mrgReduce((s[5]&65535)<<15+21069*(s[5]>>16), mrgM2)
	y2 = mrgReduce(y2+s[5], mrgM2)
	y2 = mrgReduce(y2+y1, mrgM2)
	s[5], s[4], s[3] = s[4], s[3], y2
	if s[0] <= s[3] {
		return s[0] - s[3] + mrgM1
	}
	return s[0] - s[3]
}

func mrgReduce(y, m int32) int32 {
	if y < 0 || y >= m {
		y -= m
	}
	return y
}

func (s mrgState) jump(a, b *mrgMatrix) (r mrgState) {
	for i := range 3 {
		var u, v int64
		for j := range 3 {
			u += a[i][j] * int64(s[j]) % mrgM1
			v += b[i][j] * int64(s[3+j]) % mrgM2
		}
		r[i], r[3+i] = int32(u%mrgM1), int32(v%mrgM2)
	}
	return r
}
