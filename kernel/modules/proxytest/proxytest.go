// Package proxytest serves Go modules to tests, from text, by way of a folder.
package proxytest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Serve makes the go command see the modules of the txtar files in a folder, and no others, while
// a test runs. The comment of a file names the module: path@version.
func Serve(t testing.TB, dir string) {
	t.Helper()
	proxy := t.TempDir()
	if err := Write(proxy, dir); err != nil {
		t.Fatal(err)
	}
	for name, value := range Environment(proxy, t.TempDir()) {
		t.Setenv(name, value)
	}
}

// Environment is what the go command has to be told: the proxy, and a module cache of its own.
func Environment(proxy, cache string) map[string]string {
	return map[string]string{
		"GOPROXY": "file://" + filepath.ToSlash(proxy), "GONOSUMDB": "example.com",
		"GOMODCACHE": cache, "GOFLAGS": "-modcacherw",
	}
}

// Write writes what a proxy serves of the modules in dir.
func Write(proxy, dir string) error {
	list, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("no modules in %s", dir)
	}
	for _, file := range list {
		if err := publish(proxy, file); err != nil {
			return err
		}
	}
	return nil
}

func publish(proxy, file string) error {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		return err
	}
	path, version, _ := strings.Cut(strings.TrimSpace(string(ar.Comment)), "@")
	dir := filepath.Join(proxy, filepath.FromSlash(path), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	zipped, goMod, err := zipOf(ar, path+"@"+version)
	if err != nil {
		return err
	}
	list, err := os.ReadFile(filepath.Join(dir, "list"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "list"), append(list, version+"\n"...), 0o644),
		os.WriteFile(filepath.Join(dir, version+".info"), fmt.Appendf(nil, `{"Version": %q, "Time": "2026-01-02T15:04:05Z"}`, version), 0o644),
		os.WriteFile(filepath.Join(dir, version+".mod"), goMod, 0o644),
		os.WriteFile(filepath.Join(dir, version+".zip"), zipped, 0o644),
	)
}

func zipOf(ar *txtar.Archive, prefix string) (zipped, goMod []byte, err error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range ar.Files {
		if f.Name == "go.mod" {
			goMod = f.Data
		}
		w, err := z.Create(prefix + "/" + f.Name)
		if err != nil {
			return nil, nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), goMod, err
}
