package main

import (
	"errors"
	"fmt"
	"os"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/runner"
)

// A runLog is the ledger of a run while it goes on, beside the notebook.
type runLog struct {
	journal *ledger.Journal // nil when nothing stands beside what is written
	before  bool            // the file was there before
	done    bool            // the notebook holds everything
	failed  bool            // the file could not be written, and is left as it is
}

func openRunLog(notebook string) (*runLog, error) {
	if isStream(notebook) {
		return &runLog{}, nil // there is no place beside it
	}
	path := ledger.PathFor(notebook)
	_, err := os.Stat(path)
	j, openErr := ledger.OpenJournal(path)
	if openErr != nil {
		return nil, fmt.Errorf("%s: nothing can be written beside it: %w; say with -o where the result goes", notebook, cause(openErr))
	}
	if j.Moved != "" {
		say(fmt.Sprintf("reprise: %s; the ledger of this run is %s", j.Moved, j.Path))
	}
	return &runLog{journal: j, before: err == nil && j.Moved == ""}, nil
}

// Add writes a record. A file that cannot be written, on a full disk say, is no reason to lose the run.
func (l *runLog) Add(r *ledger.Record) error {
	if l.journal == nil || l.failed {
		return nil
	}
	if err := l.journal.Add(r); err != nil {
		l.failed = true
		say(fmt.Sprintf("reprise: %s: %v; the run goes on, but from here it could not be resumed after a crash", l.journal.Path, cause(err)))
	}
	return nil
}

// explain says how to go on when the notebook could not be written.
func (l *runLog) explain(err error) error {
	if l.journal == nil {
		return err
	}
	return fmt.Errorf("%w; the ledger of the run is %s: run again with --resume when that is cured", err, l.journal.Path)
}

// close ends the file. When the notebook holds what it says, or it says nothing, and nobody else's
// records are in it, it goes.
func (l *runLog) close() {
	if l.journal == nil {
		return
	}
	err := l.journal.Close()
	if (l.done || isEmpty(l.journal.Path)) && !l.before {
		err = errors.Join(err, os.Remove(l.journal.Path))
	}
	if err != nil {
		say("reprise: " + err.Error())
	}
}

func isEmpty(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() == 0
}

// earlier is the run that --resume takes up.
func (j runJob) earlier(book *nb.Notebook) ([]ledger.Record, error) {
	if !j.resume {
		return nil, nil
	}
	list, found, err := runner.Earlier(book, j.target())
	if err != nil {
		return nil, exit{exitFailed, fmt.Errorf("%w; run without --resume", err)}
	}
	sayDoubts(found)
	if len(list) == 0 {
		say("reprise: no earlier run of these cells is known, so all of them are run for the first time")
	}
	return list, nil
}
