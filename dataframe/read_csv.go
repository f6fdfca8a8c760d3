package dataframe

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/go-gota/gota/series"
)

// ReadCSVOptions: the zero value reads comma-separated text with a header.
type ReadCSVOptions struct {
	Comma     byte              // ',' if 0
	NoHeader  bool              // columns are named "0", "1"... or by Names
	Names     []string          // instead of the header's names
	Types     map[string]string // "float64", "int64", "string", "bool" instead of what is found
	NaNValues []string          // texts that are missing, beside pandas' own
	IndexCol  string            // column that becomes the row labels
}

// naValues are the texts that pandas 1.5 takes for missing, and the empty one.
var naValues = []string{"", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND",
	"1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "n/a", "nan", "null"}

// ReadCSV reads a table as pandas.read_csv does, every number to its nearest
// float64. A column is int64, float64, bool or text, the first of these that fits
// all its values; whole numbers beyond int64 make it float64. Names that repeat
// become a, a.1, a.2. Rows that are too short are filled with missing values;
// a row that is too long, or a quote that does not end, is an error with its line.
func ReadCSV(r io.Reader, options ...ReadCSVOptions) (DataFrame, error) {
	data, err := readAll(r)
	if err != nil {
		return DataFrame{}, fmt.Errorf("dataframe: ReadCSV: %w", err)
	}
	return parseCSV(data, option(options))
}

// readAll asks readers that know it for their length: io.ReadAll grows step by
// step and allocates several times the text.
func readAll(r io.Reader) ([]byte, error) {
	sized, ok := r.(interface{ Len() int })
	if !ok {
		return io.ReadAll(r)
	}
	var b bytes.Buffer
	b.Grow(sized.Len() + bytes.MinRead)
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}

// ReadCSVFile is ReadCSV of a file.
func ReadCSVFile(path string, options ...ReadCSVOptions) (DataFrame, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return DataFrame{}, fmt.Errorf("dataframe: ReadCSV: %w", err)
	}
	return parseCSV(data, option(options))
}

func parseCSV(data []byte, o ReadCSVOptions) (df DataFrame, err error) {
	defer func() {
		if err != nil {
			df, err = DataFrame{}, fmt.Errorf("dataframe: ReadCSV: %w", err)
		}
	}()
	f := &csvFile{data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), comma: o.Comma, missing: missingTexts(o.NaNValues)}
	if f.comma == 0 {
		f.comma = ','
	}
	if err := f.readHeader(o); err != nil {
		return df, err
	}
	if err := f.fixKinds(o.Types); err != nil {
		return df, err
	}
	columns, rows, err := f.readBody()
	if err != nil {
		return df, err
	}
	t := table{rows: rows}
	for c, v := range columns {
		if f.names[c] == o.IndexCol && o.IndexCol != "" && t.index == nil {
			t.index, t.label = v, o.IndexCol
			continue
		}
		t.columns = append(t.columns, column{f.names[c], v})
	}
	if o.IndexCol != "" && t.index == nil {
		return df, unknownColumn(o.IndexCol, f.names)
	}
	return t.frame(), nil
}

func missingTexts(more []string) map[string]bool {
	out := map[string]bool{}
	for _, s := range append(naValues, more...) {
		out[s] = true
	}
	return out
}

// A csvFile is a CSV text and what is known of its columns.
type csvFile struct {
	data    []byte
	comma   byte
	missing map[string]bool
	names   []string
	fixed   []series.Type // types that the options give, "" = to be found
	line    int           // of the first byte of data
}

func (f *csvFile) readHeader(o ReadCSVOptions) error {
	scan := &csvScanner{data: f.data, comma: f.comma, line: 1}
	first, err := scan.record()
	if err != nil {
		return err
	}
	if first == nil {
		return fmt.Errorf("no columns to read: the text is empty")
	}
	for c, name := range first {
		if o.NoHeader {
			f.names = append(f.names, strconv.Itoa(c))
		} else {
			f.names = append(f.names, string(name.text))
		}
	}
	f.line = 1
	if !o.NoHeader {
		f.data, f.line = f.data[scan.at:], scan.line
	}
	if len(o.Names) > 0 {
		if len(o.Names) != len(f.names) {
			return fmt.Errorf("%d names for %d columns", len(o.Names), len(f.names))
		}
		f.names = append([]string{}, o.Names...)
		return nil
	}
	f.names = numberRepeats(f.names)
	return nil
}

// numberRepeats makes a, a, a into a, a.1, a.2, as pandas reads them.
func numberRepeats(names []string) []string {
	seen, taken := map[string]int{}, map[string]bool{}
	for _, n := range names {
		taken[n] = true
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n
		if k := seen[n]; k > 0 {
			for out[i] = fmt.Sprintf("%s.%d", n, k); taken[out[i]]; k++ {
				out[i] = fmt.Sprintf("%s.%d", n, k+1)
			}
			taken[out[i]] = true
			seen[n] = k
		}
		seen[n]++
	}
	return out
}

func (f *csvFile) fixKinds(types map[string]string) error {
	f.fixed = make([]series.Type, len(f.names))
	known := 0
	for c, name := range f.names {
		if t, ok := types[name]; ok {
			kind, good := kindOf(t)
			if !good {
				return fmt.Errorf("column %q: no type %q; there are float64, int64, string and bool", name, t)
			}
			f.fixed[c] = kind
			known++
		}
	}
	if known < len(types) {
		for _, name := range sortedNames(types) {
			if !slices.Contains(f.names, name) {
				return fmt.Errorf("Types: %w", unknownColumn(name, f.names))
			}
		}
	}
	return nil
}

// readBody reads the rows in parts that do not depend on the number of processors.
func (f *csvFile) readBody() ([]vector, int, error) {
	parts := f.parts()
	errs := make([]error, len(parts))
	kinds := f.sniff()
	inParallel(len(parts), smallWork, func(p int) { errs[p] = parts[p].read(f, kinds) })
	for _, err := range errs {
		if err != nil {
			return nil, 0, err
		}
	}
	final := commonCSVKinds(parts, f)
	inParallel(len(parts), smallWork, func(p int) { errs[p] = parts[p].convert(f, final) })
	rows := 0
	for p, err := range errs {
		if err != nil {
			return nil, 0, err
		}
		rows += parts[p].rows
	}
	columns := make([]vector, len(f.names))
	inParallel(len(columns), rows, func(c int) {
		columns[c] = joinParts(parts, c, rows)
		for p := range parts {
			parts[p].columns[c] = nil
		}
	})
	return columns, rows, nil
}

// partSize is about how many bytes are read in one go.
const partSize = 1 << 20

// parts cuts the text at line ends; text with quotes is not cut, since a quoted
// field may hold line ends.
func (f *csvFile) parts() []*csvPart {
	size := partSize
	if bytes.IndexByte(f.data, '"') >= 0 {
		size = len(f.data)
	}
	var out []*csvPart
	line := f.line
	for rest := f.data; len(rest) > 0 || len(out) == 0; {
		end := min(size, len(rest))
		if end < len(rest) {
			if n := bytes.IndexByte(rest[end:], '\n'); n >= 0 {
				end += n + 1
			} else {
				end = len(rest)
			}
		}
		out = append(out, &csvPart{data: rest[:end], line: line})
		rest = rest[end:]
		if len(rest) > 0 {
			line += bytes.Count(out[len(out)-1].data, []byte{'\n'})
		}
	}
	return out
}
