package nnlib

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Node is a place in a graph that is being drawn: what Input and Apply return.
type Node struct {
	layer Layer // nil for an input
	from  []*Node
	shape Shape  // of an input
	order int    // of creation, which is the order of initial weights
	bound *bound // once a model was made of it
}

// Input is where data enter a graph; shape is that of one sample.
func Input(shape ...int) *Node {
	return &Node{shape: Shape(shape), order: program.numberNode()}
}

// Apply calls a layer with nodes. The same layer may be applied several times; it
// then has the same weights everywhere.
func Apply(l Layer, to ...*Node) *Node {
	if l == nil || len(to) == 0 || slices.Contains(to, nil) {
		panic(errors.New("nnlib: Apply wants a layer and at least one node, got nil or none"))
	}
	return &Node{layer: l, from: to, order: program.numberNode()}
}

// ApplyState calls a recurrent layer that has ReturnState, and returns its output, its
// last h and, of an LSTM, its last c. to is the layer's input and perhaps the states
// that it begins with, as another layer's ApplyState has returned them:
//
//	encoded := nnlib.ApplyState(&nnlib.LSTM{Units: 8, ReturnState: true}, source)
//	decoded := nnlib.Apply(&nnlib.LSTM{Units: 8, ReturnSequences: true}, target, encoded[1], encoded[2])
func ApplyState(l Layer, to ...*Node) []*Node {
	state, ok := returning(l)
	if !ok {
		panic(fmt.Errorf("nnlib: ApplyState wants a SimpleRNN, LSTM or GRU with ReturnState, got %s", described(l)))
	}
	all, nodes := Apply(l, to...), []*Node{}
	for number := range 1 + state.States {
		part := state
		part.Number = number
		nodes = append(nodes, all.Apply(&part))
	}
	return nodes
}

// Apply applies a layer to n.
func (n *Node) Apply(l Layer) *Node { return Apply(l, n) }

func (s *Session) numberNode() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nodes++
	return s.nodes
}

// NewModel returns the model that computes outputs from inputs. A second model
// of the same nodes shares their weights.
func NewModel(inputs, outputs []*Node) *Model { return program.NewModel(inputs, outputs) }

// NewModel is the function NewModel for this session.
func (s *Session) NewModel(inputs, outputs []*Node) *Model {
	if len(inputs) == 0 || len(outputs) == 0 || slices.Contains(inputs, nil) || slices.Contains(outputs, nil) {
		panic(errors.New("nnlib: NewModel wants at least one input and one output"))
	}
	m := s.newModel()
	made := map[*Node]*node{}
	for _, n := range reachable(outputs, inputs) {
		made[n] = m.make(n, made, slices.Contains(inputs, n))
	}
	for _, n := range inputs {
		if made[n] == nil {
			panic(errors.New("nnlib: NewModel: an input leads to no output; leave it out"))
		}
		m.inputs = append(m.inputs, made[n])
	}
	for _, n := range outputs {
		m.outputs = append(m.outputs, made[n])
	}
	return m
}

// make turns n into a node of m; those before it are made already.
func (m *Model) make(n *Node, made map[*Node]*node, isInput bool) *node {
	if n.layer == nil || isInput {
		if !isInput {
			panic(errors.New("nnlib: NewModel: an output depends on an Input that is not among the inputs; add it"))
		}
		shape := n.shape
		if n.bound != nil {
			shape = n.bound.shape
		}
		return m.addInput(shape, "input")
	}
	var from []*node
	for _, f := range n.from {
		from = append(from, made[f])
	}
	if n.bound != nil && m.built[identity(n.layer)] == nil {
		m.adopt(n.bound)
	}
	out := m.addLayer(n.layer, from)
	n.bound = out.bound
	return out
}

// reachable returns the nodes on the way from the inputs to the outputs, in order of creation.
func reachable(outputs, inputs []*Node) []*Node {
	seen := map[*Node]bool{}
	var all []*Node
	var visit func(n *Node)
	visit = func(n *Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		all = append(all, n)
		if !slices.Contains(inputs, n) {
			for _, f := range n.from {
				visit(f)
			}
		}
	}
	for _, n := range outputs {
		visit(n)
	}
	slices.SortFunc(all, func(a, b *Node) int { return cmp.Compare(a.order, b.order) })
	return all
}
