package rng

// mt19937 is Matsumoto and Nishimura's Mersenne Twister of 2002, as NumPy and
// PyTorch seed it. words counts what was taken.
type mt19937 struct {
	state [624]uint32
	at    int
	words uint64
}

// seed is init_genrand.
func (m *mt19937) seed(s uint32) {
	for i := range m.state {
		m.state[i] = s
		s = 1812433253*(s^s>>30) + uint32(i) + 1
	}
	m.at = len(m.state)
}

// seedArray is init_by_array.
func (m *mt19937) seedArray(key []uint32) {
	m.seed(19650218)
	s, i, j := &m.state, 1, 0
	wrap := func() {
		if i++; i == len(s) {
			s[0], i = s[len(s)-1], 1
		}
	}
	for range max(len(s), len(key)) {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1664525) + key[j] + uint32(j)
		wrap()
		if j++; j == len(key) {
			j = 0
		}
	}
	for range len(s) - 1 {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*1566083941) - uint32(i)
		wrap()
	}
	s[0] = 1 << 31
	m.at = len(s)
}

func (m *mt19937) uint32() uint32 {
	if m.at == len(m.state) {
		m.twist()
	}
	y := m.state[m.at]
	m.at++
	m.words++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (m *mt19937) twist() {
	s := &m.state
	for i := range s {
		y := s[i]&0x80000000 | s[(i+1)%len(s)]&0x7fffffff
		s[i] = s[(i+397)%len(s)] ^ y>>1 ^ -(y&1)&0x9908b0df
	}
	m.at = 0
}
