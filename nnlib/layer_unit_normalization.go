package nnlib

import "reprise/nnlib/exact"

var _ Layer = (*UnitNormalization)(nil)

// UnitNormalization gives the last axis of each sample the length 1.
type UnitNormalization struct {
	InputShape Shape
	Name       string
}

// Build takes any shape with an axis.
func (*UnitNormalization) Build(b *Builder) (Shape, error) { return sameShape("UnitNormalization", b) }

// Forward divides by the length, which it keeps.
func (*UnitNormalization) Forward(p *Pass) {
	rows, cols := lastAxis(p.In[0])
	inverse := p.Scratch(0, 1, rows).Data
	for r := range rows {
		x := p.In[0].Data[r*cols : (r+1)*cols]
		inverse[r] = 1 / max(exact.Norm32(x), 1e-6)
		exact.Scale32(p.Out.Data[r*cols:(r+1)*cols], inverse[r], x)
	}
}

// Backward leaves out the part of the gradient along the output.
func (*UnitNormalization) Backward(p *Pass) {
	if p.InGrad[0] == nil {
		return
	}
	rows, cols := lastAxis(p.In[0])
	inverse := p.Scratch(0, 1, rows).Data
	for r := range rows {
		y, dy, dx := p.Out.Data[r*cols:(r+1)*cols], p.OutGrad.Data[r*cols:(r+1)*cols], p.InGrad[0].Data[r*cols:(r+1)*cols]
		along := float32(exact.Dot32To64(y, dy))
		for i := range dx {
			dx[i] = (dy[i] - float32(along*y[i])) * inverse[r]
		}
	}
}
