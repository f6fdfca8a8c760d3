package engine

import "reprise/kernel/display"

var _ display.Screen = (*Engine)(nil)

// Show shows a value below the cell that the calling goroutine belongs to.
func (e *Engine) Show(v any, id string, update bool) {
	if r := e.rt.mine(); r != nil {
		r.out.Display(e.render([]any{showable(v)}), id, update)
	}
}

// Clear removes what the cell has shown.
func (e *Engine) Clear(wait bool) {
	if r := e.rt.mine(); r != nil {
		r.out.Clear(wait)
	}
}

// Input asks the person for a line.
func (e *Engine) Input(prompt string, password bool) (string, error) {
	r := e.rt.mine()
	if r == nil {
		return "", ErrNoInput
	}
	return r.out.Input(r.ctx, prompt, password)
}

// Feed puts text before what cells read from standard input next.
func (e *Engine) Feed(text string) {
	feed := &e.rt.feeding
	feed.mu.Lock()
	defer feed.mu.Unlock()
	feed.rest = text + feed.rest
}
