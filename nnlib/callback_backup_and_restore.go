package nnlib

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

var _ Callback = (*BackupAndRestore)(nil)

// BackupAndRestore keeps a checkpoint while Fit runs. When Fit was interrupted, or
// the computer went down, the same code run again goes on with the epoch after
// the last whole one, and ends with the same bits as if nothing had happened.
type BackupAndRestore struct {
	Path string // of the file
	Keep bool   // the file after the training has ended; Keras's delete_checkpoint=False
}

// Hooks goes on where an earlier training stopped, and keeps a checkpoint after each epoch.
func (b *BackupAndRestore) Hooks(m *Model) Hooks {
	must := func(err error) {
		if err != nil {
			panic(fmt.Errorf("nnlib: BackupAndRestore: %w", err))
		}
	}
	return Hooks{restore: func(*training) {
		if _, err := os.Stat(b.Path); errors.Is(err, fs.ErrNotExist) {
			return
		}
		must(m.LoadCheckpoint(b.Path))
	}, backup: func(*training) {
		must(m.SaveCheckpoint(b.Path))
	}, done: func(*training) {
		if !b.Keep {
			if err := os.Remove(b.Path); !errors.Is(err, fs.ErrNotExist) {
				must(err)
			}
		}
	}}
}
