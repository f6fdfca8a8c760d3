package nnlib

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"reprise/nnlib/exact"
)

// Save writes the model, its layers and its weights, to a safetensors file;
// LoadModel reads it. How the model was compiled is not saved.
func (m *Model) Save(path string) error {
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

// LoadModel reads what Save wrote. Nothing is drawn for it.
func LoadModel(path string) (*Model, error) { return program.LoadModel(path) }

// LoadModel is the function LoadModel for this session.
func (s *Session) LoadModel(path string) (*Model, error) {
	tensors, metadata, err := readSafetensors(path)
	if err != nil {
		return nil, err
	}
	var saved savedModel
	if err := json.Unmarshal([]byte(metadata["model"]), &saved); err != nil || saved.Format != savedFormat {
		return nil, fmt.Errorf("nnlib: %s has no model of this version (%q); build the model in code and use LoadWeights", path, saved.Format)
	}
	m, err := s.model(saved)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %s: %w", path, err)
	}
	return m, m.setWeights(path, tensors)
}

// SaveWeights writes all weights and states to a safetensors file, which Python's
// safetensors reads too. The file appears whole or not at all.
func (m *Model) SaveWeights(path string) error {
	tensors, err := m.tensors()
	if err != nil {
		return err
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

// LoadWeights reads what SaveWeights of a model with the same layers wrote. When it
// returns an error, the model is unchanged.
func (m *Model) LoadWeights(path string) error {
	tensors, _, err := readSafetensors(path)
	if err != nil {
		return err
	}
	return m.setWeights(path, tensors)
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

type namedTensor struct {
	name string
	*Tensor
}

// A tensorEntry is a tensor in the header of a safetensors file.
type tensorEntry struct {
	DType   string   `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

const metadataName = "__metadata__"

// writeSafetensors writes the format of github.com/huggingface/safetensors: the
// length of a JSON header, the header, the tensors little-endian. NaNs are made canonical.
func writeSafetensors(path string, tensors []namedTensor, metadata map[string]string) error {
	header, at := map[string]any{}, int64(0)
	if metadata != nil {
		header[metadataName] = metadata
	}
	for _, t := range tensors {
		if _, twice := header[t.name]; twice {
			return fmt.Errorf("nnlib: two weights are called %s; give their layers different names", t.name)
		}
		size := int64(4 * len(t.Data))
		header[t.name] = tensorEntry{"F32", append([]int{}, t.Shape...), [2]int64{at, at + size}}
		at += size
	}
	text, err := json.Marshal(header) // sorts the names
	if err != nil {
		return fmt.Errorf("nnlib: %s: %w", path, err)
	}
	for len(text)%8 != 0 {
		text = append(text, ' ')
	}
	out := binary.LittleEndian.AppendUint64(nil, uint64(len(text)))
	out = append(out, text...)
	for _, t := range tensors {
		values := slices.Clone(t.Data)
		exact.Canonical32(values)
		for _, v := range values {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	return writeWhole(path, out)
}

// writeWhole writes a file under another name first, so that a crash leaves no half of it.
func writeWhole(path string, data []byte) error {
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

// readSafetensors reads a file of float32 tensors, and trusts nothing in it.
func readSafetensors(path string) (tensors map[string]*Tensor, metadata map[string]string, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("nnlib: %w", err)
	}
	broken := func(format string, args ...any) error {
		return fmt.Errorf("nnlib: %s is not a whole safetensors file: %s", path, fmt.Sprintf(format, args...))
	}
	if len(data) < 8 {
		return nil, nil, broken("it has %d bytes", len(data))
	}
	n := binary.LittleEndian.Uint64(data)
	if n > uint64(len(data)-8) {
		return nil, nil, broken("its header should have %d bytes, there are %d", n, len(data)-8)
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(data[8:8+n], &header); err != nil {
		return nil, nil, broken("its header: %v", err)
	}
	body := data[8+n:]
	tensors = map[string]*Tensor{}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		raw := header[name]
		if name == metadataName {
			if err := json.Unmarshal(raw, &metadata); err != nil {
				return nil, nil, broken("its metadata: %v", err)
			}
			continue
		}
		var e tensorEntry
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, nil, broken("tensor %s: %v", name, err)
		}
		if e.DType != "F32" {
			return nil, nil, fmt.Errorf("nnlib: %s has tensor %s of type %s; save it as F32", path, name, e.DType)
		}
		t, ok := decodeTensor(e, body)
		if !ok {
			return nil, nil, broken("tensor %s of shape %v lies at %v of %d bytes", name, e.Shape, e.Offsets, len(body))
		}
		tensors[name] = t
	}
	return tensors, metadata, nil
}

func decodeTensor(e tensorEntry, body []byte) (*Tensor, bool) {
	low, high := e.Offsets[0], e.Offsets[1]
	if low < 0 || high < low || high > int64(len(body)) {
		return nil, false
	}
	size := int64(4)
	for _, d := range e.Shape {
		if d < 0 || d > 0 && size > int64(len(body))/int64(d) {
			return nil, false
		}
		size *= int64(d)
	}
	if size != high-low {
		return nil, false
	}
	t := NewTensor(e.Shape...)
	for i := range t.Data {
		t.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[low+int64(4*i):]))
	}
	return t, true
}
