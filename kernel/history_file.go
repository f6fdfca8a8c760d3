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
// what was noted before it. A file that cannot be used costs a notice in the
// log: the history is then of this session only. A kernel that is killed loses
// what was noted in its last savePeriod.
type FileHistory struct {
	jobs   chan historyJob
	ended  chan struct{}
	closed sync.Once
}

// A historyJob is something to note, which can wait for others, or a question, which cannot.
type historyJob struct {
	do       func(History)
	question bool
}

var _ History = (*FileHistory)(nil)

// historyPatience is how long Close waits for the disk.
const historyPatience = 2 * time.Second

// savePeriod is how long what was noted may wait for more. A write costs several times the processor
// time of a short cell, and a wait for the disk: with one for each cell, "run all" is slower by half.
const savePeriod = time.Second

// NewFileHistory opens the history at path in the background. An empty path or
// ":memory:" keeps the history in memory.
func NewFileHistory(path string, log *slog.Logger) History {
	if path == "" || path == ":memory:" {
		return NewMemoryHistory()
	}
	h := &FileHistory{jobs: make(chan historyJob, 4096), ended: make(chan struct{})}
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
	for first := range h.jobs {
		jobs := h.gather(first) // before begin, which keeps other kernels from writing
		err := begin()
		for _, j := range jobs {
			j.do(store)
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

// gather waits for jobs that can be done together with first: for savePeriod, or until a question or the end comes.
func (h *FileHistory) gather(first historyJob) []historyJob {
	jobs := []historyJob{first}
	due := time.NewTimer(savePeriod)
	defer due.Stop()
	for !jobs[len(jobs)-1].question {
		select {
		case j, open := <-h.jobs:
			if !open {
				return jobs
			}
			jobs = append(jobs, j)
		case <-due.C:
			return jobs
		}
	}
	return jobs
}

// Add notes that source was run as line.
func (h *FileHistory) Add(line int, source string) error {
	h.jobs <- historyJob{do: func(s History) { s.Add(line, source) }}
	return nil
}

// SetOutput notes the value of line as text.
func (h *FileHistory) SetOutput(line int, text string) error {
	h.jobs <- historyJob{do: func(s History) { s.SetOutput(line, text) }}
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
	h.jobs <- historyJob{question: true, do: func(s History) { lines, err = question(s); close(answered) }}
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
