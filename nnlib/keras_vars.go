package nnlib

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"reprise/nnlib/npz"
)

// A kerasVar is a weight as Keras holds it: its place in a weight file, and the one
// or two weights here whose elements it has, one after the other.
type kerasVar struct {
	path   string // "layers/dense/vars/0"
	shape  Shape
	params []*Param
}

// array returns the weight's values in Keras's shape, under a name.
func (v kerasVar) array(name string) npz.Array {
	a := npz.Array{Name: name, DType: "<f4", Shape: v.shape}
	for _, p := range v.params {
		for _, x := range p.Value.Data {
			a.Data = append(a.Data, float64(x))
		}
	}
	return a
}

// set takes the values from an array whose shape was checked.
func (v kerasVar) set(a npz.Array) {
	at := 0
	for _, p := range v.params {
		for i := range p.Value.Data {
			p.Value.Data[i] = float32(a.Data[at+i])
		}
		at += len(p.Value.Data)
	}
}

// setKeras takes all weights or, when one does not fit, none.
func setKeras(path string, vars []kerasVar, arrays []npz.Array) error {
	for k, v := range vars {
		if !slices.Equal(v.shape, arrays[k].Shape) {
			return fmt.Errorf("nnlib: %s has %s with shape %v, the model wants %v for %s; it was saved from another model", path, arrays[k].Name, arrays[k].Shape, v.shape, v.params[0].Name)
		}
	}
	for k, v := range vars {
		v.set(arrays[k])
	}
	return nil
}

// kerasVars returns the weights of layers in the order of Keras's get_weights.
func kerasVars(layers []*bound) (vars []kerasVar) {
	used := map[string]int{}
	for _, b := range layers {
		folder := "layers/" + kerasFolder(b.layer, used)
		for _, v := range layerVars(b.layer, b.params) {
			v.path = folder + "/" + v.path
			vars = append(vars, v)
		}
	}
	return vars
}

// kerasFolder is what saving_lib.py calls a layer in a weight file: its class, numbered.
func kerasFolder(l Layer, used map[string]int) string {
	name := kerasSnake(kerasClass(l))
	used[name]++
	if n := used[name] - 1; n > 0 {
		return fmt.Sprintf("%s_%d", name, n)
	}
	return name
}

// kerasClass is the class that Keras has for a layer.
func kerasClass(l Layer) string {
	if s, err := saveObject(l); err == nil {
		if k, err := toKeras(s); err == nil {
			return k.Class
		}
	}
	return typeName(l)
}

var kerasWords = []*regexp.Regexp{regexp.MustCompile(`(.)([A-Z][a-z]+)`), regexp.MustCompile(`([a-z])([A-Z])`)}

// kerasSnake is to_snake_case of keras/src/utils/naming.py: ReLU is re_lu, Conv2D conv2d.
func kerasSnake(name string) string {
	for _, r := range kerasWords {
		name = r.ReplaceAllString(name, "${1}_${2}")
	}
	return strings.ToLower(name)
}

// layerVars returns a layer's weights with paths within its folder.
func layerVars(l Layer, params []*Param) []kerasVar {
	switch l := l.(type) {
	case *SimpleRNN, *LSTM:
		return inFolder("cell/", plainVars(params))
	case *GRU:
		return inFolder("cell/", gruVars(params))
	case *Bidirectional:
		half := len(params) / 2
		return append(inFolder("forward_layer/", layerVars(l.Layer, params[:half])), inFolder("backward_layer/", layerVars(l.Layer, params[half:]))...)
	case *TimeDistributed:
		return inFolder("layer/", layerVars(l.Layer, params))
	case *MultiHeadAttention:
		var vars []kerasVar
		each := len(params) / 4
		for k, name := range []string{"query_dense/", "key_dense/", "value_dense/", "output_dense/"} {
			vars = append(vars, inFolder(name, plainVars(params[k*each:(k+1)*each]))...)
		}
		return vars
	}
	return plainVars(params)
}

func plainVars(params []*Param) (vars []kerasVar) {
	for k, p := range params {
		vars = append(vars, kerasVar{fmt.Sprintf("vars/%d", k), p.Value.Shape, []*Param{p}})
	}
	return vars
}

// gruVars joins the two biases, which are two rows of one weight in Keras.
func gruVars(params []*Param) []kerasVar {
	if len(params) < 4 {
		return plainVars(params)
	}
	vars := plainVars(params[:2])
	return append(vars, kerasVar{"vars/2", Shape{2, params[2].Value.Shape[0]}, params[2:]})
}

func inFolder(folder string, vars []kerasVar) []kerasVar {
	for k := range vars {
		vars[k].path = folder + vars[k].path
	}
	return vars
}

// kerasOrder returns the layers in the order of Keras's model.layers, inputs left
// out: by depth, which is the longest way to an output, and then in the order in
// which a walk from the outputs meets them (keras/src/ops/function.py: map_graph).
func (m *Model) kerasOrder() []*bound {
	w := walk{met: map[*bound]int{}, done: map[*node]bool{}}
	for _, n := range m.outputs {
		w.visit(n)
	}
	nodeDepth, depth := map[*node]int{}, map[*bound]int{}
	for k := len(w.nodes) - 1; k >= 0; k-- {
		n := w.nodes[k]
		d := max(nodeDepth[n], depth[n.bound])
		nodeDepth[n], depth[n.bound] = d, d
		for _, f := range n.from {
			nodeDepth[f] = max(nodeDepth[f], d+1)
		}
	}
	layers := slices.DeleteFunc(slices.Clone(w.layers), func(b *bound) bool { return b.layer == nil })
	slices.SortStableFunc(layers, func(a, b *bound) int {
		return cmp.Or(cmp.Compare(depth[b], depth[a]), cmp.Compare(w.met[a], w.met[b]))
	})
	return layers
}

// A walk goes from outputs to inputs.
type walk struct {
	nodes  []*node // each after those that it depends on
	layers []*bound
	met    map[*bound]int
	done   map[*node]bool
}

func (w *walk) visit(n *node) {
	if w.done[n] {
		return
	}
	w.done[n] = true
	if _, known := w.met[n.bound]; !known {
		w.met[n.bound] = len(w.layers)
		w.layers = append(w.layers, n.bound)
	}
	for _, f := range n.from {
		w.visit(f)
	}
	w.nodes = append(w.nodes, n)
}

// isRow says whether the model is what Keras calls Sequential: each layer on the one before.
func (m *Model) isRow() bool {
	if len(m.inputs) != 1 || len(m.outputs) != 1 || m.nodes[0] != m.inputs[0] || m.outputs[0] != m.nodes[len(m.nodes)-1] {
		return false
	}
	seen := map[*bound]bool{}
	for k, n := range m.nodes[1:] {
		if len(n.from) != 1 || n.from[0] != m.nodes[k] || seen[n.bound] {
			return false
		}
		seen[n.bound] = true
	}
	return true
}
