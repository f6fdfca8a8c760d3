package main

import (
	"fmt"
	"os/exec"
	"reflect"
	"strings"

	"github.com/traefik/yaegi/stdlib"
)

// A group is a set of packages whose tables live in one Go package, so that a
// change in one group does not recompile the others.
type group struct {
	name  string
	doc   string
	paths func() ([]string, error)
	// known holds tables that exist elsewhere; only what they lack is written.
	known map[string]map[string]reflect.Value
}

var groups = []group{
	{
		name:  "std",
		doc:   "what yaegi's own tables of the standard library (Go 1.22) lack",
		paths: standard,
		known: stdlib.Symbols,
	},
	{
		name: "gonum",
		doc:  "gonum and gota",
		paths: these(
			"gonum.org/v1/gonum/blas",
			"gonum.org/v1/gonum/blas/blas64",
			"gonum.org/v1/gonum/blas/cblas128",
			"gonum.org/v1/gonum/floats",
			"gonum.org/v1/gonum/integrate",
			"gonum.org/v1/gonum/lapack",
			"gonum.org/v1/gonum/lapack/lapack64",
			"gonum.org/v1/gonum/mat",
			"gonum.org/v1/gonum/optimize",
			"gonum.org/v1/gonum/optimize/functions",
			"gonum.org/v1/gonum/spatial/r1",
			"gonum.org/v1/gonum/stat",
			"gonum.org/v1/gonum/stat/distmv",
			"gonum.org/v1/gonum/stat/distuv",
			"github.com/go-gota/gota/dataframe",
			"github.com/go-gota/gota/series",
		),
	},
	{
		name: "plot",
		doc:  "gonum's plot packages",
		paths: these(
			"golang.org/x/image/font",
			"golang.org/x/image/font/sfnt",
			"golang.org/x/image/math/fixed",
			"gonum.org/v1/plot",
			"gonum.org/v1/plot/font",
			"gonum.org/v1/plot/palette",
			"gonum.org/v1/plot/plotter",
			"gonum.org/v1/plot/plotutil",
			"gonum.org/v1/plot/text",
			"gonum.org/v1/plot/vg",
			"gonum.org/v1/plot/vg/draw",
		),
	},
	{
		name: "own",
		doc:  "the packages of this module that cells use",
		paths: these(
			"github.com/janpfeifer/gonb/gonbui",
			"reprise/dataframe",
			"reprise/kernel/display",
			"reprise/nnlib",
			"reprise/nnlib/datasets",
			"reprise/nnlib/exact",
			"reprise/nnlib/experiment",
			"reprise/nnlib/npz",
			"reprise/nnlib/grad",
			"reprise/nnlib/rng",
			"reprise/nnlib/trace",
		),
	},
}

func these(paths ...string) func() ([]string, error) {
	return func() ([]string, error) { return paths, nil }
}

// notForCells are standard packages without sense in an interpreter. Types from syscall still
// reach cells through os and os/exec.
var notForCells = map[string]bool{
	"crypto/mlkem/mlkemtest": true,
	"embed":                  true, // needs the go command
	"plugin":                 true, // loads shared objects built by the same toolchain
	"runtime/cgo":            true,
	"runtime/coverage":       true,
	"runtime/race":           true,
	"structs":                true, // marks memory layout for the compiler only
	"syscall":                true,
	"testing/cryptotest":     true,
	"time/tzdata":            true, // 450 KB that importing alone links in
	"unsafe":                 true,
}

func standard() ([]string, error) {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		return nil, fmt.Errorf("go list std: %w", err)
	}
	var paths []string
	for _, p := range strings.Fields(string(out)) {
		if !internal(p) && !notForCells[p] {
			paths = append(paths, p)
		}
	}
	return paths, nil
}

func internal(path string) bool {
	for _, part := range strings.Split(path, "/") {
		if part == "internal" || part == "vendor" {
			return true
		}
	}
	return false
}

// standIns are packages of this module that cells import under the path of another one, whose functions they have.
var standIns = map[string]string{
	"github.com/janpfeifer/gonb/gonbui": "reprise/kernel/gonbui",
}

// realPath is the path under which the go command knows a package.
func realPath(path string) string {
	if p, ok := standIns[path]; ok {
		return p
	}
	return path
}
