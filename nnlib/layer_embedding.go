package nnlib

import (
	"fmt"

	"reprise/nnlib/exact"
)

var _ Layer = (*Embedding)(nil)

// Embedding turns each whole number of a sample into a vector that is learnt.
type Embedding struct {
	InputDim    int  // numbers are 0 to InputDim-1
	OutputDim   int  // the length of the vectors
	MaskZero    bool // 0 is padding, which layers over time pass over
	InputLength int  // how many numbers a sample has, where this is the first layer

	EmbeddingsInitializer any // uniform by default
	EmbeddingsRegularizer any
	EmbeddingsConstraint  any

	Name string

	table *Param
}

// Build asks for the vectors.
func (e *Embedding) Build(b *Builder) (_ Shape, err error) {
	if e.InputDim < 1 || e.OutputDim < 1 {
		return nil, fmt.Errorf("Embedding wants InputDim and OutputDim of at least 1, got %d and %d", e.InputDim, e.OutputDim)
	}
	if e.MaskZero && len(b.In[0]) != 1 {
		return nil, fmt.Errorf("Embedding with MaskZero wants samples [time], got %v", b.In[0])
	}
	if e.table, err = b.Weight("embeddings", or(e.EmbeddingsInitializer, "uniform"), e.InputDim, e.OutputDim); err != nil {
		return nil, err
	}
	in := b.In[0]
	return append(in[:len(in):len(in)], e.OutputDim), e.table.restrict(e.EmbeddingsRegularizer, e.EmbeddingsConstraint)
}

// Forward looks the vectors up.
func (e *Embedding) Forward(p *Pass) {
	d := e.OutputDim
	for i, v := range p.In[0].Data {
		at := e.index(v)
		copy(p.Out.Data[i*d:(i+1)*d], e.table.Value.Data[at*d:(at+1)*d])
	}
	if e.MaskZero {
		mask := p.Scratch(0, p.Batch(), p.In[0].Shape[1])
		for i, v := range p.In[0].Data {
			mask.Data[i] = keep(1, v != 0)
		}
		p.OutMask = mask
	}
}

func (e *Embedding) index(v float32) int {
	i := exact.ToInt(float64(v))
	if float32(i) != v || i < 0 || i >= e.InputDim {
		panic(fmt.Errorf("nnlib: Embedding wants whole numbers from 0 to %d, got %v; raise InputDim or limit the vocabulary", e.InputDim-1, v))
	}
	return i
}

// Backward adds each vector's gradients up, in the order of the samples.
func (e *Embedding) Backward(p *Pass) {
	d := e.OutputDim
	for i, v := range p.In[0].Data {
		at := e.index(v)
		g := e.table.Grad.Data[at*d : (at+1)*d]
		exact.Add32(g, g, p.OutGrad.Data[i*d:(i+1)*d])
	}
	if p.InGrad[0] != nil {
		clear(p.InGrad[0].Data) // whole numbers have no gradient
	}
}

func (e *Embedding) inputShape() Shape {
	if e.InputLength == 0 {
		return nil
	}
	return Shape{e.InputLength}
}
