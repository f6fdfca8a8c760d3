package nnlib

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"reprise/nnlib/exact"
)

// SVG draws the history: the loss over the epochs, and beside it each metric, with
// the values of the validation in a second colour. A notebook shows it.
func (h *History) SVG() string {
	panels := []panel{{"loss", h.Loss, h.ValLoss}}
	for _, name := range slices.Sorted(maps.Keys(h.Metrics)) {
		if !strings.HasPrefix(name, "val_") {
			panels = append(panels, panel{name, h.Metrics[name], h.Metrics["val_"+name]})
		}
	}
	const perRow = 3
	d := drawing{width: min(len(panels), perRow) * panelWidth, height: (len(panels) + perRow - 1) / perRow * panelHeight}
	for k, p := range panels {
		p.draw(&d, h.Epoch, float64(k%perRow*panelWidth), float64(k/perRow*panelHeight))
	}
	return d.svg("training history")
}

// A panel is one number over the epochs, of training and of validation.
type panel struct {
	title           string
	train, validate []float64
}

const (
	panelWidth, panelHeight = 330, 220
	panelLeft, panelTop     = 58, 30
	plotWidth, plotHeight   = 250, 150
	trainColour             = "#2f7ed8"
	validateColour          = "#e07b00"
)

func (p panel) draw(d *drawing, epochs []int, left, top float64) {
	x0, y0 := left+panelLeft, top+panelTop
	d.text(x0, top+18, "start", "", p.title)
	if len(p.validate) > 0 {
		fmt.Fprintf(&d.body, `<text x="%g" y="%g" text-anchor="end"><tspan style="fill:%s">training</tspan> <tspan style="fill:%s">validation</tspan></text>`+"\n", x0+plotWidth, top+18, trainColour, validateColour)
	}
	axis := axisOf(slices.Concat(p.train, p.validate))
	for _, tick := range axis.ticks() {
		y := y0 + plotHeight - float64(plotHeight*axis.at(tick))
		fmt.Fprintf(&d.body, `<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`+"\n", x0, x0+plotWidth, y, y)
		d.text(x0-6, math.Round(y+4), "end", "soft", strconv.FormatFloat(tick, 'g', 3, 64))
	}
	if len(epochs) > 0 {
		d.text(x0, y0+plotHeight+18, "middle", "soft", fmt.Sprint(epochs[0]+1))
		d.text(x0+plotWidth, y0+plotHeight+18, "end", "soft", fmt.Sprintf("epoch %d", epochs[len(epochs)-1]+1))
	}
	p.line(d, axis, p.train, x0, y0, trainColour)
	p.line(d, axis, p.validate, x0, y0, validateColour)
}

// line draws a curve of at most 500 points: of more it takes the ends and equal steps between.
func (p panel) line(d *drawing, axis axis, values []float64, x0, y0 float64, colour string) {
	n := len(values)
	points := min(n, 500)
	var path strings.Builder
	pen := "M"
	for k := range points {
		i := k * max(n-1, 0) / max(points-1, 1)
		if !finiteNumber(values[i]) {
			pen = "M"
			continue
		}
		x, y := x0, y0+plotHeight-float64(plotHeight*axis.at(values[i]))
		if n > 1 {
			x += float64(plotWidth * float64(i) / float64(n-1))
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", pen, x, y)
		pen = "L"
		if n == 1 {
			fmt.Fprintf(&path, "h%d", plotWidth)
		}
	}
	if path.Len() > 0 {
		fmt.Fprintf(&d.body, `<path d="%s" fill="none" stroke="%s" stroke-width="2" stroke-linejoin="round"/>`+"\n", path.String(), colour)
	}
}

// An axis goes from low to high, by powers where the values differ by more than a factor of 50.
type axis struct {
	low, high float64
	log       bool
}

func axisOf(values []float64) axis {
	low, high := inf, -inf
	for _, v := range values {
		if finiteNumber(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	switch {
	case low > high:
		return axis{0, 1, false}
	case low == high:
		return axis{low - 0.5, high + 0.5, false}
	case low > 0 && high/low > 50:
		return axis{low, high, true}
	}
	return axis{low, high, false}
}

// at returns where on the axis v is, from 0 to 1.
func (a axis) at(v float64) float64 {
	if a.log {
		return exact.Log(v/a.low) / exact.Log(a.high/a.low)
	}
	return (v - a.low) / (a.high - a.low)
}

// ticks returns round numbers on the axis: powers of ten, or 3 to 6 steps of 1, 2 or 5.
func (a axis) ticks() (ticks []float64) {
	if a.log {
		for e := -30; e <= 30; e++ {
			v, err := strconv.ParseFloat(fmt.Sprintf("1e%d", e), 64)
			if err == nil && v >= a.low && v <= a.high {
				ticks = append(ticks, v)
			}
		}
		return ticks
	}
	step := roundStep((a.high - a.low) / 4)
	for k := math.Ceil(a.low / step); float64(k*step) <= a.high && len(ticks) < 20; k++ {
		ticks = append(ticks, k*step)
	}
	return ticks
}

// roundStep returns the 1, 2 or 5 times a power of ten that is next to s, upwards.
func roundStep(s float64) float64 {
	power, err := strconv.ParseFloat("1e"+exponentOf(s), 64)
	if err != nil || power == 0 {
		return 1
	}
	for _, f := range []float64{1, 2, 5} {
		if f*power >= s {
			return f * power
		}
	}
	return 10 * power
}

// exponentOf is the exponent of s in decimal notation.
func exponentOf(s float64) string {
	_, exponent, _ := strings.Cut(strconv.FormatFloat(s, 'e', -1, 64), "e")
	return exponent
}
