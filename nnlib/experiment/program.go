package experiment

import "sync"

// mostKept bounds how many unfinished experiments a session remembers.
const mostKept = 16

// program is what Attach was given, and what outlives a call: the only global.
var program session

type session struct {
	mu        sync.Mutex
	host      Host
	execution int // the cell that called last
	calls     int // in that cell
	playing   int // experiments that are being played: one inside another is part of its run
	kept      []unfinished
}

// unfinished are the results of a call that was interrupted or failed, for the next one of its key.
type unfinished struct {
	key     string
	results *table
}

// enter counts the call among those of its cell. One that is inside a run of another
// experiment is a part of it, and is played where the run is.
func (c *call) enter() (source Source) {
	if c.host.Source != nil {
		source = c.host.Source()
	}
	p := &program
	p.mu.Lock()
	defer p.mu.Unlock()
	p.playing++
	if c.outer = p.playing == 1; !c.outer {
		c.host.Evaluator, c.options.Store = nil, ""
		return source
	}
	if source.Execution != p.execution {
		p.execution, p.calls = source.Execution, 0
	}
	c.job.Call = p.calls
	p.calls++
	switch {
	case c.options.Key != "":
		c.job.Key = keyOf("key "+c.options.Key, c.host.lock(), c.job.Seed, 0)
	case source.Digest != "":
		c.job.Key = keyOf(source.Digest, c.host.lock(), c.job.Seed, c.job.Call)
	}
	return source
}

// leave ends the call. It keeps the results of one that did not come to its end, and reports whether it does.
func (p *session) leave(c *call) (kept bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.playing--
	if c.whole || !c.outer || c.job.Key == "" {
		return false
	}
	for _, t := range c.held.tasks() { // not asked for again yet
		if !c.results.has(t) {
			c.results.put(c.held.get(t))
		}
	}
	p.kept = append(p.kept, unfinished{c.job.Key, c.results})
	if len(p.kept) > mostKept {
		p.kept = append([]unfinished(nil), p.kept[1:]...)
	}
	return true
}

// take gives up what is kept for key.
func (p *session) take(key string) *table {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, u := range p.kept {
		if u.key == key {
			p.kept = append(append([]unfinished(nil), p.kept[:i]...), p.kept[i+1:]...)
			return u.results
		}
	}
	return newTable()
}
