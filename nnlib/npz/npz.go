package npz

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// ReadFile reads all arrays of a .npz file, in its order, or the one of a .npy file.
func ReadFile(path string) ([]Array, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("npz: %w", err)
	}
	arrays, err := Read(data)
	if err != nil {
		return nil, fmt.Errorf("%w (in %s)", err, path)
	}
	return arrays, nil
}

// Read is ReadFile for a file's bytes.
func Read(data []byte) ([]Array, error) {
	if bytes.HasPrefix(data, []byte(magic)) {
		a, err := ReadNpy(bytes.NewReader(data))
		return []Array{a}, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("npz: neither a .npy file nor a whole .npz file: %w", err)
	}
	var arrays []Array
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		a, err := readEntry(f)
		if err != nil {
			return nil, fmt.Errorf("array %s: %w", f.Name, err)
		}
		arrays = append(arrays, a)
	}
	return arrays, nil
}

func readEntry(f *zip.File) (Array, error) {
	r, err := f.Open()
	if err != nil {
		return Array{}, fmt.Errorf("npz: %w", err)
	}
	defer r.Close()
	a, err := ReadNpy(r)
	if err == nil {
		_, err = io.Copy(io.Discard, r) // to the checksum, which is at the end
	}
	a.Name = strings.TrimSuffix(f.Name, ".npy")
	return a, err
}

// Bytes returns a .npz file of these arrays, as numpy.savez writes it: numpy.load
// returns them under their names, in this order. The same arrays give the same bytes.
func Bytes(arrays ...Array) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	seen := map[string]bool{}
	for k, a := range arrays {
		if a.Name == "" {
			a.Name = fmt.Sprintf("arr_%d", k)
		}
		if seen[a.Name] {
			return nil, fmt.Errorf("npz: two arrays are called %s; give them different names", a.Name)
		}
		seen[a.Name] = true
		w, err := z.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("npz: %w", err)
		}
		if err := WriteNpy(w, a); err != nil {
			return nil, fmt.Errorf("array %s: %w", a.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("npz: %w", err)
	}
	return out.Bytes(), nil
}

// WriteFile writes a .npz file of these arrays, or a .npy file when that is the
// path's ending and there is one array. The file appears whole or not at all.
func WriteFile(path string, arrays ...Array) error {
	data, err := Bytes(arrays...)
	if strings.HasSuffix(path, ".npy") && len(arrays) == 1 {
		var b bytes.Buffer
		err = WriteNpy(&b, arrays[0])
		data = b.Bytes()
	}
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("npz: %w", err)
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(data)
	for _, step := range []func() error{func() error { return temporary.Chmod(0o644) }, temporary.Close, func() error { return os.Rename(temporary.Name(), path) }} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return fmt.Errorf("npz: %w", err)
	}
	return nil
}
