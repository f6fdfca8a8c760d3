package nb

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Read reads the bytes of the file at path. Its errors begin with the path, for people.
func Read(path string) ([]byte, error) {
	if path == "" {
		return nil, errors.New("the name of the file is empty")
	}
	data, err := os.ReadFile(path)
	if err == nil {
		return data, nil
	}
	if isFolder(path) {
		return nil, fmt.Errorf("%s: is a directory; name a file in it", path)
	}
	return nil, fmt.Errorf("%s: %w", path, reason(err))
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// ReadFile reads the notebook at path.
func ReadFile(path string) (*Notebook, error) {
	data, err := Read(path)
	if err != nil {
		return nil, err
	}
	n, err := Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}

// WriteFile writes the notebook to path; a reader sees the old file or the new one, never half of it.
func (n *Notebook) WriteFile(path string) error {
	return WriteFile(path, n.Encode())
}

// Writable says before the work why WriteFile will not write path, as far as that can be known:
// there is no such folder, the file is read-only, or it is a directory.
func Writable(path string) error {
	if err := writable(path); err != nil {
		return fmt.Errorf("%s: cannot be written: %w", path, reason(err))
	}
	return nil
}

// A file that its owner made read-only would be replaced by renaming; that is not what he wants.
func writable(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if folder := filepath.Dir(path); !isFolder(folder) {
			return fmt.Errorf("there is no directory %s", folder)
		}
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("it is a directory")
	case info.Mode().IsRegular() && info.Mode().Perm()&0o222 == 0:
		return errors.New("the file is read-only")
	}
	return nil
}

// WriteFile puts data at path by renaming a finished file. The mode of a file that is
// there is kept, and a symbolic link goes on pointing at what it pointed at.
func WriteFile(path string, data []byte) error {
	if err := writeFile(path, data); err != nil {
		return fmt.Errorf("%s: not written: %w", path, reason(err))
	}
	return nil
}

func writeFile(path string, data []byte) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if err := writable(path); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return os.WriteFile(path, data, mode) // a pipe or /dev/stdout cannot be renamed onto
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".*."+filepath.Base(path))
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails after the rename, as it should
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// reason drops the operation and path that the caller names anyway.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
