package engine

import (
	"math/rand"
	rand2 "math/rand/v2"
	"reflect"
	"sync"

	"reprise/nnlib/rng"
)

// A namedSource draws from the session's stream of a name. %seed gives the name a new stream.
type namedSource struct {
	root *rng.Tree
	name string
	mu   sync.Mutex
	own  rand.Source64 // set by rand.Seed: from then on as in a compiled program
}

// Uint64 draws 64 bits.
func (s *namedSource) Uint64() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		return s.own.Uint64()
	}
	return s.root.Stream(s.name).Uint64()
}

// Int63 draws 63 bits.
func (s *namedSource) Int63() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		return s.own.Int63()
	}
	return s.root.Stream(s.name).Int63()
}

// Seed is rand.Seed: the cell chose its generator.
func (s *namedSource) Seed(seed int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.own = rand.NewSource(seed).(rand.Source64)
}

// randOverlay is the top level of math/rand on a stream of the session.
func (rt *runtimeState) randOverlay() map[string]reflect.Value {
	src := &namedSource{root: rt.e.config.Root, name: "math/rand"}
	r := rand.New(src)
	v := reflect.ValueOf
	return map[string]reflect.Value{
		"ExpFloat64": v(r.ExpFloat64), "Float32": v(r.Float32), "Float64": v(r.Float64),
		"Int": v(r.Int), "Int31": v(r.Int31), "Int31n": v(r.Int31n), "Int63": v(r.Int63), "Int63n": v(r.Int63n),
		"Intn": v(r.Intn), "NormFloat64": v(r.NormFloat64), "Perm": v(r.Perm), "Read": v(r.Read),
		"Seed": v(src.Seed), "Shuffle": v(r.Shuffle), "Uint32": v(r.Uint32), "Uint64": v(r.Uint64),
	}
}

// rand2Overlay is the top level of math/rand/v2 on a stream of the session.
func (rt *runtimeState) rand2Overlay() map[string]reflect.Value {
	r := rand2.New(&namedSource{root: rt.e.config.Root, name: "math/rand/v2"})
	v := reflect.ValueOf
	return map[string]reflect.Value{
		"ExpFloat64": v(r.ExpFloat64), "Float32": v(r.Float32), "Float64": v(r.Float64),
		"Int": v(r.Int), "Int32": v(r.Int32), "Int32N": v(r.Int32N), "Int64": v(r.Int64), "Int64N": v(r.Int64N),
		"IntN": v(r.IntN), "NormFloat64": v(r.NormFloat64), "Perm": v(r.Perm), "Shuffle": v(r.Shuffle),
		"Uint": v(r.Uint), "Uint32": v(r.Uint32), "Uint32N": v(r.Uint32N), "Uint64": v(r.Uint64), "Uint64N": v(r.Uint64N), "UintN": v(r.UintN),
	}
}
