package trace

import (
	"fmt"
	"sync"
)

// A Zoom asks for more about one training of a cell that is run again.
type Zoom struct {
	Fit  int `json:"fit"` // its place among those of the cell, from 0; None asks that all be kept
	From int `json:"from,omitempty"`
	To   int `json:"to,omitempty"` // every tensor of the steps From to To-1 is recorded
	// Checks is how many checks there may be at most; 0 means the usual number.
	Checks int `json:"checks,omitempty"`
}

// None is the place of no training.
const None = -1

// A Collector takes the traces of the trainings of one cell after the other. A nil one takes none.
type Collector struct {
	mu    sync.Mutex
	zoom  *Zoom
	begun int
	fits  []*Fit // in the order in which they began
	more  Summary
}

// kept is how many trainings of a cell a Collector keeps whole.
const kept = 16

// A Summary stands for the trainings of a cell that are too many to keep.
type Summary struct {
	Fits   int    `json:"fits"`
	Digest string `json:"digest"`
	hash   uint64
}

// A Log is the trainings of a cell.
type Log struct {
	Fits []*Fit   `json:"fits,omitempty"`
	More *Summary `json:"more,omitempty"` // those that came after them
}

// Start begins a cell. With a zoom, all of its trainings are kept.
func (c *Collector) Start(zoom *Zoom) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.zoom, c.begun, c.fits, c.more = zoom, 0, nil, Summary{}
}

// Begin is called by a training. It returns the training's number and what is asked of it; nil is the usual.
func (c *Collector) Begin() (number int, zoom *Zoom) {
	if c == nil {
		return 0, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	number = c.begun
	c.begun++
	if number < kept || c.zoom != nil {
		c.fits = append(c.fits, nil)
	}
	if c.zoom != nil && c.zoom.Fit == number {
		zoom = c.zoom
	}
	return number, zoom
}

// End takes the trace of the training of that number, which is over. One that began in an earlier cell is dropped.
func (c *Collector) End(number int, f *Fit) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case number < len(c.fits):
		c.fits[number] = f
	case number < c.begun:
		c.more.Fits++
		c.more.hash += f.sum() // in any order
	}
}

// Take ends a cell and returns its trainings; nil when there were none.
func (c *Collector) Take() *Log {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	l := &Log{}
	for _, f := range c.fits {
		if f != nil { // it ended
			l.Fits = append(l.Fits, f.Settle())
		}
	}
	if c.more.Fits > 0 {
		more := c.more
		more.Digest = fmt.Sprintf("%016x", more.hash)
		l.More = &more
	}
	c.zoom, c.begun, c.fits, c.more = nil, 0, nil, Summary{}
	if len(l.Fits) == 0 {
		return nil
	}
	return l
}
