package main

import (
	"bytes"
	"io"

	"gonum.org/v1/gonum/mat"

	"reprise/dataframe"
)

// An operation is the same work here and in the peers, which know it by its name.
type operation struct {
	name   string
	target float64 // the ratio to pandas to stay below
	run    func(d *data) any
}

var operations = []operation{
	{"pipeline", 0.3, func(d *data) any { X, y := dataframe.SupervisedXY(d.df, 1, 1); return [2]*mat.Dense{X, y} }},
	{"groupmean", 0.8, func(d *data) any { return dataframe.GroupBy(d.df, []string{"k"}).Mean() }},
	{"sort", 0.8, func(d *data) any { return dataframe.SortBy(d.df, []string{"a"}) }},
	{"csvread", 0.8, func(d *data) any { df, err := dataframe.ReadCSV(bytes.NewReader(d.csv)); must(err); return df }},
	{"csvwrite", 0.8, func(d *data) any { must(dataframe.WriteCSV(io.Discard, d.df)); return nil }},
	{"describe", 0.8, func(d *data) any { return dataframe.Describe(d.df) }},
	{"shift", 1.5, func(d *data) any { return dataframe.Shift(d.df, 1) }},
	{"concat", 1.5, func(d *data) any { return dataframe.ConcatColumns(d.shifted, d.df) }},
	{"dropna", 1.5, func(d *data) any { return dataframe.DropNaN(d.both) }},
	{"values", 1.5, func(d *data) any { return dataframe.Values(d.both) }},
	{"filter", 1.5, func(d *data) any { return dataframe.Filter(d.df, "a > 0") }},
	{"merge", 1, func(d *data) any { return dataframe.Merge(d.df, d.right, dataframe.MergeOptions{On: []string{"id"}}) }},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
