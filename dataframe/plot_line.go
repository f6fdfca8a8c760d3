package dataframe

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// PlotOptions: the zero value plots all number columns against the row number.
type PlotOptions struct {
	Title   string
	Columns []string // which columns; all number columns if empty
	X       string   // number column for the x axis of a line plot
}

// palette is the colours of matplotlib, in its order.
var palette = []color.RGBA{
	{31, 119, 180, 255}, {255, 127, 14, 255}, {44, 160, 44, 255}, {214, 39, 40, 255}, {148, 103, 189, 255},
	{140, 86, 75, 255}, {227, 119, 194, 255}, {127, 127, 127, 255}, {188, 189, 34, 255}, {23, 190, 207, 255},
}

// PlotLine draws columns as lines. A missing value leaves a gap.
func PlotLine(df DataFrame, options ...PlotOptions) *plot.Plot {
	t, o := open("PlotLine", df), option(options)
	x := func(row int) float64 { return float64(row) }
	p := newPlot(o.Title, "row", "")
	if o.X != "" {
		v := numbers("PlotLine", t.find("PlotLine", o.X))
		x = func(row int) float64 { return v[row].e }
		p.X.Label.Text = o.X
	}
	for i, c := range t.plotted("PlotLine", o) {
		style := plotter.DefaultLineStyle
		style.Color, style.Width = palette[i%len(palette)], vg.Points(1.2)
		var first *plotter.Line
		for _, points := range segments(numbers("PlotLine", c), x) {
			line := &plotter.Line{XYs: points, LineStyle: style}
			p.Add(line)
			if first == nil {
				first = line
			}
		}
		if first != nil {
			p.Legend.Add(c.name, first)
		}
	}
	return p
}

// plotted are the columns to draw, without the one on the x axis.
func (t table) plotted(verb string, o PlotOptions) []column {
	var out []column
	for _, i := range t.positions(verb, o.Columns) {
		c := t.columns[i]
		if (isNumber(c.kind()) || len(o.Columns) > 0) && (o.X == "" || c.name != o.X) {
			numbers(verb, column{c.name, c.slice(0, 0)}) // refuses text
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		fail(verb, "no number columns to draw among %s", quoteAll(t.names()))
	}
	return out
}

// segments cuts a line where a value or its place is not finite.
func segments(v cells[float64], x func(row int) float64) []plotter.XYs {
	var out []plotter.XYs
	open := false
	for r, c := range v {
		if at := x(r); c.missing() || at-at != 0 || c.e-c.e != 0 {
			open = false
			continue
		}
		if !open {
			out, open = append(out, nil), true
		}
		out[len(out)-1] = append(out[len(out)-1], plotter.XY{X: x(r), Y: c.e})
	}
	return out
}

func newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Legend.Top = true
	p.Add(plotter.NewGrid())
	return p
}

// finite are the values that can be drawn.
func finite(verb string, c column) plotter.Values {
	var out plotter.Values
	for _, x := range present(numbers(verb, c)) {
		if x-x == 0 {
			out = append(out, x)
		}
	}
	if len(out) == 0 {
		fail(verb, "column %q has no finite values to draw", c.name)
	}
	return out
}
