package worker

import (
	"context"
	"errors"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// An output is the engine.Output of one run in the child. Goroutines may go on
// writing when the run has ended.
type output struct {
	s   *server
	run uint64
	ctx context.Context
}

var _ engine.Output = (*output)(nil)

func (o *output) Stream(name, text string) {
	if text != "" {
		o.s.events.stream(o.run, name, text)
	}
}

func (o *output) Display(b display.Bundle, id string, update bool) {
	m := message{ID: o.run, Bundle: &b, Text: id, Flag: update}
	if o.s.events.send(kindDisplay, m) != nil {
		texts := onlyTexts(b)
		m.Bundle = &texts
		o.send(kindDisplay, m)
	}
}

// onlyTexts leaves out what encoding/json can't write.
func onlyTexts(b display.Bundle) display.Bundle {
	texts := display.Bundle{Data: map[string]any{}}
	for mime, v := range b.Data {
		if s, ok := v.(string); ok {
			texts.Data[mime] = s
		}
	}
	return texts
}

func (o *output) Clear(wait bool)       { o.send(kindClear, message{Flag: wait}) }
func (o *output) Progress(line string)  { o.send(kindProgress, message{Text: line}) }
func (o *output) Page(b display.Bundle) { o.send(kindPage, message{Bundle: &b}) }

func (o *output) SetNextInput(text string, replace bool) {
	o.send(kindNextInput, message{Text: text, Flag: replace})
}

// send fails only when the front process has gone, and then this process ends too.
func (o *output) send(k kind, m message) {
	m.ID = o.run
	_ = o.s.events.send(k, m)
}

func (o *output) Input(ctx context.Context, prompt string, password bool) (string, error) {
	id, ch := o.s.question()
	o.send(kindInput, message{Input: id, Text: prompt, Flag: password})
	select {
	case m := <-ch:
		return m.Text, m.inputError()
	case <-ctx.Done():
	case <-o.ctx.Done():
	}
	o.s.forget(id)
	o.send(kindInputGone, message{Input: id})
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return "", o.ctx.Err()
}

func (m message) inputError() error {
	switch {
	case m.NoInput:
		return engine.ErrNoInput
	case m.Err != "":
		return errors.New(m.Err)
	}
	return nil
}
