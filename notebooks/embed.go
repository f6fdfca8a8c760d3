// Package notebooks holds the tutorial, so that an installed program has it too.
package notebooks

import "embed"

// Files are the notebooks, by file name.
//
//go:embed *.ipynb
var Files embed.FS

// Tutorial is the name of the first one.
const Tutorial = "01-reproducible-results.ipynb"
