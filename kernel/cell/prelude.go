package cell

import "go/types"

// A prelude holds Go source of our own for generic functions and types of the
// standard library, which the interpreter's tables can not hold. It is written out
// for each set of type arguments like generic code of cells.
type prelude struct {
	packages Packages
}

func newPrelude(p Packages) *prelude { return &prelude{packages: p} }

// function is the source of a generic function, or nil.
func (p *prelude) function(f *types.Func) *decl { return nil }

// typeFor is our own type for an instance of a generic standard type, or nil.
func (p *prelude) typeFor(t *types.Named) *types.Named { return nil }

// methodFor is our own method of an instance of a generic standard type, or nil.
func (p *prelude) methodFor(t *types.Named, name string) *decl { return nil }
