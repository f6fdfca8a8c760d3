package engine

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
