package dataframe

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// PlotBox draws median, quartiles, whiskers of at most 1.5 times their distance,
// and what lies outside, for each number column.
func PlotBox(df DataFrame, options ...PlotOptions) *plot.Plot {
	t, o := open("PlotBox", df), option(options)
	p := newPlot(o.Title, "", "")
	var names []string
	for i, c := range t.plotted("PlotBox", o) {
		box, err := plotter.NewBoxPlot(vg.Points(24), float64(i), finite("PlotBox", c))
		if err != nil {
			fail("PlotBox", "column %q: %w", c.name, err)
		}
		box.FillColor = palette[0]
		p.Add(box)
		names = append(names, c.name)
	}
	p.NominalX(names...)
	return p
}
