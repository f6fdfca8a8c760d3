package nnlib

import (
	"fmt"
	"strconv"
	"strings"
)

var _ Callback = (*ModelCheckpoint)(nil)

// ModelCheckpoint saves the model after each epoch.
type ModelCheckpoint struct {
	Path         string // "{epoch}" in it becomes the epoch's number, from 1
	Monitor      string // "val_loss" by default
	Mode         string // "min", "max" or, by default, by the name
	SaveBestOnly bool
}

// Hooks saves; a disk that fails ends the training with an error.
func (c *ModelCheckpoint) Hooks(m *Model) Hooks {
	w := newWatch(c.Monitor, c.Mode, 0)
	return Hooks{OnEpochEnd: func(epoch int, logs Logs) {
		if c.SaveBestOnly && !w.improved(logs, "ModelCheckpoint") {
			return
		}
		if err := m.Save(strings.ReplaceAll(c.Path, "{epoch}", strconv.Itoa(epoch+1))); err != nil {
			panic(fmt.Errorf("nnlib: ModelCheckpoint: %w", err))
		}
	}, State: func() ([]byte, error) { return w.state(nil) },
		Resume: func(state []byte) error { return w.resume(state, new(any)) }}
}
