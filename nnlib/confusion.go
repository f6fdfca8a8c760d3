package nnlib

import (
	"fmt"
	"html"
	"strings"
)

// A Confusion counts how often each true class (row) was predicted as each class
// (column). In a notebook it shows as a picture.
type Confusion struct {
	Labels []string
	Counts [][]int // by true and predicted class
}

// ConfusionMatrix is scikit-learn's confusion_matrix, its classes in sorted order.
// Classes are texts or numbers; rows of several numbers, as a softmax predicts them,
// stand for the place of the largest.
func ConfusionMatrix(yTrue, yPred any) *Confusion {
	l := labels("ConfusionMatrix", yTrue, yPred)
	c := &Confusion{Labels: l.names, Counts: make([][]int, len(l.names))}
	for k := range c.Counts {
		c.Counts[k] = make([]int, len(l.names))
	}
	for i, t := range l.truth {
		c.Counts[t][l.pred[i]]++
	}
	return c
}

// String returns the counts as text.
func (c *Confusion) String() string {
	wide := len("true \\ predicted")
	for _, l := range c.Labels {
		wide = max(wide, len(l))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s", wide, "true \\ predicted")
	for _, l := range c.Labels {
		fmt.Fprintf(&b, "  %*s", max(len(l), 4), l)
	}
	for k, row := range c.Counts {
		fmt.Fprintf(&b, "\n%-*s", wide, c.Labels[k])
		for j, n := range row {
			fmt.Fprintf(&b, "  %*d", max(len(c.Labels[j]), 4), n)
		}
	}
	return b.String()
}

// SVG draws the counts: the more of a row are in a cell, the darker it is. It reads
// on light and on dark pages.
func (c *Confusion) SVG() string {
	const cell, letter = 56, 7
	margin := 24
	for _, l := range c.Labels {
		margin = max(margin, 34+letter*len([]rune(l)))
	}
	n := len(c.Labels)
	d := drawing{width: margin + n*cell + 10, height: 42 + n*cell + 10}
	d.text(float64(margin+n*cell/2), 14, "middle", "soft", "predicted")
	fmt.Fprintf(&d.body, `<text class="soft" text-anchor="middle" transform="translate(14 %g) rotate(-90)">true</text>`+"\n", float64(42+n*cell/2))
	for k, row := range c.Counts {
		total := 0
		for _, v := range row {
			total += v
		}
		y := 42 + k*cell
		d.text(float64(margin-8), float64(y+cell/2+4), "end", "", c.Labels[k])
		d.text(float64(margin+k*cell+cell/2), 34, "middle", "", shorten(c.Labels[k], cell/letter))
		for j, v := range row {
			share := 0.0
			if total > 0 {
				share = float64(v) / float64(total)
			}
			x := margin + j*cell
			fmt.Fprintf(&d.body, `<rect class="cell" x="%d" y="%d" width="%d" height="%d" rx="3" fill="#2f6fb0" fill-opacity="%.3f"><title>%s</title></rect>`+"\n",
				x+1, y+1, cell-2, cell-2, 0.06+float64(0.9*share), html.EscapeString(fmt.Sprintf("%s predicted as %s: %d of %d", c.Labels[k], c.Labels[j], v, total)))
			class := ""
			if share > 0.55 {
				class = "light"
			}
			d.text(float64(x+cell/2), float64(y+cell/2+4), "middle", class, fmt.Sprint(v))
		}
	}
	return d.svg("confusion matrix")
}

// shorten cuts a text that is longer than n letters.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
