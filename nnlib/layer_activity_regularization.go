package nnlib

var _ Layer = (*ActivityRegularization)(nil)

// ActivityRegularization hands its input on, and adds to the loss a price for its
// size: for each sample L1·Σ|x| + L2·Σx².
type ActivityRegularization struct {
	L1, L2     float64
	InputShape Shape
	Name       string
}

// Build takes any shape.
func (*ActivityRegularization) Build(b *Builder) (Shape, error) { return b.In[0], nil }

// Forward copies, and adds the price while training or evaluating.
func (l *ActivityRegularization) Forward(p *Pass) {
	copy(p.Out.Data, p.In[0].Data)
	p.Loss += (&L1L2{l.L1, l.L2}).Penalty(p.In[0]) / float64(p.Batch())
}

// Backward adds the price's gradient.
func (l *ActivityRegularization) Backward(p *Pass) {
	dx := p.InGrad[0]
	if dx == nil {
		return
	}
	share := 1 / float32(p.Batch())
	l1, l2 := float32(l.L1)*share, float32(2*l.L2)*share
	for i, v := range p.In[0].Data {
		dx.Data[i] = p.OutGrad.Data[i] + float32(l1*sign(v)) + float32(l2*v)
	}
}
