package symbols

import (
	"testing"

	"github.com/traefik/yaegi/interp"
)

// BenchmarkStart is what a worker pays for its tables before the first cell.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		i := interp.New(interp.Options{})
		for _, e := range Exports() {
			if err := i.Use(e); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkImportCommon is the types of a first cell's usual imports.
func BenchmarkImportCommon(b *testing.B) {
	for b.Loop() {
		m := NewImporter()
		for _, p := range []string{"fmt", "strings", "math", "os", "time", "sort", "gonum.org/v1/gonum/mat", "gonum.org/v1/plot"} {
			if _, err := m.Import(p); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkImportAll is the types of everything.
func BenchmarkImportAll(b *testing.B) {
	for b.Loop() {
		m := NewImporter()
		for _, p := range m.Paths() {
			if _, err := m.Import(p); err != nil {
				b.Fatal(err)
			}
		}
	}
}
