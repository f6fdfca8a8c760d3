package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strings"
	"sync"
)

// Outputs is the digest of what one cell shows, while it shows it. It can be made again
// from a saved notebook: how text was cut into pieces does not count, nor how streams and
// displays stood among each other, nor execution counts. Its methods may be called from
// several goroutines.
//
//	sum = SHA-256(canonical text of {"stdout": hash, "stderr": hash, "shown": [hash...], "error": text})
//
// where a stream's hash is that of its text, without what a carriage return overwrites;
// a shown thing's is that of the canonical text of {"data": ..., "metadata": ..., "type": ...};
// and parts that are empty are left out.
type Outputs struct {
	mu      sync.Mutex
	streams map[string]*lines
	shown   []shownThing
	error   string
	clear   bool
}

type shownThing struct{ id, hash string }

// Types of shown things, as notebooks name them.
const (
	typeDisplay = "display_data"
	typeResult  = "execute_result"
)

// Stream adds text of "stdout" or "stderr".
func (o *Outputs) Stream(name, text string) {
	if text == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushClear()
	if o.streams == nil {
		o.streams = map[string]*lines{}
	}
	if o.streams[name] == nil {
		o.streams[name] = &lines{sum: sha256.New()}
	}
	o.streams[name].write(text)
}

// Display adds a display; with update, it replaces those of the same id that this cell showed.
func (o *Outputs) Display(data, metadata map[string]any, id string, update bool) {
	h := bundle(typeDisplay, data, metadata)
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.shown {
		if id != "" && o.shown[i].id == id {
			o.shown[i].hash = h
		}
	}
	if !update {
		o.flushClear()
		o.shown = append(o.shown, shownThing{id, h})
	}
}

// Result adds the value of the last expression.
func (o *Outputs) Result(data, metadata map[string]any) {
	h := bundle(typeResult, data, metadata)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushClear()
	o.shown = append(o.shown, shownThing{"", h})
}

// Error adds the error that ended the cell.
func (o *Outputs) Error(name, message string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushClear()
	o.error = name + ": " + message
}

// Clear forgets everything so far; with wait, when the next thing is shown.
func (o *Outputs) Clear(wait bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clear = true
	if !wait {
		o.flushClear()
	}
}

func (o *Outputs) flushClear() {
	if o.clear {
		o.streams, o.shown, o.error, o.clear = nil, nil, "", false
	}
}

// Sum is the digest so far.
func (o *Outputs) Sum() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sum(false)
}

// Terminal is the digest of the same with streams as a terminal shows them (Overwrite), which
// is how JupyterLab saves them; empty where that is no other text.
func (o *Outputs) Terminal() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.streams {
		if l.differs() {
			return o.sum(true)
		}
	}
	return ""
}

func (o *Outputs) sum(terminal bool) string {
	parts := map[string]any{}
	for name, l := range o.streams {
		parts[name] = l.hash(terminal)
	}
	if len(o.shown) > 0 {
		var list []any
		for _, s := range o.shown {
			list = append(list, s.hash)
		}
		parts["shown"] = list
	}
	if o.error != "" {
		parts["error"] = o.error
	}
	return digest(Canonical(parts))
}

// bundle is the hash of a display or a result. A value that JSON cannot hold is hashed as the reason.
func bundle(kind string, data, metadata map[string]any) string {
	m := map[string]any{"type": kind, "data": data}
	if len(metadata) > 0 {
		m["metadata"] = metadata
	}
	text, err := canonical(m)
	if err != nil {
		text = []byte(err.Error())
	}
	return digest(text)
}

// lines is the hash of a text that comes in pieces. The last line waits for its end, since
// a carriage return may overwrite it.
type lines struct {
	sum      hash.Hash
	terminal hash.Hash // nil as long as it would be the same
	last     []byte
}

func (l *lines) write(text string) {
	for line := range strings.SplitAfterSeq(text, "\n") {
		l.last = append(l.last, line...)
		if !strings.HasSuffix(line, "\n") {
			continue
		}
		written, shown := lastWrite(l.last), overwritten(l.last)
		if l.terminal == nil && !bytes.Equal(written, shown) {
			l.terminal = copyOf(l.sum)
		}
		if l.terminal != nil {
			l.terminal.Write(shown)
		}
		l.sum.Write(written)
		l.last = l.last[:0]
	}
}

// differs reports whether a terminal shows another text.
func (l *lines) differs() bool {
	return l.terminal != nil || !bytes.Equal(lastWrite(l.last), overwritten(l.last))
}

func (l *lines) hash(terminal bool) string {
	whole, last := copyOf(l.sum), lastWrite(l.last)
	if terminal {
		last = overwritten(l.last)
	}
	if terminal && l.terminal != nil {
		whole = copyOf(l.terminal)
	}
	whole.Write(last)
	return hex.EncodeToString(whole.Sum(nil))
}

// copyOf is a hash that goes on from where h is: more text may come.
func copyOf(h hash.Hash) hash.Hash {
	c := sha256.New()
	state, err := h.(interface{ MarshalBinary() ([]byte, error) }).MarshalBinary()
	if err == nil {
		err = c.(interface{ UnmarshalBinary([]byte) error }).UnmarshalBinary(state)
	}
	if err != nil {
		panic("internal error: ledger: " + err.Error()) // SHA-256 of the standard library can do both
	}
	return c
}

// lastWrite is what of a line is left when carriage returns have gone back in it, as
// nbclient saves it. Bytes that are not UTF-8 are replaced, as JSON does.
func lastWrite(line []byte) []byte {
	if len(line) == 0 {
		return nil
	}
	text := string([]rune(string(line)))
	body := strings.TrimSuffix(text, "\n")
	return []byte(text[1+strings.LastIndexByte(body[:max(len(body)-1, 0)], '\r'):])
}

func overwritten(line []byte) []byte {
	if !bytes.ContainsAny(line, "\r\b") {
		return lastWrite(line)
	}
	return []byte(Overwrite(string([]rune(string(line)))))
}
