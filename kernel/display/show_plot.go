package display

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Size of a plot that is just the value of a cell.
const (
	plotWidth  = 6 * vg.Inch
	plotHeight = 4 * vg.Inch
)

func showPlot(_ Options, p *plot.Plot) (Bundle, error) {
	if p == nil {
		return Bundle{}, errors.ErrUnsupported
	}
	return drawPlot(p, plotWidth, plotHeight)
}

// AsPlot shows p in a size of one's own: display.AsPlot(p, 8*vg.Inch, 3*vg.Inch).
// It panics with an error when p cannot be drawn.
func AsPlot(p *plot.Plot, width, height vg.Length) Bundle {
	b, err := drawPlot(p, width, height)
	if err != nil {
		panic(err)
	}
	return b
}

// drawPlot makes the SVG that front ends show, and a PNG for those that show
// none (GitHub, e-mail). Neither holds a time or a random id.
func drawPlot(p *plot.Plot, width, height vg.Length) (Bundle, error) {
	vector := vgsvg.New(width, height)
	p.Draw(draw.New(vector))
	var svg bytes.Buffer
	if _, err := vector.WriteTo(&svg); err != nil {
		return Bundle{}, fmt.Errorf("display: drawing the plot: %w", err)
	}
	raster := vgimg.New(width, height)
	p.Draw(draw.New(raster))
	var png bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: raster}).WriteTo(&png); err != nil {
		return Bundle{}, fmt.Errorf("display: drawing the plot: %w", err)
	}
	name := plotName(p)
	return Bundle{Data: map[string]any{
		Text: name,
		SVG:  inlineSVG(svg.String(), name),
		PNG:  base64.StdEncoding.EncodeToString(png.Bytes()),
	}}, nil
}

// plotName is what stands for the plot where it cannot be seen.
func plotName(p *plot.Plot) string {
	name := "plot"
	if p.Title.Text != "" {
		name += ": " + p.Title.Text
	}
	if p.X.Label.Text != "" || p.Y.Label.Text != "" {
		name += fmt.Sprintf(" (%s over %s)", p.Y.Label.Text, p.X.Label.Text)
	}
	return strings.Join(strings.Fields(name), " ")
}

// inlineSVG takes the XML declaration away, which may not stand inside HTML,
// and gives the picture a name that screen readers find.
func inlineSVG(svg, name string) string {
	i := strings.Index(svg, "<svg ")
	return `<svg role="img" aria-label="` + html.EscapeString(name) + `" ` + svg[i+len("<svg "):]
}
