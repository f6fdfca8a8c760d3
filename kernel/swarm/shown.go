package swarm

import (
	"context"
	"encoding/json"
	"sync"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// A Shown is one thing that a run showed: text, or a display.
type Shown struct {
	Stream string          `json:"stream,omitempty"`
	Text   string          `json:"text,omitempty"` // or the display's id
	Bundle *display.Bundle `json:"bundle,omitempty"`
	Update bool            `json:"update,omitempty"`
}

// show shows again what a run has shown elsewhere.
func show(out engine.Output, all []Shown) {
	for _, s := range all {
		if s.Bundle != nil {
			out.Display(*s.Bundle, s.Text, s.Update)
		} else {
			out.Stream(s.Stream, s.Text)
		}
	}
}

// A catcher is the output of a cell in another process: nobody sees it but who asks.
type catcher struct {
	mu    sync.Mutex
	shown []Shown
	asked bool // for input
}

var _ engine.Output = (*catcher)(nil)

// take returns what was shown since the last take.
func (c *catcher) take() []Shown {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.shown
	c.shown = nil
	return s
}

// Stream implements engine.Output.
func (c *catcher) Stream(name, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.shown); n > 0 && c.shown[n-1].Stream == name {
		c.shown[n-1].Text += text
		return
	}
	c.shown = append(c.shown, Shown{Stream: name, Text: text})
}

// Display implements engine.Output.
func (c *catcher) Display(b display.Bundle, id string, update bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shown = append(c.shown, Shown{Bundle: &b, Text: id, Update: update})
}

// Clear, Progress, Page and SetNextInput of a run are nobody's.
func (*catcher) Clear(bool)                {}
func (*catcher) Progress(string)           {}
func (*catcher) Page(display.Bundle)       {}
func (*catcher) SetNextInput(string, bool) {}

// Input implements engine.Output: there is nobody to ask.
func (c *catcher) Input(context.Context, string, bool) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = true
	return "", engine.ErrNoInput
}

// jsonOf writes plain data of this package.
func jsonOf(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic("internal error: swarm: " + err.Error())
	}
	return data
}
