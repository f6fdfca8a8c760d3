package modules

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// begin writes the go.mod that collects what is got.
func (m *Modules) begin() error {
	if m.dir != "" {
		return nil
	}
	dir, err := os.MkdirTemp("", "reprise-modules-")
	if err != nil {
		return err
	}
	m.dir = dir
	return os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module notebook\n\ngo 1.26\n"), 0o644)
}

// run runs the go command beside that go.mod.
func (m *Modules) run(ctx context.Context, args ...string) ([]byte, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return nil, errNoGo
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GO111MODULE=on", "GOWORK=off", "CGO_ENABLED=0")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, errors.New(firstComplaint(errs.String(), err))
	}
	return out.Bytes(), nil
}

// firstComplaint is what the go command says, without what it did before.
func firstComplaint(text string, err error) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "go: "))
		if line != "" && !strings.HasPrefix(line, "downloading ") && !strings.HasPrefix(line, "finding ") {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return "go: " + err.Error()
	}
	return strings.Join(lines, "\n")
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Module     *struct{ Path, Version, GoVersion string }
	Error      *struct{ Err string }
}

func (m *Modules) list(ctx context.Context, patterns ...string) ([]listed, error) {
	out, err := m.run(ctx, append([]string{"list", "-mod=mod", "-e", "-json=ImportPath,Dir,Standard,Module,Error"}, patterns...)...)
	if err != nil {
		return nil, err
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			return nil, fmt.Errorf("reading what go list says: %w", err)
		}
		all = append(all, p)
	}
	return all, nil
}

// packagesOf finds the module that a path is of, and the packages that path stands for: itself,
// or those below it. Internal ones, commands and tests are nobody's to import.
func (m *Modules) packagesOf(ctx context.Context, path string) (Module, []string, error) {
	all, err := m.list(ctx, path, path+"/...")
	if err != nil {
		return Module{}, nil, err
	}
	var mod Module
	var paths []string
	for _, p := range all {
		if p.Module == nil || p.Dir == "" {
			continue
		}
		mod = Module{p.Module.Path, p.Module.Version}
		if !strings.Contains(p.ImportPath+"/", "/internal/") && (len(paths) == 0 || paths[len(paths)-1] != p.ImportPath) {
			paths = append(paths, p.ImportPath)
		}
	}
	if mod.Path == "" {
		return mod, nil, fmt.Errorf("there is no package %s", path)
	}
	return mod, paths, nil
}
