package nnlib

// An Optimizer changes weights by their gradients.
type Optimizer interface {
	// Step is called after each batch, always with the same weights.
	Step(params []*Param)
	// Rate returns the learning rate of the next step, SetRate changes it.
	Rate() float64
	SetRate(rate float64)
}

// worldly is an optimizer that behaves otherwise in another backend.
type worldly interface{ inWorld(w world) }

// slots are an optimizer's tensors beside each weight, such as a velocity.
type slots struct {
	steps   int
	tensors [][][]float32 // [kind][weight]
	product float64       // Nadam's: of the momentum's schedule so far
}

// kept is how a checkpoint finds them.
func (s *slots) kept() *slots { return s }

// begin counts a step and makes room before the first one.
func (s *slots) begin(kinds int, params []*Param) {
	s.steps++
	if s.tensors != nil {
		return
	}
	s.tensors = make([][][]float32, kinds)
	for k := range s.tensors {
		s.tensors[k] = make([][]float32, len(params))
		for i, p := range params {
			s.tensors[k][i] = make([]float32, len(p.Value.Data))
		}
	}
}

// forget drops them.
func (s *slots) forget() { *s = slots{} }

// orNumber returns what was given, or the default where it is zero.
func orNumber(given, otherwise float64) float64 {
	if given == 0 {
		return otherwise
	}
	return given
}
