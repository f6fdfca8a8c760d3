// Package cell reads the text of a notebook cell. It treats a notebook as one
// Go package that evolves: it splits a cell, says whether it is complete,
// checks it with go/types against everything that is live, and lowers it to
// what the interpreter can run. It never runs anything.
//
// # The way of a cell
//
// Split cuts the text into segments; parse makes items of them; steps cuts the items where a
// variable is defined again; check runs go/types over each step, together with the older
// declarations that it affects; enter makes the result live in a view that nobody else sees;
// the lowerer writes the Program. Commit makes the view live.
//
// # Not supported
//
// A cell that needs one of these gets an error at the place: goto out of the body of a range over a function;
// generic functions and types of compiled packages other than cmp, crypto/hkdf, crypto/pbkdf2, errors, iter, maps, math/rand/v2, slices,
// sync and sync/atomic; functions without a body.
//
// These differ from compiled Go without an error, since the interpreter can not be made to tell: recover also works
// a call further down when what was deferred is a function value; a negative zero that is passed to a
// function arrives as zero; compiled code sees no optional interfaces of a cell's type, and embedded structs as named fields, but in
// package errors, encoding/json, encoding/xml, fmt and log/slog, which are told of both; fmt calls String and Error of what
// stands in unexported fields too, and no Scan; reflection and templates see no methods of
// a cell's type, and package runtime and the file names of package log no functions and lines of cells.
//
// # Packages in source
//
// Packages whose text is known (Sources) are run as cells are: their functions are lowered when a cell first
// uses them, and stand in the interpreter beside the notebook's.
package cell
