package rng

// Float64 returns a number in [0, 1): the upper 53 bits of Uint64.
func (s *Stream) Float64() float64 { return unit64(s.Uint64()) }

// Float32 returns a number in [0, 1): the upper 24 bits of Uint32.
func (s *Stream) Float32() float32 { return unit32(s.Uint32()) }

// NormFloat64 returns a normally distributed number with mean 0 and standard
// deviation 1: Wichura's quantile function of one Uint64, so that one number
// always costs two words.
func (s *Stream) NormFloat64() float64 { return normal(s.Uint64()) }

// UniformAt returns the number in [0, 1) of place (i, j).
func (s *Stream) UniformAt(i, j uint32) float64 { return unit64(low(s.At(i, j))) }

// NormAt returns the normally distributed number of place (i, j).
func (s *Stream) NormAt(i, j uint32) float64 { return normal(low(s.At(i, j))) }

// Perm returns the numbers 0 to n-1 in random order.
func (s *Stream) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	s.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle brings n things into random order, by Fisher and Yates from the end.
func (s *Stream) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, s.IntN(i+1))
	}
}

func low(b [4]uint32) uint64  { return uint64(b[0]) | uint64(b[1])<<32 }
func unit64(u uint64) float64 { return float64(u>>11) * 0x1p-53 }
func unit32(u uint32) float32 { return float32(u>>8) * 0x1p-24 }
