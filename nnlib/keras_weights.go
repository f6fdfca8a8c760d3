package nnlib

import (
	"fmt"
	"strings"

	"reprise/nnlib/hdf5"
	"reprise/nnlib/npz"
)

// saveNpz writes the weights in Keras's shapes and order, under the names they have here.
func (m *Model) saveNpz(path string) error {
	var arrays []npz.Array
	for _, v := range kerasVars(m.kerasOrder()) {
		arrays = append(arrays, v.array(v.params[0].Name))
	}
	data, err := npz.Bytes(arrays...)
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return writeWhole(path, data)
}

// loadNpz takes the weights by their names, or where the file has other names, in its order.
func (m *Model) loadNpz(path string, data []byte) error {
	arrays, err := npz.Read(data)
	if err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	vars := kerasVars(m.kerasOrder())
	if len(arrays) != len(vars) {
		return fmt.Errorf("nnlib: %s has %d arrays, the model %d weights; it was saved from another model", path, len(arrays), len(vars))
	}
	byName := map[string]npz.Array{}
	for _, a := range arrays {
		byName[a.Name] = a
	}
	ordered := make([]npz.Array, len(vars))
	for k, v := range vars {
		a, ok := byName[v.params[0].Name]
		if !ok {
			return setKeras(path, vars, arrays)
		}
		ordered[k] = a
	}
	return setKeras(path, vars, ordered)
}

// h5 returns the weights as Keras's file of weights.
func (m *Model) h5() ([]byte, error) {
	layers := m.kerasOrder()
	var arrays []npz.Array
	for _, v := range kerasVars(layers) {
		arrays = append(arrays, v.array(v.path))
	}
	groups, used := []string{"vars"}, map[string]int{}
	for _, b := range layers {
		groups = append(groups, "layers/"+kerasFolder(b.layer, used)+"/vars")
	}
	return hdf5.Bytes(arrays, groups...)
}

func (m *Model) saveH5(path string) error {
	data, err := m.h5()
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return writeWhole(path, data)
}

func (m *Model) loadH5(path string, data []byte) error {
	return setH5(path, data, kerasVars(m.kerasOrder()))
}

// setH5 takes weights from a file of Keras's. An optimizer's state in it is left there.
func setH5(path string, data []byte, vars []kerasVar) error {
	arrays, err := hdf5.Read(data)
	if err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	byPath := map[string]npz.Array{}
	for _, a := range arrays {
		if strings.HasPrefix(a.Name, "layers/") && !strings.Contains(a.Name, "/seed_generator/") {
			byPath[a.Name] = a
		}
	}
	if len(byPath) != len(vars) {
		return fmt.Errorf("nnlib: %s has %d weights of layers, the model %d; it was saved from another model", path, len(byPath), len(vars))
	}
	ordered := make([]npz.Array, len(vars))
	for k, v := range vars {
		a, ok := byPath[v.path]
		if !ok {
			return fmt.Errorf("nnlib: %s has no weight %s, which the model's %s would be; it was saved from another model", path, v.path, v.params[0].Name)
		}
		ordered[k] = a
	}
	return setKeras(path, vars, ordered)
}
