package dataframe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
)

// ReadJSONLines reads one object per line; its members are the columns, in order
// of appearance. null, and a member that a line lacks, is missing. Whole numbers
// are int64 as long as all of a column are and none is missing. Members that are
// arrays or objects are refused.
func ReadJSONLines(r io.Reader) (DataFrame, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	f := &jsonFrame{at: map[string]int{}}
	for line := 1; ; line++ {
		text, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(text)) > 0 {
			if err := f.addLine(text); err != nil {
				return DataFrame{}, fmt.Errorf("dataframe: ReadJSONLines: line %d: %w", line, err)
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return DataFrame{}, fmt.Errorf("dataframe: ReadJSONLines: line %d: %w", line, err)
		}
	}
	return f.frame()
}

type jsonFrame struct {
	names  []string
	at     map[string]int
	values [][]any
	rows   int
}

func (f *jsonFrame) addLine(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("want an object {...}, got %.40q", bytes.TrimSpace(text))
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("byte %d: %w", d.InputOffset(), err)
		}
		var value any
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("member %q: %w", key, err)
		}
		if value, err = jsonValue(value); err != nil {
			return fmt.Errorf("member %q: %w", key, err)
		}
		f.set(key.(string), value)
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("byte %d: %w", d.InputOffset(), err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("byte %d: something follows the object", d.InputOffset())
	}
	f.rows++
	return nil
}

func (f *jsonFrame) set(name string, value any) {
	c, ok := f.at[name]
	if !ok {
		c = len(f.names)
		f.at[name] = c
		f.names, f.values = append(f.names, name), append(f.values, nil)
	}
	for len(f.values[c]) <= f.rows {
		f.values[c] = append(f.values[c], nil)
	}
	f.values[c][f.rows] = value
}

func jsonValue(value any) (any, error) {
	switch x := value.(type) {
	case nil, string, bool:
		return x, nil
	case json.Number:
		if n, err := strconv.Atoi(x.String()); err == nil {
			return n, nil
		}
		return x.Float64()
	}
	return nil, fmt.Errorf("an array or object does not fit a cell")
}

func (f *jsonFrame) frame() (DataFrame, error) {
	t := table{rows: f.rows}
	for c, name := range f.names {
		values := append(f.values[c], make([]any, f.rows-len(f.values[c]))...)
		v, err := vectorOfAny(values)
		if err != nil {
			return DataFrame{}, fmt.Errorf("dataframe: ReadJSONLines: column %q: row %w", name, err)
		}
		if anyMissing(v) {
			v = withHoles(v)
		}
		t.columns = append(t.columns, column{name, v})
	}
	return t.frame(), nil
}

// WriteJSONLines writes one object per row. Numbers have their exact digits;
// missing is null; an infinity, which JSON cannot hold, is an error. Row labels
// are the member "index", or that of their name, when the frame carries them.
func WriteJSONLines(w io.Writer, df DataFrame) error {
	if df.Err != nil {
		return fmt.Errorf("dataframe: WriteJSONLines: the frame holds an error: %w", df.Err)
	}
	t := open("WriteJSONLines", df)
	columns := t.columns
	if t.index != nil {
		columns = append([]column{{or(t.label, "index"), t.index}}, columns...)
	}
	keys := make([][]byte, len(columns))
	for c := range columns {
		keys[c] = jsonText(columns[c].name)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for r := range t.rows {
		line = append(line[:0], '{')
		for c := range columns {
			if c > 0 {
				line = append(line, ',')
			}
			line = append(append(line, keys[c]...), ':')
			var err error
			if line, err = appendJSON(line, columns[c].value(r)); err != nil {
				return fmt.Errorf("dataframe: WriteJSONLines: row %d, column %q: %w", r, columns[c].name, err)
			}
		}
		line = append(line, '}', '\n')
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("dataframe: WriteJSONLines: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("dataframe: WriteJSONLines: %w", err)
	}
	return nil
}

func appendJSON(to []byte, value any) ([]byte, error) {
	switch x := value.(type) {
	case float64:
		if math.IsInf(x, 0) {
			return to, fmt.Errorf("JSON has no %v; replace it first", x)
		}
		return appendFloat(to, x), nil
	case int:
		return strconv.AppendInt(to, int64(x), 10), nil
	case bool:
		return strconv.AppendBool(to, x), nil
	case string:
		return append(to, jsonText(x)...), nil
	}
	return append(to, "null"...), nil
}

// jsonText leaves < > & as they are.
func jsonText(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string always encodes
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
