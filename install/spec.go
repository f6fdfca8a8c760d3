package install

import (
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
)

const specFile = "kernel.json"

//go:embed logos/logo-32x32.png logos/logo-64x64.png logos/logo-svg.svg
var logos embed.FS

// logoFiles are the names that Jupyter looks for.
func logoFiles() []string { return []string{"logo-32x32.png", "logo-64x64.png", "logo-svg.svg"} }

// writeSpec writes the logos and kernel.json into dir and returns argv.
func writeSpec(dir, program, displayName string) ([]string, error) {
	for _, name := range logoFiles() {
		logo, err := logos.ReadFile(path.Join("logos", name))
		if err != nil {
			return nil, fmt.Errorf("internal error: %w", err)
		}
		if err := writeFile(filepath.Join(dir, name), logo); err != nil {
			return nil, err
		}
	}
	s := spec{
		Argv:        []string{program, "kernel", "{connection_file}"},
		DisplayName: displayName,
		Language:    "go",
		// By message on the control channel: works on Windows, and through a worker process.
		InterruptMode:         "message",
		KernelProtocolVersion: "5.6",
		Metadata: map[string]any{
			mark:                   map[string]any{"installed": true},
			"supported_encryption": "curve",
		},
	}
	text, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return nil, fmt.Errorf("internal error: %w", err)
	}
	return s.Argv, writeFile(filepath.Join(dir, specFile), append(text, '\n'))
}

// writeFile replaces name by a whole new file or leaves it alone.
func writeFile(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once the file has its name
	_, err = f.Write(content)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
