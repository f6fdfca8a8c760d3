package nnlib

var _ Layer = (*Maximum)(nil)

// Maximum is the largest of its inputs, element by element. What an input's mask hides takes no part,
// unless the other inputs' hide it too.
type Maximum struct{ Name string }

// Build checks that the inputs are alike.
func (*Maximum) Build(b *Builder) (Shape, error) { return alike("Maximum", b.In) }

// Forward takes the largest.
func (*Maximum) Forward(p *Pass) {
	defer unitedMask(p)
	if hides(p) {
		visible(p, func(a, b float32) float32 { return max(a, b) })
		return
	}
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		for i, v := range x.Data {
			p.Out.Data[i] = max(p.Out.Data[i], v)
		}
	}
}

// Backward passes the gradient to the first that is the largest.
func (*Maximum) Backward(p *Pass) { toChosen(p) }
