package engine

import "strings"

// Progress shows a line of the running cell that never becomes part of its saved
// output; the empty line takes it away. Long compiled work, such as training, calls it.
func (e *Engine) Progress(line string) {
	if r := e.rt.mine(); r != nil {
		r.out.Progress(line)
	}
}

// Poll ends the calling goroutine when its cell was interrupted. Compiled work
// that takes long calls it, since only interpreted code looks by itself.
func (e *Engine) Poll() { e.rt.Stop() }

// ReadsFile and WritesFile enter a file that compiled work is about to read or write into the ledger.
func (e *Engine) ReadsFile(path string) { e.rt.readFile("", path) }

// WritesFile is the counterpart of ReadsFile.
func (e *Engine) WritesFile(path string) { e.rt.writeFile(path) }

// As returns a cell's value as the compiled interface that ptr points to; nil when
// it has not all of its methods.
func (e *Engine) As(v, ptr any) any { return e.rt.As(v, ptr) }

// TypeName is the name of a value's type without its package; a pointer's is that of what it points to.
func (e *Engine) TypeName(v any) string {
	name := strings.TrimLeft(e.rt.types.nameOf(v), "*")
	return name[strings.LastIndexByte(name, '.')+1:]
}
