package main

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"reprise/dataframe"
)

// data is what the operations work on: three columns of normal numbers, 5 % of one
// missing, and a key of 1000 values; for merge also an id with a tenth as many
// values as rows, and a frame that has each id once.
type data struct {
	df      dataframe.DataFrame
	shifted dataframe.DataFrame
	both    dataframe.DataFrame
	right   dataframe.DataFrame
	csv     []byte
}

type rawData struct {
	a, b, c, w []float64
	k, id, rid []int64
}

func makeRaw(rows int) rawData {
	r := rand.New(rand.NewPCG(uint64(rows), 7))
	ids := max(1, rows/10)
	d := rawData{}
	for range rows {
		d.a, d.b, d.c = append(d.a, r.NormFloat64()), append(d.b, r.NormFloat64()), append(d.c, r.NormFloat64())
		if r.IntN(20) == 0 {
			d.b[len(d.b)-1] = math.NaN()
		}
		d.k, d.id = append(d.k, int64(r.IntN(1000))), append(d.id, int64(r.IntN(ids)))
	}
	for _, id := range r.Perm(ids) {
		d.rid, d.w = append(d.rid, int64(id)), append(d.w, r.NormFloat64())
	}
	return d
}

// makeData makes the frames; the CSV text only on demand, as it is the largest.
func makeData(raw rawData, withCSV bool) *data {
	d := &data{df: dataframe.FromColumns([]string{"a", "b", "c", "k"}, raw.a, raw.b, raw.c, raw.k)}
	d.shifted = dataframe.Shift(d.df, 1)
	d.both = dataframe.ConcatColumns(d.shifted, d.df)
	d.right = dataframe.FromColumns([]string{"id", "w"}, raw.rid, raw.w)
	if !withCSV {
		return d
	}
	var csv bytes.Buffer
	must(dataframe.WriteCSV(&csv, d.df))
	d.csv = csv.Bytes()
	return d
}

// forMerge is the left frame of the merge: the same numbers with the id as key.
func forMerge(raw rawData) dataframe.DataFrame {
	return dataframe.FromColumns([]string{"a", "b", "c", "id"}, raw.a, raw.b, raw.c, raw.id)
}

// save writes the columns for the peers, as they are in memory.
func (raw rawData) save(dir string, csv []byte) error {
	columns := map[string]any{"a": raw.a, "b": raw.b, "c": raw.c, "w": raw.w, "k": raw.k, "id": raw.id, "rid": raw.rid}
	for name, values := range columns {
		var b bytes.Buffer
		if err := binary.Write(&b, binary.LittleEndian, values); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "data.csv"), csv, 0o600)
}
