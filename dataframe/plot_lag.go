package dataframe

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// PlotLag draws each value against the one lag rows later: a cloud without shape
// means that the past says nothing.
func PlotLag(df DataFrame, name string, lag int) *plot.Plot {
	t := open("PlotLag", df)
	v := numbers("PlotLag", t.find("PlotLag", name))
	if lag < 1 || lag >= len(v) {
		fail("PlotLag", "lag %d of %d rows; give 1 to %d", lag, len(v), len(v)-1)
	}
	p := newPlot("", name+"(t)", fmt.Sprintf("%s(t+%d)", name, lag))
	p.Add(dots(v[:len(v)-lag], v[lag:]))
	return p
}

// Autocorrelations are the correlations of a column with itself 0 ... lags rows
// later, about the mean of the whole and divided by its variance, as in pandas'
// autocorrelation_plot. Missing values are refused.
func Autocorrelations(df DataFrame, name string, lags int) []float64 {
	t := open("Autocorrelations", df)
	v := numbers("Autocorrelations", t.find("Autocorrelations", name))
	m := momentsOf(v)
	if lags < 0 || lags >= len(v) || m.count < len(v) {
		fail("Autocorrelations", "%d lags of %d rows, %d of them missing; DropNaN or Interpolate first, and give fewer lags than rows", lags, len(v), len(v)-m.count)
	}
	n, c0 := float64(len(v)), m.central(2)/float64(len(v))
	out := make([]float64, lags+1)
	inParallel(lags+1, len(v), func(h int) {
		sum := pairwise(len(v)-h, func(block []float64, from int) {
			for i := range block {
				block[i] = (v[from+i].e - m.mean) * (v[from+i+h].e - m.mean)
			}
		})
		out[h] = sum / n / c0
	})
	return out
}

// PlotAutocorrelation draws Autocorrelations with the lines that 95 % (dashed) of
// the values stay inside when there is no correlation.
func PlotAutocorrelation(df DataFrame, name string, lags int) *plot.Plot {
	values := Autocorrelations(df, name, lags)
	p := newPlot("", "lag", "autocorrelation of "+name)
	for h, r := range values {
		stem := &plotter.Line{XYs: plotter.XYs{{X: float64(h)}, {X: float64(h), Y: r}}, LineStyle: plotter.DefaultLineStyle}
		stem.Color, stem.Width = palette[0], vg.Points(2)
		p.Add(stem)
	}
	limit := 1.959963984540054 / math.Sqrt(float64(df.Nrow())) // the normal distribution's 97.5 % point
	for _, y := range []float64{limit, -limit} {
		line := &plotter.Line{XYs: plotter.XYs{{X: 0, Y: y}, {X: float64(lags), Y: y}}, LineStyle: plotter.DefaultLineStyle}
		line.Color, line.Dashes = palette[7], []vg.Length{vg.Points(4), vg.Points(3)}
		p.Add(line)
	}
	return p
}
