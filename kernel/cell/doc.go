// Package cell reads the text of a notebook cell. It treats a notebook as one
// Go package that evolves: it splits a cell, says whether it is complete,
// checks it with go/types against everything that is live, and lowers it to
// what the interpreter can run. It never runs anything.
package cell
