package nnlib

var _ Layer = (*Average)(nil)

// Average is the mean of its inputs.
type Average struct{ Name string }

// Build checks that the inputs are alike.
func (*Average) Build(b *Builder) (Shape, error) { return alike("Average", b.In) }

// Forward adds and divides.
func (*Average) Forward(p *Pass) {
	(&Add{}).Forward(p)
	n := float32(len(p.In))
	for i, v := range p.Out.Data {
		p.Out.Data[i] = v / n
	}
}

// Backward passes each its share.
func (*Average) Backward(p *Pass) {
	n := float32(len(p.In))
	for _, dx := range p.InGrad {
		if dx != nil {
			for i, g := range p.OutGrad.Data {
				dx.Data[i] = g / n
			}
		}
	}
}
