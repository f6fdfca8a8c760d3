package nnlib

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
)

var _ Callback = (*CSVLogger)(nil)

// CSVLogger writes each epoch's numbers to a file.
type CSVLogger struct {
	Filename string
	Append   bool
}

// Hooks opens the file before the first epoch, and closes it in the end. A
// training that was resumed goes on with its file.
func (c *CSVLogger) Hooks(*Model) Hooks {
	var file *os.File
	var w *csv.Writer
	again := c.Append
	return Hooks{OnTrainBegin: func() {
		flags := os.O_CREATE | os.O_WRONLY | os.O_TRUNC
		if again {
			flags = os.O_CREATE | os.O_WRONLY | os.O_APPEND
		}
		writing(c.Filename)
		var err error
		if file, err = os.OpenFile(c.Filename, flags, 0o644); err != nil {
			panic(fmt.Errorf("nnlib: CSVLogger: %w", err))
		}
		w = csv.NewWriter(file)
	}, OnEpochEnd: func(epoch int, logs Logs) {
		if !again {
			w.Write(append([]string{"epoch"}, logs.names()...))
			again = true
		}
		row := []string{strconv.Itoa(epoch)}
		for _, name := range logs.names() {
			row = append(row, strconv.FormatFloat(logs[name], 'g', -1, 64))
		}
		w.Write(row)
		if w.Flush(); w.Error() != nil {
			panic(fmt.Errorf("nnlib: CSVLogger: %w", w.Error()))
		}
	}, OnTrainEnd: func() { file.Close() },
		State:  func() ([]byte, error) { return nil, nil },
		Resume: func([]byte) error { again = true; return nil }}
}
