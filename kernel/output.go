package kernel

import (
	"context"
	"sync"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/wire"
)

// output is where one cell writes: engine.Output as messages on IOPub, all of
// them children of the cell's request. It stays usable when the cell has
// ended: a goroutine that goes on printing prints below its own cell.
type output struct {
	ctx    context.Context
	k      *Kernel
	r      *request
	silent bool
	stdin  bool // the client can be asked

	mu       sync.Mutex // held while publishing: shown has the order of IOPub
	finished bool
	shown    transcript
	progress progress
	payload  []wire.Payload
}

var _ engine.Output = (*output)(nil)

func newOutput(ctx context.Context, k *Kernel, r *request, q wire.ExecuteRequest) *output {
	return &output{ctx: ctx, k: k, r: r, silent: q.Silent, stdin: q.AllowStdin, payload: []wire.Payload{}}
}

func (o *output) Stream(name, text string) {
	if o.silent || text == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.makeRoom(len(text))
	o.shown.print(name, text)
	o.k.iopub.print(&o.r.Header, name, text)
}

func (o *output) Display(b display.Bundle, id string, update bool) {
	if o.silent {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	d := wire.DisplayData{Data: orEmpty(b.Data), Metadata: orEmpty(b.Metadata), Transient: wire.Transient{DisplayID: id}}
	if update && id != "" {
		o.shown.update(d)
		o.publish(wire.UpdateDisplayData(d))
		return
	}
	o.makeRoom(bundleBytes(d))
	o.shown.show(d)
	o.publish(d)
}

func (o *output) Clear(wait bool) {
	if o.silent {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shown.clear(wait)
	o.progress.shown = o.progress.shown && wait
	o.publish(wire.ClearOutput{Wait: wait})
}

func (o *output) Page(b display.Bundle) {
	first := 0
	o.mu.Lock()
	defer o.mu.Unlock()
	o.payload = append(o.payload, wire.Payload{Source: "page", Data: orEmpty(b.Data), Start: &first})
}

func (o *output) SetNextInput(text string, replace bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.payload = append(o.payload, wire.Payload{Source: "set_next_input", Text: text, Replace: &replace})
}

func (o *output) Input(ctx context.Context, prompt string, password bool) (string, error) {
	if !o.stdin {
		return "", engine.ErrNoInput
	}
	o.k.iopub.barrier(ctx) // what was printed stands above the prompt
	return o.k.stdin.ask(ctx, o.r.Message, prompt, password)
}

// finish takes the progress line away. What the cell's goroutines write later is not recorded.
func (o *output) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hideProgress()
	o.finished = true
	o.shown = transcript{over: true}
}

// makeRoom takes the progress line away while that can still be done: what
// comes next is too much to be kept. With mu held.
func (o *output) makeRoom(bytes int) {
	if !o.shown.hasRoom(bytes) {
		o.hideProgress()
	}
}

// publish sends c; what cannot be written is said where it would have stood. With mu held.
func (o *output) publish(c wire.Content) {
	if err := o.k.iopub.publish(&o.r.Header, c); err != nil {
		o.k.iopub.print(&o.r.Header, engine.Stderr, "kernel: this cannot be shown: "+err.Error()+"\n")
	}
}
