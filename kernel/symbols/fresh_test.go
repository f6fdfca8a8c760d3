package symbols

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// generatedWith is the Go whose standard library the std group was generated from.
const generatedWith = "go1.26.8"

// What is committed is what the generator writes now. Cure: go generate ./kernel/symbols
func TestFresh(t *testing.T) {
	dir := t.TempDir()
	args := []string{"run", "./gen", "-o", dir}
	if v := runtime.Version(); v != generatedWith || runtime.GOOS != "linux" {
		t.Logf("standard library not compared: it was generated with %s on linux, this is %s on %s", generatedWith, v, runtime.GOOS)
		args = append(args, "-own")
	}
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	n := 0
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if got, err := os.ReadFile(rel); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes; run go generate ./kernel/symbols (%v)", rel, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Fatal("the generator wrote nothing")
	}
}
