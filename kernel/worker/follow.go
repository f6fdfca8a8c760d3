package worker

import (
	"bufio"
	"context"
	"errors"

	"reprise/kernel/engine"
)

// readEvents delivers what the child's cells show, in order. A slow Output slows the
// pipe and so the cell: nothing is dropped.
func (c *child) readEvents(r *bufio.Reader) {
	text := joiner{show: func(run uint64, name, text string) { c.run(run).Stream(name, text) }}
	for {
		k, payload, err := readFrame(r)
		if err != nil {
			text.flush()
			return // the process's end says more
		}
		if k == kindStream {
			if run, name, piece, err := parseStream(payload); err == nil {
				text.add(run, name, piece)
			}
			if r.Buffered() == 0 {
				text.ready()
			}
			continue
		}
		text.flush()
		m, err := decode(payload)
		if err != nil {
			c.killAs("it wrote an event that can't be read: " + err.Error())
			return
		}
		c.event(k, m)
	}
}

func (c *child) event(k kind, m message) {
	switch k {
	case kindReady:
		c.ready <- m
	case kindDisplay:
		c.run(m.ID).Display(*m.Bundle, m.Text, m.Flag)
	case kindClear:
		c.run(m.ID).Clear(m.Flag)
	case kindProgress:
		c.run(m.ID).Progress(m.Text)
	case kindPage:
		c.run(m.ID).Page(*m.Bundle)
	case kindNextInput:
		c.run(m.ID).SetNextInput(m.Text, m.Flag)
	case kindInput:
		c.input(m)
	case kindInputGone:
		c.inputGone(m.Input)
	case kindOutcome:
		c.outcome(m)
	case kindCall:
		go c.called(m) // what was shown before has been delivered
	}
}

// run is the output of a run, or of the newest when that one is forgotten.
func (c *child) run(id uint64) engine.Output {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.runs[id]; r != nil {
		return r.out
	}
	return c.newest.out
}

// rawText shows text of a raw file descriptor in the newest cell.
func (c *child) rawText(name string) func(string) {
	return func(text string) {
		c.mu.Lock()
		r := c.newest
		c.mu.Unlock()
		if r != nil { // else the program's own start-up noise
			r.out.Stream(name, text)
		}
	}
}

// input asks the person, in a goroutine: the cell's others may go on printing.
func (c *child) input(m message) {
	c.mu.Lock()
	r := c.runs[m.ID]
	if r == nil {
		r = c.newest
	}
	ctx, cancel := context.WithCancel(r.ctx)
	c.inputs[m.Input] = cancel
	c.mu.Unlock()
	go func() {
		defer c.inputGone(m.Input)
		text, err := r.out.Input(ctx, m.Text, m.Flag)
		answer := message{Input: m.Input, Text: text}
		if err != nil {
			answer.Err, answer.NoInput = err.Error(), errors.Is(err, engine.ErrNoInput)
		}
		_ = c.orders.send(kindAnswer, answer) // a dead child asks no more
	}()
}

func (c *child) inputGone(id uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cancel := c.inputs[id]; cancel != nil {
		cancel()
		delete(c.inputs, id)
	}
}

// called has the program answer a call of the child.
func (c *child) called(m message) {
	answer := message{Input: m.Input}
	if c.answer == nil {
		answer.Err = "nobody answers calls here"
	} else if data, err := c.answer(m.Data); err != nil {
		answer.Err = err.Error()
	} else {
		answer.Data = data
	}
	_ = c.orders.send(kindReturn, answer) // a dead child waits no more
}

// askNoMore takes back all questions.
func (c *child) askNoMore() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cancel := range c.inputs {
		cancel()
	}
	clear(c.inputs)
}

// outcome ends a run when all that it wrote to raw file descriptors has been shown.
func (c *child) outcome(m message) {
	c.mu.Lock()
	for i, marked := range m.Marked {
		for marked && c.marks[i] < m.ID && !c.rawEnd[i] {
			c.marked.Wait()
		}
	}
	r := c.runs[m.ID]
	c.mu.Unlock()
	if r != nil {
		r.finish(m)
	}
}

func (c *child) sawMark(i int, run uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.marks[i] = run
	c.marked.Broadcast()
}

func (c *child) sawEnd(i int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rawEnd[i] = true
	c.marked.Broadcast()
}

func (c *child) readReplies(r *bufio.Reader) {
	for {
		_, payload, err := readFrame(r)
		if err != nil {
			return
		}
		m, err := decode(payload)
		if err != nil {
			c.killAs("it wrote a reply that can't be read: " + err.Error())
			return
		}
		c.mu.Lock()
		ch := c.asked[m.ID]
		c.mu.Unlock()
		if ch != nil {
			ch <- m // holds one
		}
	}
}
