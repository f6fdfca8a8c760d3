package experiment

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"reprise/nnlib/rng"
)

var (
	ink   = color.NRGBA{R: 0x1f, G: 0x4e, B: 0x79, A: 0xff}
	soft  = color.NRGBA{R: 0xbd, G: 0xd7, B: 0xee, A: 0xff}
	faint = color.NRGBA{R: 0x1f, G: 0x4e, B: 0x79, A: 0x90}
)

// BoxPlot shows the scores of one or several experiments: a box from the lower to
// the upper quartile with the median, whiskers to the last value within 1.5 box
// lengths (Tukey), and every score as a dot, moved sideways so that all are seen.
func BoxPlot(scores ...*Scores) *plot.Plot {
	p := plot.New()
	p.Y.Label.Text = "score"
	p.X.Min, p.X.Max = -0.6, float64(len(scores))-0.4
	width := min(vg.Points(40), vg.Points(200)/vg.Length(max(len(scores), 1)))
	names := make([]string, len(scores))
	for i, s := range scores {
		wantAtLeast(1, "BoxPlot", s.Values)
		names[i] = s.title()
		box, err := plotter.NewBoxPlot(width, float64(i), plotter.Values(s.Values))
		must(err)
		box.FillColor = soft
		box.BoxStyle.Color, box.MedianStyle.Color, box.WhiskerStyle.Color = ink, ink, ink
		box.GlyphStyle.Radius = 0 // the dots below show outliers too
		dots, err := plotter.NewScatter(strip(s.Values, float64(i)))
		must(err)
		dots.GlyphStyle = draw.GlyphStyle{Color: faint, Radius: vg.Points(2), Shape: draw.CircleGlyph{}}
		p.Add(box, dots)
	}
	p.NominalX(names...)
	return p
}

// strip places the values at x with a fixed sideways spread.
func strip(values []float64, x float64) plotter.XYs {
	stream := rng.Root(1).Stream("experiment", "strip")
	points := make(plotter.XYs, len(values))
	for i, v := range values {
		points[i] = plotter.XY{X: x + float64(0.3*(float64(stream.Float64())-0.5)), Y: v}
	}
	return points
}

// MeanPlot shows how the mean settles as runs are added, with a band of one
// standard error on either side: when the band is narrow enough, the repeats are enough.
func MeanPlot(s *Scores) *plot.Plot {
	wantAtLeast(3, "MeanPlot", s.Values)
	p := plot.New()
	p.Title.Text = s.title()
	p.X.Tick.Marker = wholeTicks{}
	p.X.Label.Text, p.Y.Label.Text = "repeats", "mean score ± standard error"
	var mean, low, high plotter.XYs
	for n := 2; n <= len(s.Values); n++ {
		m := momentsOf(s.Values[:n])
		sem := math.Sqrt(m.variance() / m.n)
		x := float64(n)
		mean = append(mean, plotter.XY{X: x, Y: m.mean})
		low = append(low, plotter.XY{X: x, Y: m.mean - sem})
		high = append(high, plotter.XY{X: x, Y: m.mean + sem})
	}
	p.Add(band(low, high), line(mean))
	return p
}

// DifferencePlot shows the paired differences a - b run by run, their mean as a line, its 95 %
// interval as a band, and zero, where the two are equal: when the band leaves zero out, they are not.
func DifferencePlot(a, b *Scores) *plot.Plot {
	wantPairs("DifferencePlot", a.Values, b.Values)
	wantAtLeast(1, "DifferencePlot", a.Values, b.Values)
	p := plot.New()
	p.X.Tick.Marker = wholeTicks{}
	p.X.Label.Text, p.Y.Label.Text = "run", fmt.Sprintf("%s - %s", a.title(), b.title())
	points := make(plotter.XYs, len(a.Values))
	for i, d := range differences(a.Values, b.Values) {
		points[i] = plotter.XY{X: float64(i), Y: d}
	}
	dots, err := plotter.NewScatter(points)
	must(err)
	dots.GlyphStyle = draw.GlyphStyle{Color: ink, Radius: vg.Points(2.5), Shape: draw.CircleGlyph{}}
	zero := plotter.NewFunction(func(float64) float64 { return 0 })
	zero.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
	if len(points) > 1 {
		m, right := momentsOf(differences(a.Values, b.Values)), float64(len(points)-1)
		ci := meanCI(m)
		level := func(y float64) plotter.XYs { return plotter.XYs{{X: 0, Y: y}, {X: right, Y: y}} }
		p.Add(band(level(ci.Low), level(ci.High)), line(level(m.mean)))
	}
	p.Add(zero, dots)
	p.Y.Min, p.Y.Max = min(p.Y.Min, 0), max(p.Y.Max, 0)
	return p
}

// CurveBand shows several learning curves (one loss an epoch and run) as their
// median with a band from the lower to the upper quartile.
func CurveBand(curves [][]float64) *plot.Plot {
	p := plot.New()
	p.X.Tick.Marker = wholeTicks{}
	p.X.Label.Text, p.Y.Label.Text = "epoch", "loss"
	if len(curves) == 0 || len(curves[0]) < 2 {
		panic(fmt.Errorf("experiment: CurveBand wants at least one curve of two epochs"))
	}
	var mid, low, high plotter.XYs
	at := make([]float64, len(curves))
	for e := range curves[0] {
		for i, c := range curves {
			if len(c) != len(curves[0]) {
				panic(fmt.Errorf("experiment: CurveBand wants curves of one length, got %d and %d epochs", len(curves[0]), len(c)))
			}
			at[i] = c[e]
		}
		s, x := sorted(at), float64(e+1)
		low = append(low, plotter.XY{X: x, Y: quantileSorted(s, 0.25, "linear")})
		mid = append(mid, plotter.XY{X: x, Y: quantileSorted(s, 0.5, "linear")})
		high = append(high, plotter.XY{X: x, Y: quantileSorted(s, 0.75, "linear")})
	}
	p.Add(band(low, high), line(mid))
	return p
}

// wholeTicks mark whole numbers only: there is no run 2.5.
type wholeTicks struct{}

// Ticks implements plot.Ticker.
func (wholeTicks) Ticks(low, high float64) []plot.Tick {
	step := 1
	for float64(8*step) < high-low { // at most nine marks: 1, 2, 5, 10, 20...
		if strconv.Itoa(step)[0] == '2' {
			step = step / 2 * 5
		} else {
			step *= 2
		}
	}
	var ticks []plot.Tick
	for v := int(math.Ceil(low/float64(step))) * step; float64(v) <= high; v += step {
		ticks = append(ticks, plot.Tick{Value: float64(v), Label: strconv.Itoa(v)})
	}
	return ticks
}

func line(points plotter.XYs) *plotter.Line {
	l, err := plotter.NewLine(points)
	must(err)
	l.Color, l.Width = ink, vg.Points(1.5)
	return l
}

func band(low, high plotter.XYs) *plotter.Polygon {
	outline := append(plotter.XYs(nil), high...)
	for i := len(low) - 1; i >= 0; i-- {
		outline = append(outline, low[i])
	}
	b, err := plotter.NewPolygon(outline)
	must(err)
	b.Color, b.LineStyle.Width = soft, 0
	return b
}

// must is for plotters whose data were checked before.
func must(err error) {
	if err != nil {
		panic(fmt.Errorf("experiment: %w", err))
	}
}
