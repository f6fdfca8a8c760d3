package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// PathFor names the ledger beside a notebook: "x.ipynb" has "x.ledger.jsonl".
func PathFor(notebook string) string {
	return strings.TrimSuffix(notebook, ".ipynb") + ".ledger.jsonl"
}

// A Contents is what Read finds.
type Contents struct {
	Records []Record
	Torn    string // the last line, when a crash tore it; it is no record
}

// Read reads a ledger of one record a line, and checks it. The error is a *Broken for the
// first line that is not what was written; the records before it are returned.
func Read(r io.Reader) (Contents, error) {
	var c Contents
	in := bufio.NewReader(r)
	for n := 0; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return c, fmt.Errorf("ledger: %w", err)
		}
		if err != nil { // a line without its end, or the end
			c.Torn = string(line)
			return c, Check(c.Records)
		}
		text := bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		record, err := parse(text)
		if err != nil {
			return c, errors.Join(Check(c.Records), &Broken{Index: n, What: record.label(n), Why: err.Error()})
		}
		c.Records = append(c.Records, record)
	}
}

// ReadFile reads the ledger at path. Its errors name the file, and the line of a *Broken. A file that is not there is an error for errors.Is(err, os.ErrNotExist).
func ReadFile(path string) (Contents, error) {
	f, err := os.Open(path)
	if err != nil {
		return Contents{}, err
	}
	defer f.Close()
	c, err := Read(f)
	var broken *Broken
	switch {
	case errors.As(err, &broken):
		broken.In = fmt.Sprintf("%s, line %d", path, broken.Index+1)
		err = broken
	case err != nil:
		err = fmt.Errorf("%s: %w", path, err)
	}
	return c, err
}

// FileDigest is the hash of a file's content, as File has it; empty when it cannot be read, and for
// what is no plain file: to open a pipe would wait for its writer, and take what somebody else wants.
func FileDigest(path string) string {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
