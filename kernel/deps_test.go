package kernel_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path"
	"strings"
	"testing"
)

// A rule says what packages may import: by themselves or through others, or only by themselves.
type rule struct {
	packages string   // path.Match, below the module
	never    []string // prefixes of import paths
	only     []string // if given, the prefixes allowed besides the standard library
	direct   bool     // what the imported packages import is their own matter
	because  string
}

const module = "reprise/"

var rules = []rule{
	{packages: "kernel/wire", only: []string{}, because: "messages are data: they can be used without sockets, and in a browser"},
	{packages: "kernel/zmtp", only: []string{"golang.org/x/crypto", "golang.org/x/sys"}, because: "sockets know nothing of what they carry"},
	{packages: "kernel/cell", only: []string{"golang.org/x/"}, because: "the text of a cell is read without running anything"},
	{packages: "kernel/cell/*", only: []string{"golang.org/x/", module + "kernel/cell"}, because: "the text of a cell is read without running anything"},
	{packages: "kernel/ledger", only: []string{}, because: "whoever has the ledger can check it, with nothing else of ours"},
	{packages: "install", only: []string{}, because: "installing needs no interpreter"},
	{packages: "nnlib/rng", only: []string{module + "nnlib/rng"}, because: "randomness depends on names alone"},
	{packages: "nnlib/exact", only: []string{module + "nnlib/exact", "golang.org/x/sys"}, because: "the arithmetic is ours to the last bit"},
	{packages: "kernel", never: []string{module + "kernel/symbols", module + "kernel/worker", module + "kernel/swarm", "github.com/nats-io"}, because: "the kernel speaks to an Engine, whatever runs the cells"},
	{packages: "kernel", direct: true, never: []string{"github.com/traefik/yaegi", module + "kernel/worker"}, because: "the kernel speaks to an Engine, whatever runs the cells"},
	{packages: "kernel/engine", never: []string{module + "kernel/wire", module + "kernel/zmtp", module + "kernel/symbols", module + "kernel/worker", module + "kernel/swarm", "github.com/nats-io"}, because: "the engine has never heard of Jupyter, and is given its tables"},
	{packages: "kernel/worker", never: []string{module + "kernel/wire", module + "kernel/zmtp", module + "kernel/symbols", module + "kernel/swarm", "github.com/nats-io"}, because: "a worker speaks to its parent, not to Jupyter nor to other machines"},
	{packages: "kernel/swarm", never: []string{module + "kernel/wire", module + "kernel/zmtp", module + "kernel/symbols"}, because: "who plays runs knows engines and the queue, not Jupyter, and is given the tables"},
	{packages: "kernel/modules", never: []string{module + "kernel/engine", module + "kernel/symbols", "github.com/traefik/yaegi"}, because: "modules are fetched and checked without running anything"},
	{packages: "kernel/display", never: []string{module + "kernel/wire", module + "kernel/engine", "github.com/traefik/yaegi"}, because: "cells and libraries use it to show values"},
	{packages: "nnlib", never: []string{module + "kernel"}, because: "the library works in any program"},
	{packages: "nnlib/*", never: []string{module + "kernel"}, because: "the library works in any program"},
	{packages: "dataframe", never: []string{module + "kernel"}, because: "the library works in any program"},
	{packages: "notebooks/nb", never: []string{module + "kernel"}, because: "a notebook file is read without a kernel"},
	{packages: "notebooks/report", never: []string{module + "kernel/wire", module + "kernel/zmtp", module + "kernel/symbols", "github.com/traefik/yaegi"}, because: "a report is made of a notebook file alone"},
}

// listed is what go list tells of a package.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Deps       []string // Imports, and theirs
}

// The direction of imports. A package may import what stands below it; each rule says why.
func TestImports(t *testing.T) {
	packages, standard := list(t)
	checked := 0
	for _, r := range rules {
		matched := 0
		for name, p := range packages {
			if ok, _ := path.Match(module+r.packages, name); !ok {
				continue
			}
			matched++
			deps := p.Deps
			if r.direct {
				deps = p.Imports
			}
			for _, dep := range deps {
				if r.forbids(dep, standard[dep]) && dep != name {
					t.Errorf("%s depends on %s; it must not, because %s", name, dep, r.because)
				}
			}
		}
		if matched == 0 && !strings.HasSuffix(r.packages, "*") {
			t.Errorf("no package %s%s: the rule guards nothing", module, r.packages)
		}
		checked += matched
	}
	if checked < len(rules)/2 {
		t.Fatalf("%d packages checked by %d rules", checked, len(rules))
	}
}

// forbids reports whether a dependency breaks the rule. vendored and internal
// packages of the standard library are standard.
func (r rule) forbids(dep string, standard bool) bool {
	for _, prefix := range r.never {
		if dep == prefix || strings.HasPrefix(dep, prefix+"/") {
			return true
		}
	}
	if r.only == nil || standard {
		return false
	}
	for _, prefix := range r.only {
		if strings.HasPrefix(dep, prefix) {
			return false
		}
	}
	return true
}

// list asks the go command for all packages of the module with what they depend on.
func list(t *testing.T) (own map[string]listed, standard map[string]bool) {
	t.Helper()
	c := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", "reprise/...")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	own, standard = map[string]listed{}, map[string]bool{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		standard[p.ImportPath] = p.Standard
		if strings.HasPrefix(p.ImportPath, module) {
			own[p.ImportPath] = p
		}
	}
	if len(own) < 10 {
		t.Fatalf("go list found %d packages of this module; want 10 or more", len(own))
	}
	return own, standard
}
