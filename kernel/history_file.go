package kernel

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"reprise/kernel/wire"
)

// FileHistory is a history that outlives the kernel, in one SQLite file that
// all kernels of a person share. Opening and writing happen in the background,
// so that neither the start nor a cell waits for the disk; a question waits for
// what was written before it. A file that cannot be used costs a notice in the
// log: the history is then of this session only.
type FileHistory struct {
	jobs   chan func(History)
	ended  chan struct{}
	closed sync.Once
}

var _ History = (*FileHistory)(nil)

// historyPatience is how long Close waits for the disk.
const historyPatience = 2 * time.Second

// NewFileHistory opens the history at path in the background. An empty path or
// ":memory:" keeps the history in memory.
func NewFileHistory(path string, log *slog.Logger) History {
	if path == "" || path == ":memory:" {
		return NewMemoryHistory()
	}
	h := &FileHistory{jobs: make(chan func(History), 4096), ended: make(chan struct{})}
	go h.work(path, log)
	return h
}

// DefaultHistoryFile is where a person's history is kept: beside the user's other data.
func DefaultHistoryFile() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "reprise", "history.sqlite"), nil
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		dir, err := os.UserConfigDir() // %AppData%, ~/Library/Application Support
		return filepath.Join(dir, "reprise", "history.sqlite"), err
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "share", "reprise", "history.sqlite"), err
}

// work owns the file. Jobs that wait together are one transaction.
func (h *FileHistory) work(path string, log *slog.Logger) {
	defer close(h.ended)
	var store History = NewMemoryHistory()
	begin, commit := func() error { return nil }, func() error { return nil }
	if s, err := openSQLite(path); err != nil {
		log.Warn("kernel: history is kept for this session only", "file", path, "error", err)
	} else {
		store, begin, commit = s, s.begin, s.commit
	}
	for job := range h.jobs {
		err := begin()
		for more := true; more; {
			job(store)
			select {
			case job, more = <-h.jobs:
			default:
				more = false
			}
		}
		if commitErr := commit(); err == nil {
			err = commitErr
		}
		if err != nil {
			log.Warn("kernel: history was not saved", "file", path, "error", err)
		}
	}
	if err := store.Close(); err != nil {
		log.Warn("kernel: history was not closed", "file", path, "error", err)
	}
}

// Add notes that source was run as line.
func (h *FileHistory) Add(line int, source string) error {
	h.jobs <- func(s History) { s.Add(line, source) }
	return nil
}

// SetOutput notes the value of line as text.
func (h *FileHistory) SetOutput(line int, text string) error {
	h.jobs <- func(s History) { s.SetOutput(line, text) }
	return nil
}

// Tail gives the last n lines.
func (h *FileHistory) Tail(n int) ([]wire.HistoryLine, error) {
	return h.ask(func(s History) ([]wire.HistoryLine, error) { return s.Tail(n) })
}

// Range gives lines of one session.
func (h *FileHistory) Range(session, start int, stop *int) ([]wire.HistoryLine, error) {
	return h.ask(func(s History) ([]wire.HistoryLine, error) { return s.Range(session, start, stop) })
}

// Search gives the lines whose source matches.
func (h *FileHistory) Search(pattern string, n int, unique bool) ([]wire.HistoryLine, error) {
	return h.ask(func(s History) ([]wire.HistoryLine, error) { return s.Search(pattern, n, unique) })
}

func (h *FileHistory) ask(question func(History) ([]wire.HistoryLine, error)) (lines []wire.HistoryLine, err error) {
	answered := make(chan struct{})
	h.jobs <- func(s History) { lines, err = question(s); close(answered) }
	<-answered
	return lines, err
}

// Close writes what is left, for as long as the disk takes no more than a moment. Nothing may be asked after it.
func (h *FileHistory) Close() error {
	h.closed.Do(func() { close(h.jobs) })
	select {
	case <-h.ended:
	case <-time.After(historyPatience):
	}
	return nil
}
