package nnlib

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// A ModelPlot is a model as a graph: its layers, the shapes that they make, and what
// goes where.
type ModelPlot struct{ boxes []box }

// A box is one call of a layer.
type box struct {
	name, kind string
	shape      Shape
	params     int
	from       []int
	rank       int     // boxes on the longest way from an input
	x          float64 // of its middle
}

// PlotModel returns the model as a graph, as Keras's plot_model draws it. A notebook shows it.
func PlotModel(m *Model) *ModelPlot {
	p, numbers := &ModelPlot{}, map[*node]int{}
	for k, n := range m.nodes {
		numbers[n] = k
		b := box{name: n.name, kind: "Input", shape: n.shape}
		if n.layer != nil {
			b.kind = typeName(n.layer)
		}
		for _, w := range n.params {
			b.params += len(w.Value.Data)
		}
		for _, f := range n.from {
			b.from = append(b.from, numbers[f])
			b.rank = max(b.rank, p.boxes[numbers[f]].rank+1)
		}
		p.boxes = append(p.boxes, b)
	}
	p.place()
	return p
}

const boxWidth, boxHeight, rankHeight = 190.0, 46.0, 84

// place puts the boxes of a rank side by side, each as near to what it comes from as there is room.
func (p *ModelPlot) place() {
	ranks := map[int][]int{}
	deepest := 0
	for k, b := range p.boxes {
		ranks[b.rank] = append(ranks[b.rank], k)
		deepest = max(deepest, b.rank)
	}
	for r := 0; r <= deepest; r++ {
		row := ranks[r]
		for k, i := range row {
			p.boxes[i].x = float64(float64(k) * (boxWidth + 24))
			if from := p.boxes[i].from; len(from) > 0 {
				sum := 0.0
				for _, f := range from {
					sum += p.boxes[f].x
				}
				p.boxes[i].x = sum / float64(len(from))
			}
		}
		slices.SortStableFunc(row, func(a, b int) int {
			switch {
			case p.boxes[a].x < p.boxes[b].x:
				return -1
			case p.boxes[a].x > p.boxes[b].x:
				return 1
			}
			return 0
		})
		p.spread(row)
	}
}

// spread moves the boxes of a row apart, around the middle of where they wanted to be.
func (p *ModelPlot) spread(row []int) {
	wanted, got := 0.0, 0.0
	for _, i := range row {
		wanted += p.boxes[i].x
	}
	for k := 1; k < len(row); k++ {
		left, right := &p.boxes[row[k-1]], &p.boxes[row[k]]
		right.x = max(right.x, left.x+boxWidth+24)
	}
	for _, i := range row {
		got += p.boxes[i].x
	}
	for _, i := range row {
		p.boxes[i].x += (wanted - got) / float64(len(row))
	}
}

// String lists the layers.
func (p *ModelPlot) String() string {
	text := ""
	for k, b := range p.boxes {
		if k > 0 {
			text += "\n"
		}
		text += fmt.Sprintf("%d %s (%s) %v", k, b.name, b.kind, b.shape)
		if len(b.from) > 0 {
			text += fmt.Sprintf(" from %v", b.from)
		}
	}
	return text
}

// SVG draws the graph, from the inputs down. The same model gives the same bytes.
func (p *ModelPlot) SVG() string {
	left, right, deepest := inf, -inf, 0
	for _, b := range p.boxes {
		left, right, deepest = min(left, b.x), max(right, b.x), max(deepest, b.rank)
	}
	if len(p.boxes) == 0 {
		left, right = 0, 0
	}
	d := drawing{width: int(right-left+boxWidth) + 50, height: deepest*rankHeight + int(boxHeight) + 20}
	at := func(b box) (x, y float64) { return b.x - left + boxWidth/2 + 10, float64(10 + b.rank*rankHeight) }
	for _, b := range p.boxes {
		for _, f := range b.from {
			x1, y1 := at(p.boxes[f])
			x2, y2 := at(b)
			if p.hides(p.boxes[f], b) {
				aside(&d, x1, y1+boxHeight, x2, y2)
			} else {
				arrow(&d, x1, y1+boxHeight, x2, y2)
			}
		}
	}
	for _, b := range p.boxes {
		x, y := at(b)
		b.draw(&d, x, y)
	}
	return d.svg("model graph")
}

// hides says whether a box lies on the straight way between two others.
func (p *ModelPlot) hides(from, to box) bool {
	for _, b := range p.boxes {
		if b.rank <= from.rank || b.rank >= to.rank {
			continue
		}
		share := float64(b.rank-from.rank) / float64(to.rank-from.rank)
		if x := from.x + float64(share*(to.x-from.x)); x > b.x-boxWidth/2-8 && x < b.x+boxWidth/2+8 {
			return true
		}
	}
	return false
}

// aside is an arrow that leaves and arrives at the right sides' edge, past what lies between.
func aside(d *drawing, x1, y1, x2, y2 float64) {
	lane := max(x1, x2) + boxWidth/2 + 18
	fmt.Fprintf(&d.body, `<path class="line" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fL%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/><path d="M%.1f %.1fl-4 -7h8z" fill="currentColor" fill-opacity=".6"/>`+"\n",
		x1, y1, x1, y1+30, lane, y1, lane, y1+34, lane, y2-34, lane, y2-8, x2+20, y2-34, x2+20, y2-6, x2+20, y2)
}

func arrow(d *drawing, x1, y1, x2, y2 float64) {
	half := (y1 + y2) / 2
	fmt.Fprintf(&d.body, `<path class="line" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/><path d="M%.1f %.1fl-4 -7h8z" fill="currentColor" fill-opacity=".6"/>`+"\n",
		x1, y1, x1, half, x2, half, x2, y2-6, x2, y2)
}

func (b box) draw(d *drawing, x, y float64) {
	title := fmt.Sprintf("%s, %d parameters", b.kind, b.params)
	fill := "#2f7ed8"
	if len(b.from) == 0 {
		fill = "#3d9a50"
	}
	fmt.Fprintf(&d.body, `<rect x="%.1f" y="%.1f" width="%g" height="%g" rx="8" fill="%s" fill-opacity=".14" stroke="%s" stroke-opacity=".7"><title>%s</title></rect>`+"\n",
		x-boxWidth/2, y, boxWidth, boxHeight, fill, fill, html.EscapeString(title))
	name := b.name
	switch {
	case len(b.from) == 0:
		name = b.kind
	case !strings.HasPrefix(b.name, snake(b.kind)): // it has a name of its own
		name = b.kind + " · " + b.name
	}
	d.text(x, y+19, "middle", "", shorten(name, 27))
	d.text(x, y+36, "middle", "soft", fmt.Sprintf("%v  %s", b.shape, counted(b.params)))
}

func counted(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d params", n)
}
