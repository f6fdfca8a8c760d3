//go:build oracle

package runner_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The files in testdata are what the Python programs write today. REPRISE_PYTHON names a
// Python that has them.
func TestFilesOfPython(t *testing.T) {
	python := os.Getenv("REPRISE_PYTHON")
	if python == "" {
		t.Fatal("REPRISE_PYTHON is not set")
	}
	made := t.TempDir()
	if out, err := exec.Command(python, "testdata/regenerate.py", made).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	compared := 0
	for _, pattern := range []string{"*.json"} {
		paths, _ := filepath.Glob(filepath.Join(made, pattern)) // the patterns are well formed
		for _, path := range paths {
			compared++
			name, _ := filepath.Rel(made, path) // both are absolute
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want, err := os.ReadFile(filepath.Join("testdata", name)); err != nil || string(got) != string(want) {
				t.Errorf("%s is not what Python writes (%v)", name, err)
			}
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}
