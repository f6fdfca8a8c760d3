package nnlib

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Save writes the model, its layers and its weights; LoadModel reads it. How the
// model was compiled is not saved. The ending of the path says the format:
//
//	.keras            Keras 3's own, for keras.models.load_model
//	all other ones    safetensors with the layers in its header
//
// The file appears whole or not at all.
func (m *Model) Save(path string) error {
	if strings.HasSuffix(path, ".keras") {
		return m.saveKeras(path)
	}
	tensors, err := m.tensors()
	if err != nil {
		return err
	}
	saved, err := m.saved()
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	text, err := json.Marshal(saved)
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return writeSafetensors(path, tensors, map[string]string{"model": string(text)})
}

// LoadModel reads what Save wrote, or a .keras file of Keras 3; the file itself
// says which. Nothing is drawn for it.
func LoadModel(path string) (*Model, error) { return program.LoadModel(path) }

// LoadModel is the function LoadModel for this session.
func (s *Session) LoadModel(path string) (*Model, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	if isZip(data) {
		return s.loadKeras(path, data)
	}
	tensors, metadata, err := readSafetensors(path, data)
	if err != nil {
		return nil, err
	}
	var saved savedModel
	if err := json.Unmarshal([]byte(metadata["model"]), &saved); err != nil || saved.Format != savedFormat {
		return nil, fmt.Errorf("nnlib: %s has no model of this version (%q); build the model in code and use LoadWeights", path, saved.Format)
	}
	m, err := s.model(saved, blankWorld{})
	if err != nil {
		return nil, fmt.Errorf("nnlib: %s: %w", path, err)
	}
	return m, m.setWeights(path, tensors)
}

// SaveWeights writes all weights and states, in the format that the path's ending says:
//
//	.npz              NumPy's; in Keras: z = numpy.load(path); model.set_weights([z[k] for k in z.files])
//	.h5               Keras 3's, for model.load_weights, which wants the ending .weights.h5
//	all other ones    safetensors, which Python's safetensors reads too
//
// The file appears whole or not at all.
func (m *Model) SaveWeights(path string) error {
	tensors, err := m.tensors()
	if err != nil {
		return err
	}
	switch {
	case strings.HasSuffix(path, ".npz"):
		return m.saveNpz(path)
	case strings.HasSuffix(path, ".h5"):
		return m.saveH5(path)
	}
	return writeSafetensors(path, tensors, nil)
}

func (m *Model) tensors() (tensors []namedTensor, err error) {
	if len(m.nodes) == 0 {
		return nil, errors.New("nnlib: the model has no weights yet; say the shape of its input or fit it first")
	}
	for _, p := range m.params {
		tensors = append(tensors, namedTensor{p.Name, p.Value})
	}
	return tensors, nil
}

// LoadWeights reads what SaveWeights of a model with the same layers wrote, or
// Keras: a file that model.save_weights wrote, a .keras file, or the .npz of
// numpy.savez(path, *model.get_weights()). The file itself says which format it has.
// When it returns an error, the model is unchanged.
func (m *Model) LoadWeights(path string) error {
	if _, err := m.tensors(); err != nil {
		return err
	}
	data, err := readFile(path)
	if err != nil {
		return err
	}
	switch {
	case isZip(data) && hasEntry(data, kerasWeights):
		return m.loadKerasWeights(path, data)
	case isZip(data):
		return m.loadNpz(path, data)
	case bytes.HasPrefix(data, []byte("\x89HDF")):
		return m.loadH5(path, data)
	}
	tensors, _, err := readSafetensors(path, data)
	if err != nil {
		return err
	}
	return m.setWeights(path, tensors)
}

func readFile(path string) ([]byte, error) {
	reading(path)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %w", err)
	}
	return data, nil
}

func (m *Model) setWeights(path string, tensors map[string]*Tensor) error {
	for _, p := range m.params {
		t := tensors[p.Name]
		if t == nil {
			return fmt.Errorf("nnlib: %s has no weight %s; it was saved from another model", path, p.Name)
		}
		if !slices.Equal(t.Shape, p.Value.Shape) {
			return fmt.Errorf("nnlib: %s has %s with shape %v, the model wants %v", path, p.Name, t.Shape, p.Value.Shape)
		}
	}
	if len(tensors) != len(m.params) {
		return fmt.Errorf("nnlib: %s has %d tensors, the model %d; it was saved from another model", path, len(tensors), len(m.params))
	}
	for _, p := range m.params {
		copy(p.Value.Data, tensors[p.Name].Data)
	}
	return nil
}

// writeWhole writes a file under another name first, so that a crash leaves no half of it.
func writeWhole(path string, data []byte) error {
	writing(path)
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Chmod(0o644), temporary.Sync(), temporary.Close()); err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return nil
}
