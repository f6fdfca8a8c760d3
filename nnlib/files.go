package nnlib

// WatchFiles has the program told of every file that a model, weights, a checkpoint or a log is
// read from or written to, before that happens; a notebook's ledger names them. Both may be nil.
func WatchFiles(reads, writes func(path string)) {
	program.mu.Lock()
	defer program.mu.Unlock()
	program.reads, program.writes = reads, writes
}

func reading(path string) {
	program.mu.Lock()
	tell := program.reads
	program.mu.Unlock()
	if tell != nil {
		tell(path)
	}
}

func writing(path string) {
	program.mu.Lock()
	tell := program.writes
	program.mu.Unlock()
	if tell != nil {
		tell(path)
	}
}
