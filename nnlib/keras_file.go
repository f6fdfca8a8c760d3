package nnlib

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// The entries of a .keras file (keras/src/saving/saving_lib.py).
const (
	kerasConfig   = "config.json"
	kerasMetadata = "metadata.json"
	kerasWeights  = "model.weights.h5"
)

// saveKeras writes a .keras file. It has no date, so that one model gives one file.
func (m *Model) saveKeras(path string) error {
	if _, err := m.tensors(); err != nil {
		return err
	}
	config, err := m.kerasModel()
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	text, err := json.Marshal(config)
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	weights, err := m.h5()
	if err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, entry := range []struct {
		name string
		data []byte
	}{
		{kerasMetadata, []byte(`{"keras_version": "3.15.1", "date_saved": "1980-01-01@00:00:00"}`)},
		{kerasConfig, text},
		{kerasWeights, weights},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: entry.name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(entry.data)
		}
		if err != nil {
			return fmt.Errorf("nnlib: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("nnlib: %w", err)
	}
	return writeWhole(path, out.Bytes())
}

// loadKeras reads a .keras file.
func (s *Session) loadKeras(path string, data []byte) (*Model, error) {
	text, err := entry(data, kerasConfig)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %s is not a whole .keras file: %w", path, err)
	}
	m, layers, err := s.kerasModel(text, blankWorld{})
	if err != nil {
		return nil, fmt.Errorf("nnlib: %s: %w", path, err)
	}
	weights, err := entry(data, kerasWeights)
	if err != nil {
		return nil, fmt.Errorf("nnlib: %s is not a whole .keras file: %w", path, err)
	}
	return m, setH5(path, weights, kerasVars(layers))
}

// loadKerasWeights takes the weights only.
func (m *Model) loadKerasWeights(path string, data []byte) error {
	weights, err := entry(data, kerasWeights)
	if err != nil {
		return fmt.Errorf("nnlib: %s is not a whole .keras file: %w", path, err)
	}
	return m.loadH5(path, weights)
}

func isZip(data []byte) bool { return bytes.HasPrefix(data, []byte("PK")) }

// hasEntry says whether a zip has a file of this name; a broken zip has none.
func hasEntry(data []byte, name string) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		if f.Name == name {
			return true
		}
	}
	return false
}

// entry returns a file of a zip. One that pretends to be small is cut off, not unpacked.
func entry(data []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r) // Go checks the size that the zip states, and its checksum
	}
	return nil, fmt.Errorf("it has no %s; if it is sharded or of an older Keras, save it again with Keras 3's model.save", name)
}
