package ledger

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// A Journal appends records to a file that nobody else writes meanwhile. A record is in the
// file when Add returns, and soon after on the disk: the end of the process loses
// nothing, and a cell does not wait for the disk.
type Journal struct {
	Path  string // the file in use: another one than asked for when that was taken
	Torn  string // the last line of the file as it was found, when a crash had torn it; it was taken out
	Moved string // why another file is used; empty when it is the one asked for

	mu      sync.Mutex
	file    *os.File
	chain   Chain
	dirty   chan struct{}
	synced  chan struct{}
	syncErr error
}

// mostJournals is how many files beside one notebook are tried.
const mostJournals = 100

// errTaken says that another process writes the file.
var errTaken = errors.New("another process writes it")

// OpenJournal opens the ledger at path to go on with it. When another process writes
// it, or when what it holds is broken, the next free name is taken: x.ledger.2.jsonl.
func OpenJournal(path string) (*Journal, error) {
	var moved string
	for n := 1; n <= mostJournals; n++ {
		j, err := openJournal(numbered(path, n))
		var broken *Broken
		switch {
		case err == nil:
			j.Moved = moved
			return j, nil
		case errors.Is(err, errTaken) || errors.As(err, &broken):
			if moved == "" {
				moved = err.Error()
			}
		default:
			return nil, err
		}
	}
	return nil, fmt.Errorf("ledger: %s and %d more are taken", path, mostJournals-1)
}

func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s.%d%s", strings.TrimSuffix(path, ext), n, ext)
}

func openJournal(path string) (*Journal, error) {
	f, err := openLocked(path)
	if err != nil {
		return nil, fmt.Errorf("ledger: %s: %w", path, err)
	}
	c, err := Read(f)
	if err == nil && c.Torn != "" {
		err = cut(f, len(c.Torn))
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("ledger: %s: %w", path, err)
	}
	j := &Journal{Path: path, Torn: c.Torn, file: f, chain: After(c.Records), dirty: make(chan struct{}, 1), synced: make(chan struct{})}
	go j.sync()
	return j, nil
}

// cut takes n bytes off the end of a file.
func cut(f *os.File, n int) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	end := info.Size() - int64(n)
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.Seek(end, io.SeekStart) // for systems that do not append by themselves
	return err
}

// Add chains r and writes it.
func (j *Journal) Add(r *Record) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return fmt.Errorf("ledger: %s is closed", j.Path)
	}
	j.chain.Add(r)
	if _, err := j.file.Write(append(Canonical(r), '\n')); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	select {
	case j.dirty <- struct{}{}:
	default: // it has been told
	}
	return nil
}

// syncPeriod is how long a record may wait for more before the disk is told: "run all" costs it
// ten writes a second, and the reply to a cell is out before it is kept busy.
const syncPeriod = 100 * time.Millisecond

// sync brings to the disk what was written, until Close.
func (j *Journal) sync() {
	defer close(j.synced)
	for range j.dirty {
		j.gather()
		if err := j.file.Sync(); err != nil && j.syncErr == nil {
			j.syncErr = fmt.Errorf("ledger: %w", err)
		}
	}
}

// gather waits for syncPeriod, or until Close.
func (j *Journal) gather() {
	due := time.NewTimer(syncPeriod)
	defer due.Stop()
	for {
		select {
		case _, open := <-j.dirty:
			if !open {
				return
			}
		case <-due.C:
			return
		}
	}
}

// Close brings everything to the disk and lets others write the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	close(j.dirty)
	<-j.synced
	err := j.file.Close()
	j.file = nil
	return errors.Join(j.syncErr, err)
}
