package dataframe

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// PlotScatterMatrix draws every number column against every other, with histograms
// on the diagonal: pandas.plotting.scatter_matrix.
func PlotScatterMatrix(df DataFrame, options ...PlotOptions) *plot.Plot {
	t, o := open("PlotScatterMatrix", df), option(options)
	chosen := t.plotted("PlotScatterMatrix", o)
	if len(chosen) > 8 {
		fail("PlotScatterMatrix", "%d columns make %d plots; name at most 8 in Columns", len(chosen), len(chosen)*len(chosen))
	}
	tiles := make([][]*plot.Plot, len(chosen))
	for i, y := range chosen {
		for j, x := range chosen {
			tile := scatterTile(x, y, i == j)
			if i == len(chosen)-1 {
				tile.X.Label.Text = x.name
			}
			if j == 0 {
				tile.Y.Label.Text = y.name
			}
			tiles[i] = append(tiles[i], tile)
		}
	}
	p := plot.New()
	p.Title.Text = o.Title
	p.HideAxes()
	p.Add(plotTiles(tiles))
	return p
}

func scatterTile(x, y column, diagonal bool) *plot.Plot {
	p := plot.New()
	p.X.Tick.Label.Font.Size, p.Y.Tick.Label.Font.Size = vg.Points(7), vg.Points(7)
	if diagonal {
		h, err := plotter.NewHist(finite("PlotScatterMatrix", x), 10)
		if err != nil {
			fail("PlotScatterMatrix", "column %q: %w", x.name, err)
		}
		h.FillColor = palette[0]
		p.Add(h)
		return p
	}
	p.Add(dots(numbers("PlotScatterMatrix", x), numbers("PlotScatterMatrix", y)))
	return p
}

// dots are the rows where both values are finite.
func dots(x, y cells[float64]) *plotter.Scatter {
	var points plotter.XYs
	for i := range x {
		if x[i].e-x[i].e == 0 && y[i].e-y[i].e == 0 && !x[i].nan && !y[i].nan {
			points = append(points, plotter.XY{X: x[i].e, Y: y[i].e})
		}
	}
	style := draw.GlyphStyle{Color: palette[0], Radius: vg.Points(1.5), Shape: draw.CircleGlyph{}}
	return &plotter.Scatter{XYs: points, GlyphStyle: style}
}

// plotTiles is plots inside a plot, row by row.
type plotTiles [][]*plot.Plot

// Plot draws the tiles side by side, each on its part of the canvas.
func (tiles plotTiles) Plot(c draw.Canvas, _ *plot.Plot) {
	n := len(tiles)
	grid := draw.Tiles{Rows: n, Cols: n, PadX: vg.Points(4), PadY: vg.Points(4)}
	canvases := plot.Align(tiles, grid, c)
	for i := range tiles {
		for j := range tiles[i] {
			tiles[i][j].Draw(canvases[i][j])
		}
	}
}
