package kernel

import (
	"time"

	"reprise/kernel/display"
	"reprise/kernel/wire"
)

// A progress line is seen while a cell runs and never saved. Jupyter has no
// such thing, so it is made of three others: the line is a display that is
// updated in place; and when it ends, the cell's output is cleared and all that
// it had shown besides is sent again, in order. For that the kernel keeps what
// the cell shows while it is little (transcriptBytes); a cell that shows more
// has no progress line.
type progress struct {
	shown   bool
	line    string // as last sent
	next    string // as last asked for
	sentAt  time.Time
	pending *time.Timer // will send next
}

// progressPeriod is the time between two updates.
const progressPeriod = 100 * time.Millisecond

func (o *output) Progress(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.silent || o.finished:
	case line == "":
		o.hideProgress()
	case o.shown.over:
	case !o.progress.shown:
		o.progress = progress{shown: true, line: line, next: line, sentAt: time.Now()}
		o.shown.settle()
		o.publish(o.progressDisplay())
	default:
		o.progress.next = line
		o.updateProgress()
	}
}

// updateProgress sends the newest line, now or when the period is over. With mu held.
func (o *output) updateProgress() {
	p := &o.progress
	wait := progressPeriod - time.Since(p.sentAt)
	switch {
	case p.next == p.line || p.pending != nil:
	case wait <= 0:
		p.line, p.sentAt = p.next, time.Now()
		o.publish(wire.UpdateDisplayData(o.progressDisplay()))
	default:
		p.pending = time.AfterFunc(wait, func() {
			o.mu.Lock()
			defer o.mu.Unlock()
			if o.progress.shown && o.progress.pending != nil {
				o.progress.pending = nil
				o.updateProgress()
			}
		})
	}
}

// hideProgress takes the line away and shows the rest again. With mu held.
func (o *output) hideProgress() {
	if o.progress.pending != nil {
		o.progress.pending.Stop()
	}
	wasShown := o.progress.shown
	o.progress = progress{}
	if !wasShown {
		return
	}
	// With something to follow, the front end keeps the old output until the new one is there: no flicker.
	o.publish(wire.ClearOutput{Wait: len(o.shown.shown) > 0})
	for _, s := range o.shown.shown {
		if s.stream != "" {
			o.k.iopub.print(&o.r.Header, s.stream, string(s.text))
		} else {
			o.publish(s.display)
		}
	}
}

func (o *output) progressDisplay() wire.DisplayData {
	return wire.DisplayData{
		Data:      map[string]any{display.Text: o.progress.line},
		Metadata:  map[string]any{},
		Transient: wire.Transient{DisplayID: "progress-" + o.r.Header.MsgID},
	}
}
