package datasets

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// CSV reads a table with a line of names (.csv or .csv.gz). The column called target
// becomes Y: numbers, or where it has texts, or numbers of which fewer than 20 are
// different and all whole, classes. All others must be numbers: a text or a missing
// value is an error that says where; the package dataframe reads and mends such tables.
func CSV(path, target string) (*Dataset, error) {
	r, closing, err := open(path)
	if err != nil {
		return nil, err
	}
	defer closing()
	d, err := ReadCSV(r, target)
	if err != nil {
		return nil, fmt.Errorf("%w (in %s)", err, path)
	}
	d.Name = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), ".gz"), ".csv")
	return d, nil
}

// open opens a file, unpacking it where it is a gzip, whatever its name.
func open(path string) (io.Reader, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("datasets: %w", err)
	}
	b := bufio.NewReader(f)
	if start, _ := b.Peek(2); string(start) != "\x1f\x8b" {
		return b, f.Close, nil
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("datasets: %s: %w", path, err)
	}
	return z, f.Close, nil
}

// ReadCSV is CSV for an open file.
func ReadCSV(r io.Reader, target string) (*Dataset, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("datasets: %w", err)
	}
	if len(rows) < 2 {
		return nil, errors.New("datasets: the table has no rows below its line of names")
	}
	names := rows[0]
	names[0] = strings.TrimPrefix(names[0], "\ufeff")
	at := slices.Index(names, target)
	if at < 0 || len(names) < 2 {
		return nil, fmt.Errorf("datasets: there is no column %q among other columns; there are %v", target, names)
	}
	d := &Dataset{FeatureNames: slices.Delete(slices.Clone(names), at, at+1)}
	var values []float64
	var targets []string
	for i, row := range rows[1:] {
		for j, text := range row {
			if j == at {
				targets = append(targets, strings.TrimSpace(text))
				continue
			}
			v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err != nil {
				return nil, fmt.Errorf("datasets: column %s of line %d is %q, which is no number; leave the column out, or mend the table with the package dataframe", names[j], i+2, text)
			}
			values = append(values, v)
		}
	}
	d.X = mat.NewDense(len(rows)-1, len(names)-1, values)
	d.setTargets(targets)
	return d, nil
}

// setTargets turns texts into classes, and whole numbers of which there are few too.
func (d *Dataset) setTargets(texts []string) {
	numbers, whole := true, true
	var values []float64
	for _, text := range texts {
		v, err := strconv.ParseFloat(text, 64)
		numbers = numbers && err == nil
		whole = whole && v == float64(int64(v))
		values = append(values, v)
	}
	names := slices.Clone(texts)
	slices.SortFunc(names, func(a, b string) int {
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if errX == nil && errY == nil && x != y {
			return map[bool]int{true: -1, false: 1}[x < y]
		}
		return strings.Compare(a, b)
	})
	names = slices.Compact(names)
	if numbers && (!whole || len(names) >= 20) {
		d.Y = values
		return
	}
	d.TargetNames = names
	for _, text := range texts {
		d.Y = append(d.Y, float64(slices.Index(names, text)))
	}
}
