package engine

import "reprise/kernel/display"

var _ display.Screen = (*Engine)(nil)

// Show shows a value below the cell that the calling goroutine belongs to.
func (e *Engine) Show(v any, id string, update bool) {
	if r := e.rt.mine(); r != nil {
		if id != "" && !update {
			e.rt.shown.Store(id, shower{r.number, r.cell.ID})
		}
		r.out.Display(e.render([]any{showable(v)}), id, update)
	}
}

// A shower is the run of a cell that showed an output.
type shower struct {
	number int
	cellID string
}

// Shown tells whether an output of that name stands below a cell.
func (e *Engine) Shown(id string) bool {
	v, ok := e.rt.shown.Load(id)
	r := e.rt.mine()
	if !ok || r == nil {
		return false
	}
	by := v.(shower)
	return by.number == r.number || r.cell.ID == "" || by.cellID != r.cell.ID
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
