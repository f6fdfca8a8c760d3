package dataframe

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
)

// WriteCSVOptions: the zero value writes comma-separated text with a header.
type WriteCSVOptions struct {
	Comma    byte   // ',' if 0
	NoHeader bool   // no line of names
	NaN      string // what is written for a missing value
	Index    bool   // write row numbers when the frame carries no labels
}

// WriteCSV writes a frame as to_csv(index=False) does: the fewest digits that read
// back to the same number, True and False, quotes where needed. Row labels are the
// first column when the frame carries them.
func WriteCSV(w io.Writer, df DataFrame, options ...WriteCSVOptions) error {
	if df.Err != nil {
		return fmt.Errorf("dataframe: WriteCSV: the frame holds an error: %w", df.Err)
	}
	c := newCSVWriter(open("WriteCSV", df), option(options))
	if err := c.write(w); err != nil {
		return fmt.Errorf("dataframe: WriteCSV: %w", err)
	}
	return nil
}

// WriteCSVFile is WriteCSV to a file, which it makes or replaces.
func WriteCSVFile(path string, df DataFrame, options ...WriteCSVOptions) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("dataframe: WriteCSV: %w", err)
	}
	if err := WriteCSV(file, df, options...); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("dataframe: WriteCSV: %w", err)
	}
	return nil
}

type csvWriter struct {
	WriteCSVOptions
	rows    int
	columns []column
	// alone: pandas writes "" for an empty line of a single column, since blank
	// lines are skipped by readers.
	alone bool
}

func newCSVWriter(t table, o WriteCSVOptions) *csvWriter {
	if o.Comma == 0 {
		o.Comma = ','
	}
	c := &csvWriter{WriteCSVOptions: o, rows: t.rows, columns: t.columns}
	if t.index != nil || o.Index {
		c.columns = append([]column{{t.label, t.labels()}}, t.columns...)
	}
	c.alone = len(c.columns) == 1
	return c
}

// write fills blocks of rows side by side and writes them in order.
func (c *csvWriter) write(w io.Writer) error {
	if !c.NoHeader {
		if _, err := w.Write(c.header()); err != nil {
			return err
		}
	}
	const block = 4096
	count, bounds := blocks(c.rows, block)
	wave := runtime.GOMAXPROCS(0) * 4
	buffers := make([][]byte, wave)
	for first := 0; first < count; first += wave {
		n := min(wave, count-first)
		inParallel(n, block*len(c.columns), func(k int) {
			from, to := bounds(first + k)
			buffers[k] = c.appendRows(buffers[k][:0], from, to)
		})
		for _, b := range buffers[:n] {
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *csvWriter) header() []byte {
	var line []byte
	for i, col := range c.columns {
		if i > 0 {
			line = append(line, c.Comma)
		}
		line = c.appendText(line, col.name)
	}
	return append(line, '\n')
}

func (c *csvWriter) appendRows(to []byte, from, end int) []byte {
	for r := from; r < end; r++ {
		for i := range c.columns {
			if i > 0 {
				to = append(to, c.Comma)
			}
			to = c.appendCell(to, c.columns[i].vector, r)
		}
		to = append(to, '\n')
	}
	return to
}

func (c *csvWriter) appendCell(to []byte, v vector, r int) []byte {
	switch v := v.(type) {
	case cells[float64]:
		if !v[r].missing() {
			return appendFloat(to, v[r].e)
		}
	case cells[int]:
		if !v[r].nan {
			return strconv.AppendInt(to, int64(v[r].e), 10)
		}
	case cells[bool]:
		if !v[r].nan {
			return append(to, showValue(v[r].e)...)
		}
	case cells[string]:
		if !v[r].nan {
			return c.appendText(to, v[r].e)
		}
	}
	return c.appendText(to, c.NaN)
}

// appendText quotes what a reader would take apart.
func (c *csvWriter) appendText(to []byte, text string) []byte {
	quote := text == "" && c.alone
	for i := 0; i < len(text) && !quote; i++ {
		quote = text[i] == c.Comma || text[i] == '"' || text[i] == '\n' || text[i] == '\r'
	}
	if !quote {
		return append(to, text...)
	}
	to = append(to, '"')
	to = append(to, bytes.ReplaceAll([]byte(text), []byte(`"`), []byte(`""`))...)
	return append(to, '"')
}
