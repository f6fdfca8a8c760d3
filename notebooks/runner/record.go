package runner

import (
	"context"
	"strings"
	"sync"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/notebooks/nb"
)

// A recorder takes what one cell shows and keeps it as nbclient would.
type recorder struct {
	session *session

	mu      sync.Mutex // a cell's goroutines may write at the same time
	list    []*shown
	clear   bool     // clear_output(wait): before the next output
	answers []string // to questions, from a run that is resumed
	err     error
}

var _ engine.Output = (*recorder)(nil)

// shown is one output; the text of streams grows.
type shown struct {
	*nb.Output
	text strings.Builder
}

func (r *recorder) Stream(name, text string) {
	if text == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flushClear()
	if n := len(r.list); n > 0 && r.list[n-1].Type == nb.Stream && r.list[n-1].Name == name {
		r.list[n-1].text.WriteString(text)
		return
	}
	s := &shown{Output: &nb.Output{Type: nb.Stream, Name: name}}
	s.text.WriteString(text)
	r.list = append(r.list, s)
}

func (r *recorder) Display(b display.Bundle, id string, update bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.output(nb.DisplayData, b)
	for _, old := range r.session.displays[id] { // the displays of id, in any cell
		if id != "" {
			old.Data, old.Metadata = out.Data, out.Metadata
		}
	}
	if update {
		return
	}
	r.add(out)
	if id != "" {
		r.session.displays[id] = append(r.session.displays[id], r.list[len(r.list)-1])
	}
}

func (r *recorder) Clear(wait bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clear = true
	if !wait {
		r.flushClear()
	}
}

// Progress lines go to the terminal and never into the notebook.
func (r *recorder) Progress(line string) { r.session.options.Progress.line(line) }

// Page and SetNextInput are offers to a person at a front end; there is none.
func (r *recorder) Page(display.Bundle)       {}
func (r *recorder) SetNextInput(string, bool) {}

func (r *recorder) Input(context.Context, string, bool) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.answers) == 0 {
		return "", engine.ErrNoInput
	}
	text := r.answers[0]
	r.answers = r.answers[1:]
	return text, nil
}

// result records the value of the last expression.
func (r *recorder) result(b display.Bundle, count int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.output(nb.ExecuteResult, b)
	out.Count = &count
	r.add(out)
}

func (r *recorder) fault(f *engine.Fault) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(&nb.Output{Type: nb.Error, EName: f.Name, EValue: f.Message, Traceback: f.Traceback()})
}

func (r *recorder) add(out *nb.Output) {
	r.flushClear()
	r.list = append(r.list, &shown{Output: out})
}

func (r *recorder) flushClear() {
	if !r.clear {
		return
	}
	for _, s := range r.list {
		for id, all := range r.session.displays {
			r.session.displays[id] = without(all, s)
		}
	}
	r.list, r.clear = nil, false
}

func without(all []*shown, one *shown) []*shown {
	var rest []*shown
	for _, s := range all {
		if s != one {
			rest = append(rest, s)
		}
	}
	return rest
}

func (r *recorder) output(kind string, b display.Bundle) *nb.Output {
	return &nb.Output{Type: kind, Data: r.values(b.Data), Metadata: r.values(b.Metadata)}
}

func (r *recorder) values(m map[string]any) map[string]any {
	values := map[string]any{}
	for key, v := range m {
		if s, ok := v.(string); ok {
			values[key] = validUTF8(s)
			continue
		}
		value, err := nb.Value(v)
		if err != nil && r.err == nil {
			r.err = err
		}
		values[key] = value
	}
	return values
}

// outputs are the cell's outputs in their order; only text of one stream that followed on itself is united.
func (r *recorder) outputs() ([]*nb.Output, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []*nb.Output
	for _, s := range r.list {
		if s.Type == nb.Stream {
			s.Text = validUTF8(s.text.String())
		}
		list = append(list, s.Output)
	}
	return list, r.err
}

// validUTF8 replaces every byte that is not UTF-8, as JSON does on the wire.
func validUTF8(s string) string {
	return string([]rune(s))
}
