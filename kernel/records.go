package kernel

import (
	"sync"

	"reprise/kernel/ledger"
)

// records chains what the session's cells depended on, and keeps it beside the notebook.
type records struct {
	kernel *Kernel

	mu      sync.Mutex
	begun   bool
	chain   ledger.Chain
	journal *ledger.Journal // nil: the notebook's path is not known, or nothing can be written there
}

// add gives r its place. The file is opened with the first cell, as a notebook that is only
// looked at leaves nothing behind.
func (k *records) add(r *ledger.Record) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.begun {
		k.begun = true
		k.open()
		o := k.kernel.options
		k.append(&ledger.Record{Lock: o.Lock, Volatile: &ledger.Volatile{Machine: o.Machine}})
	}
	k.append(r)
}

func (k *records) append(r *ledger.Record) {
	if k.journal == nil {
		k.chain.Add(r)
		return
	}
	if err := k.journal.Add(r); err != nil {
		k.kernel.log.Warn("kernel: the ledger is kept in this session's replies only", "error", err)
		k.journal = nil
	}
}

func (k *records) open() {
	path := k.kernel.options.Notebook
	if path == "" {
		return
	}
	j, err := ledger.OpenJournal(ledger.PathFor(path))
	if err != nil {
		k.kernel.log.Warn("kernel: the ledger is kept in this session's replies only", "error", err)
		return
	}
	if j.Torn != "" {
		k.kernel.log.Warn("kernel: the last line of the ledger was torn by a crash and was taken out", "path", j.Path)
	}
	if j.Moved != "" {
		k.kernel.log.Warn("kernel: the ledger goes into another file", "path", j.Path, "reason", j.Moved)
	}
	k.journal = j
}

func (k *records) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.journal == nil {
		return nil
	}
	return k.journal.Close()
}
