package nnlib

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

var (
	_ Callback = (*ModelCheckpoint)(nil)
	_ Callback = (*CSVLogger)(nil)
)

// names returns the columns, sorted.
func (l Logs) names() []string { return slices.Sorted(maps.Keys(l)) }

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
	}}
}

// CSVLogger writes each epoch's numbers to a file.
type CSVLogger struct {
	Filename string
	Append   bool
}

// Hooks opens the file, and closes it in the end.
func (c *CSVLogger) Hooks(*Model) Hooks {
	flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	if c.Append {
		flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
	}
	file, err := os.OpenFile(c.Filename, flags, 0o644)
	if err != nil {
		panic(fmt.Errorf("nnlib: CSVLogger: %w", err))
	}
	w, head := csv.NewWriter(file), !c.Append
	return Hooks{OnEpochEnd: func(epoch int, logs Logs) {
		if head {
			w.Write(append([]string{"epoch"}, logs.names()...))
			head = false
		}
		row := []string{strconv.Itoa(epoch)}
		for _, name := range logs.names() {
			row = append(row, strconv.FormatFloat(logs[name], 'g', -1, 64))
		}
		w.Write(row)
		if w.Flush(); w.Error() != nil {
			panic(fmt.Errorf("nnlib: CSVLogger: %w", w.Error()))
		}
	}, OnTrainEnd: func() { file.Close() }}
}
