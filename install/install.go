package install

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
)

// Defaults of Options.
const (
	DefaultName        = "reprise"
	DefaultDisplayName = "Go (reprise)"
)

// Options says where the kernelspec goes and what it is called. The zero value
// installs for the current user, under the default names.
type Options struct {
	Name        string // of the directory, and in notebooks: letters a-z, digits, ".", "_", "-"
	DisplayName string // what front ends show
	SysPrefix   bool   // into the Python environment that is active, for all who use it
	Prefix      string // into PREFIX/share/jupyter; excludes SysPrefix
	Program     string // the binary to install; empty: the running one
}

// A Result says what was installed.
type Result struct {
	Dir     string   // the kernelspec
	Program string   // the installed copy that kernel.json names
	Argv    []string // the command that front ends run
}

// A spec is kernel.json (jupyter_client, "Kernel specs").
type spec struct {
	Argv                  []string       `json:"argv"`
	DisplayName           string         `json:"display_name"`
	Language              string         `json:"language"`
	InterruptMode         string         `json:"interrupt_mode"`
	KernelProtocolVersion string         `json:"kernel_protocol_version"`
	Metadata              map[string]any `json:"metadata"`
}

// mark is the key in metadata by which Uninstall knows its own.
const mark = "reprise"

// Install writes the kernelspec. A second time it replaces what is there, file
// by file, so that at every moment the kernelspec is a whole one.
func Install(o Options) (Result, error) {
	o, dir, err := o.resolve()
	if err != nil {
		return Result{}, err
	}
	if err := ours(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Result{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Result{}, explain(err)
	}
	program := filepath.Join(dir, programName())
	if err := copyProgram(program, o.Program); err != nil {
		return Result{}, explain(err)
	}
	argv, err := writeSpec(dir, program, o.DisplayName)
	if err != nil {
		return Result{}, explain(err)
	}
	return Result{Dir: dir, Program: program, Argv: argv}, nil
}

// Uninstall removes the files that Install made, and the directory unless
// something else is in it.
func Uninstall(o Options) (Result, error) {
	_, dir, err := o.resolve()
	if err != nil {
		return Result{}, err
	}
	switch err := ours(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return Result{}, fmt.Errorf("install: no kernel is installed in %s; `jupyter kernelspec list` shows what is", dir)
	case err != nil:
		return Result{}, err
	}
	// kernel.json first: from then on Jupyter does not offer the kernel.
	for _, name := range append([]string{specFile}, append(logoFiles(), programName(), programName()+".old")...) {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Result{}, explain(err)
		}
	}
	if err := os.Remove(dir); err != nil && !notEmpty(dir) {
		return Result{}, explain(err)
	}
	return Result{Dir: dir}, nil
}

func notEmpty(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && len(entries) > 0
}

// validName is what Jupyter accepts, without the capitals that it folds away.
var validName = regexp.MustCompile(`^[a-z0-9._-]+$`)

// resolve fills in the defaults and finds the kernelspec's directory.
func (o Options) resolve() (Options, string, error) {
	if o.Name == "" {
		o.Name = DefaultName
	}
	if o.DisplayName == "" {
		o.DisplayName = DefaultDisplayName
	}
	if !validName.MatchString(o.Name) || o.Name == "." || o.Name == ".." {
		return o, "", fmt.Errorf("install: bad kernel name %q; Jupyter allows a-z, 0-9, '.', '_' and '-'", o.Name)
	}
	if o.Program == "" {
		running, err := os.Executable()
		if err != nil {
			return o, "", fmt.Errorf("install: cannot find the running program: %w", err)
		}
		o.Program = running
	}
	data, err := here().target(o)
	if err != nil {
		return o, "", err
	}
	return o, filepath.Join(data, "kernels", o.Name), nil
}

// ours reports whether dir holds a kernelspec that Install made: nil, or an
// error that is fs.ErrNotExist when there is none at all.
func ours(dir string) error {
	raw, err := os.ReadFile(filepath.Join(dir, specFile))
	if err != nil {
		return explain(err)
	}
	var s spec
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("install: %s is not a kernelspec: %w; remove it, or choose another name with --name", filepath.Join(dir, specFile), err)
	}
	if _, ok := s.Metadata[mark]; !ok {
		return fmt.Errorf("install: %s belongs to another kernel, %q; choose another name with --name", dir, s.DisplayName)
	}
	return nil
}

func programName() string {
	if runtime.GOOS == "windows" {
		return "reprise.exe"
	}
	return "reprise"
}

// explain adds the cure to an error of the file system.
func explain(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("install: %w; use --prefix with a directory of yours, or leave --sys-prefix and --prefix out", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("install: %w", err)
	}
	return fmt.Errorf("install: %w; check the disk and the directory", err)
}
