package dataframe

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// PlotHist draws how often values of a column fall into each of bins equal ranges;
// 10 if bins is 0.
func PlotHist(df DataFrame, name string, bins int) *plot.Plot {
	t := open("PlotHist", df)
	if bins == 0 {
		bins = 10
	}
	if bins < 1 {
		fail("PlotHist", "%d bins; give at least 1", bins)
	}
	h, err := plotter.NewHist(finite("PlotHist", t.find("PlotHist", name)), bins)
	if err != nil {
		fail("PlotHist", "column %q: %w", name, err)
	}
	h.FillColor = palette[0]
	p := newPlot("", name, "count")
	p.Add(h)
	return p
}
