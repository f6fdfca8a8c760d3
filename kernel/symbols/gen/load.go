package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// A pkg is one loaded package: its types from compiled export data, and where its source is.
type pkg struct {
	path  string
	dir   string
	files []string // Go files, without tests
	types *types.Package
}

// A listed is what go list says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string // file with export data; empty when the package does not compile
	GoFiles    []string
	CgoFiles   []string
	Error      *struct{ Err string }
}

// load compiles the packages when needed and reads their types. Packages that do not
// compile are left out and named by the error; the others are returned all the same.
func load(paths []string) ([]*pkg, error) {
	var wanted []string
	for _, path := range paths {
		wanted = append(wanted, realPath(path))
	}
	all, err := list(wanted)
	if err != nil {
		return nil, err
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		l := all[path]
		if l == nil || l.Export == "" {
			return nil, fmt.Errorf("no export data for %q", path)
		}
		return os.Open(l.Export)
	})
	var pkgs []*pkg
	var errs []error
	for _, path := range paths {
		l := all[realPath(path)]
		if l == nil || l.Export == "" {
			errs = append(errs, fmt.Errorf("%s is left out, it does not compile: %s", path, l.why()))
			continue
		}
		tp, err := typesOf(imp, path, l)
		if err != nil {
			errs = append(errs, fmt.Errorf("types of %s: %w", path, err))
			continue
		}
		pkgs = append(pkgs, &pkg{path: path, dir: l.Dir, files: append(l.GoFiles, l.CgoFiles...), types: tp})
	}
	return pkgs, errors.Join(errs...)
}

// typesOf takes the types as compiled; those of a stand-in are checked under its other path.
func typesOf(imp types.Importer, path string, l *listed) (*types.Package, error) {
	if path == l.ImportPath {
		return imp.Import(path)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range l.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(l.Dir, name), nil, 0)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: imp}
	return conf.Check(path, fset, files, nil)
}

func (l *listed) why() string {
	if l == nil || l.Error == nil {
		return "not found"
	}
	return l.Error.Err
}

// builtin is the documentation of what needs no import. Nothing compiles it.
func builtin() (*pkg, error) {
	all, err := list([]string{"builtin"})
	if err != nil {
		return nil, err
	}
	l := all["builtin"]
	if l == nil {
		return nil, errors.New("the standard library has no package builtin")
	}
	return &pkg{path: l.ImportPath, dir: l.Dir, files: l.GoFiles}, nil
}

// list maps the packages and all they depend on.
func list(paths []string) (map[string]*listed, error) {
	args := []string{"list", "-e", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles,Error"}
	cmd := exec.Command("go", append(args, paths...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, stderr.Bytes())
	}
	all := map[string]*listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var l listed
		err := dec.Decode(&l)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		all[l.ImportPath] = &l
	}
}
