package nnlib

var _ Layer = (*Minimum)(nil)

// Minimum is the smallest of its inputs, element by element. What an input's mask hides takes no part,
// unless the other inputs' hide it too.
type Minimum struct{ Name string }

// Build checks that the inputs are alike.
func (*Minimum) Build(b *Builder) (Shape, error) { return alike("Minimum", b.In) }

// Forward takes the smallest.
func (*Minimum) Forward(p *Pass) {
	defer unitedMask(p)
	if hides(p) {
		visible(p, func(a, b float32) float32 { return min(a, b) })
		return
	}
	copy(p.Out.Data, p.In[0].Data)
	for _, x := range p.In[1:] {
		for i, v := range x.Data {
			p.Out.Data[i] = min(p.Out.Data[i], v)
		}
	}
}

// Backward passes the gradient to the first that is the smallest.
func (*Minimum) Backward(p *Pass) { toChosen(p) }
