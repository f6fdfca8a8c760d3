package nnlib

import (
	"fmt"

	"reprise/nnlib/rng"
)

// A node is one place in a model's graph: a layer and what it is called with.
type node struct {
	*bound // with no layer for an input
	from   []*node
	pass   Pass
	out    Tensor
	grad   Tensor // own OutGrad, where it has other than one user
	grads  []Tensor
	users  []use
	learns bool // this node or one before it has something to train
}

// A bound layer has its weights; it may stand in several nodes.
type bound struct {
	layer   Layer
	name    string
	in      []Shape
	shape   Shape // of one sample of the output
	params  []*Param
	stream  *rng.Stream
	scope   []any // of the stream's name
	bearing bool  // some of params are trainable
}

// A use says that a node is input number k of another one.
type use struct {
	by *node
	k  int
}

// A graph is nodes in an order in which they can be computed.
type graph struct {
	nodes   []*node
	inputs  []*node
	outputs []*node
	poll    func() // called between nodes; may panic to stop
	batch   int    // rows that all tensors now have
}

// append adds a node whose inputs are in the graph already.
func (g *graph) append(n *node) {
	for k, f := range n.from {
		f.users = append(f.users, use{n, k})
		n.learns = n.learns || f.learns
	}
	n.learns = n.learns || n.bearing
	n.grads = make([]Tensor, len(n.from))
	n.pass.In = make([]*Tensor, len(n.from))
	n.pass.InGrad = make([]*Tensor, len(n.from))
	n.pass.Masks = make([]*Tensor, len(n.from))
	n.pass.Out = &n.out
	for k, f := range n.from {
		n.pass.In[k] = &f.out
		if f.learns {
			n.pass.InGrad[k] = &n.grads[k]
		}
	}
	g.nodes = append(g.nodes, n)
	g.batch = -1
}

// resize makes room for n samples everywhere.
func (g *graph) resize(n int) {
	if g.batch == n {
		return
	}
	for _, node := range g.nodes {
		if err := affordable(n, node.shape); err != nil {
			panic(fmt.Errorf("nnlib: layer %s: a batch of %d samples: %w; take a smaller BatchSize", node.name, n, err))
		}
		node.out.rows(n, node.shape)
		for k, f := range node.from {
			if f.learns {
				node.grads[k].rows(n, f.shape)
			}
		}
	}
	for _, node := range g.nodes {
		if len(node.users) == 1 && !g.isOutput(node) {
			node.pass.OutGrad = &node.users[0].by.grads[node.users[0].k]
		} else {
			node.grad.rows(n, node.shape)
			node.pass.OutGrad = &node.grad
		}
	}
	g.batch = n
}

func (g *graph) isOutput(n *node) bool {
	for _, o := range g.outputs {
		if o == n {
			return true
		}
	}
	return false
}

// forward computes all nodes; the inputs' tensors are filled already.
func (g *graph) forward(training bool) {
	for _, n := range g.nodes {
		if n.layer == nil {
			continue
		}
		g.poll()
		p := &n.pass
		p.Training, p.Rand = training, nil
		if training {
			p.Rand = n.stream
		}
		for k, f := range n.from {
			p.Masks[k] = f.pass.OutMask
		}
		p.Mask = p.Masks[0]
		p.OutMask, p.Loss = p.Mask, 0
		n.layer.Forward(p)
	}
}

// backward computes all gradients; those of the outputs by the loss stand in their grad already.
func (g *graph) backward() {
	for i := len(g.nodes) - 1; i >= 0; i-- {
		n := g.nodes[i]
		if !n.learns || n.layer == nil {
			continue
		}
		g.poll()
		if n.pass.OutGrad == &n.grad {
			n.gather(g.isOutput(n))
		}
		n.layer.Backward(&n.pass)
	}
}

// gather adds up what the users of n hand back; an output starts from the loss's gradient.
func (n *node) gather(isOutput bool) {
	if !isOutput {
		clear(n.grad.Data)
	}
	for _, u := range n.users {
		for i, v := range u.by.grads[u.k].Data {
			n.grad.Data[i] += v
		}
	}
}

// firstNaN names the first layer whose output is not finite.
func (g *graph) firstNaN() string {
	for _, n := range g.nodes {
		for i, v := range n.out.Data {
			if v-v != 0 {
				return fmt.Sprintf("the output of %s is the first, in sample %d", n.name, i/max(n.shape.Size(), 1))
			}
		}
	}
	return "all layers' outputs are finite"
}
