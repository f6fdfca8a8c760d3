// Package symbols knows the packages that cells can import without the go command: their yaegi tables,
// their types, and their documentation. Everything but this file, the importer and the generator is generated:
// std, gonum, plot and own hold tables (one Go package each, so that a change of nnlib recompiles only
// own), data holds types and docs, one compressed file per package, read when first asked for.
package symbols

import (
	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"reprise/kernel/symbols/gonum"
	"reprise/kernel/symbols/own"
	"reprise/kernel/symbols/plot"
	"reprise/kernel/symbols/std"
)

//go:generate go run ./gen -o .

// Exports returns yaegi's tables, to be passed to Use in this order: later ones add
// to earlier ones.
func Exports() []interp.Exports {
	return []interp.Exports{
		stdlib.Symbols,
		std.Symbols(),
		gonum.Symbols(),
		plot.Symbols(),
		own.Symbols(),
	}
}
