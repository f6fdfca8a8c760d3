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
