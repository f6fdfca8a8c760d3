package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"reprise/notebooks/nb"
	"reprise/notebooks/report"
)

// dash stands for standard input where a notebook is read and for standard output where one is written.
const dash = "-"

// source reads the file that a verb was given.
func source(path string) ([]byte, error) {
	if path != dash {
		return nb.Read(path)
	}
	data, err := io.ReadAll(os.Stdin)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", called(path), err)
	}
	return data, nil
}

// called is the name of a file in errors.
func called(path string) string {
	if path == dash {
		return "standard input"
	}
	return path
}

// decode reads a notebook from the bytes of the file at path.
func decode(path string, data []byte) (*nb.Notebook, error) {
	book, err := nb.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w%s", called(path), err, hint(path, data))
	}
	return book, nil
}

// hint says what a file is that is no notebook.
func hint(path string, data []byte) string {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case ext == ".jsonl":
		return "; it is a ledger: name its notebook"
	case isPage(path, data):
		return "; it is a page: name its notebook, or let `reprise verify` find that inside a report"
	case ext == ".md" || ext == ".pdf":
		return "; only HTML reports have their notebook inside: name the notebook"
	}
	return ""
}

// isPage reports whether a file is HTML.
func isPage(path string, data []byte) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".html" || ext == ".htm" || path == dash && bytes.HasPrefix(bytes.TrimSpace(data), []byte("<"))
}

// readNotebookOrReport reads a notebook, or the one inside a report.
func readNotebookOrReport(path string) (*nb.Notebook, error) {
	data, err := source(path)
	if err != nil {
		return nil, err
	}
	if !isPage(path, data) {
		return decode(path, data)
	}
	book, err := report.Extract(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", called(path), err)
	}
	return book, nil
}

// isStream reports whether path is no file that could be replaced, and has no place beside it: standard
// output, a pipe, a device.
func isStream(path string) bool {
	if path == dash {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// A printed is standard output, of which the first error is kept: the verb returns it in the end.
type printed struct{ err error }

func (p *printed) Write(text []byte) (int, error) {
	n, err := os.Stdout.Write(text)
	if p.err == nil {
		p.err = err
	}
	return n, err
}

func (p *printed) failed() error {
	if p.err == nil {
		return nil
	}
	return fmt.Errorf("standard output: not written: %w", cause(p.err))
}

// cause is an error without the operation and the path, for messages that name the file anyway.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// wantTimeout refuses a bound that no cell could keep.
func wantTimeout(d time.Duration) error {
	if d < 0 {
		return fmt.Errorf("--timeout %v: want a time such as 90s, or 0 for no bound", d)
	}
	return nil
}
