package kernel

import (
	"slices"
	"sync"

	"reprise/kernel/wire"
)

// A History keeps the cells that were run, this session's and, if it lasts,
// those of earlier ones. Lines are execution counts; results are oldest first.
type History interface {
	Add(line int, source string) error
	SetOutput(line int, text string) error
	// Tail gives the last n; 0 gives all.
	Tail(n int) ([]wire.HistoryLine, error)
	// Range gives lines start..stop-1 of a session: 0 is this one, -1 the one
	// before it; nil is no end.
	Range(session, start int, stop *int) ([]wire.HistoryLine, error)
	// Search gives the last n sources that match a glob; unique gives each source once, at its last place.
	Search(pattern string, n int, unique bool) ([]wire.HistoryLine, error)
	Close() error
}

// MemoryHistory is a history of this session only.
type MemoryHistory struct {
	mu    sync.Mutex
	lines []wire.HistoryLine
}

var _ History = (*MemoryHistory)(nil)

// NewMemoryHistory makes an empty history.
func NewMemoryHistory() *MemoryHistory { return &MemoryHistory{} }

// Add notes that source was run as line.
func (h *MemoryHistory) Add(line int, source string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = append(h.lines, wire.HistoryLine{Session: 1, Line: line, Source: source})
	return nil
}

// SetOutput notes the value of line as text.
func (h *MemoryHistory) SetOutput(line int, text string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.lines) - 1; i >= 0; i-- {
		if h.lines[i].Line == line {
			h.lines[i].Output = &text
			break
		}
	}
	return nil
}

// Tail gives the last n lines.
func (h *MemoryHistory) Tail(n int) ([]wire.HistoryLine, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return lastOf(slices.Clone(h.lines), n), nil
}

// Range gives lines of this session; of others there are none.
func (h *MemoryHistory) Range(session, start int, stop *int) ([]wire.HistoryLine, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []wire.HistoryLine
	for _, l := range h.lines {
		if (session == 0 || session == 1) && l.Line >= start && (stop == nil || l.Line < *stop) {
			found = append(found, l)
		}
	}
	return found, nil
}

// Search gives the lines whose source matches.
func (h *MemoryHistory) Search(pattern string, n int, unique bool) ([]wire.HistoryLine, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var found []wire.HistoryLine
	last := map[string]int{} // source -> line
	for _, l := range h.lines {
		if glob(pattern, l.Source) {
			found = append(found, l)
			last[l.Source] = l.Line
		}
	}
	if unique {
		found = slices.DeleteFunc(found, func(l wire.HistoryLine) bool { return last[l.Source] != l.Line })
	}
	return lastOf(found, n), nil
}

// Close forgets nothing: there is nothing to close.
func (h *MemoryHistory) Close() error { return nil }

func lastOf(lines []wire.HistoryLine, n int) []wire.HistoryLine {
	if n <= 0 || n >= len(lines) {
		return lines
	}
	return lines[len(lines)-n:]
}
