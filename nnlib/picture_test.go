package nnlib_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"reprise/nnlib"
)

// elements parses a picture and counts its elements by name; a picture that is not whole XML fails.
func elements(t *testing.T, svg string) map[string]int {
	t.Helper()
	counts := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return counts
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if start, ok := token.(xml.StartElement); ok {
			counts[start.Name.Local]++
		}
	}
}

// skipping is a model with two inputs and outputs, a shared layer and a way past a layer.
func skipping() *nnlib.Model {
	a, b := nnlib.Input(4), nnlib.Input(4)
	shared := &nnlib.Dense{Units: 4, Name: "<shared> & long, with a name that no box has room for"}
	sum := nnlib.Apply(&nnlib.Add{}, a.Apply(shared), b.Apply(shared))
	skip := nnlib.Apply(&nnlib.Concatenate{}, sum, sum.Apply(&nnlib.Dense{Units: 4}))
	return fresh().NewModel([]*nnlib.Node{a, b}, []*nnlib.Node{skip, skip.Apply(&nnlib.Dense{Units: 1})})
}

func TestModelPicture(t *testing.T) {
	p := nnlib.PlotModel(skipping())
	counts := elements(t, p.SVG())
	if counts["rect"] != 8 || counts["path"] != 2*8 || counts["text"] != 16 {
		t.Error(counts) // 8 boxes, 8 arrows of a line and a head, two lines of text in each box
	}
	if p.SVG() != nnlib.PlotModel(skipping()).SVG() {
		t.Error("the same model gives other bytes")
	}
	if !strings.Contains(p.SVG(), "&lt;shared&gt; &amp; ") || !strings.Contains(p.SVG(), "20 parameters") {
		t.Error(p.SVG())
	}
	if got := p.String(); !strings.Contains(got, "6 concatenate_1 (Concatenate) [8] from [4 5]") {
		t.Error(got)
	}
	elements(t, nnlib.PlotModel(fresh().NewSequential()).SVG()) // nothing to draw
}

func TestHistoryPicture(t *testing.T) {
	h := &nnlib.History{Epoch: []int{0, 1, 2}, Loss: []float64{3, math.NaN(), 0.01}, ValLoss: []float64{3, 2, 1}, Metrics: map[string][]float64{"mae": {1, 1, 1}, "val_mae": {2, 1, 1}, "lr": {0.1, 0.1, 0.1}}}
	svg := h.SVG()
	if counts := elements(t, svg); counts["path"] != 5 || counts["tspan"] != 4 {
		t.Error(counts) // three numbers, two of them with validation
	}
	if !strings.Contains(svg, "M58.0 30.0M308.0 180.0") {
		t.Error("the curve does not leave out what is no number:", svg)
	}
	if svg != h.SVG() {
		t.Error("the same history gives other bytes")
	}
	elements(t, (&nnlib.History{}).SVG())
	elements(t, (&nnlib.History{Epoch: []int{0}, Loss: []float64{0}}).SVG())
	long := &nnlib.History{}
	for i := range 100_000 {
		long.Epoch, long.Loss = append(long.Epoch, i), append(long.Loss, float64(i))
	}
	if n := len(long.SVG()); n > 20_000 {
		t.Errorf("a long history is a picture of %d bytes", n)
	}
}

func TestConfusionPicture(t *testing.T) {
	c := nnlib.ConfusionMatrix([]string{"a", "b", "b"}, []string{"a", "a", "<c>"})
	if counts := elements(t, c.SVG()); counts["rect"] != 9 || counts["title"] != 9 {
		t.Error(counts)
	}
	if want := []string{"<c>", "a", "b"}; !slices.Equal(c.Labels, want) || c.String() != strings.TrimSpace(`
true \ predicted   <c>     a     b
<c>                  0     0     0
a                    0     1     0
b                    1     1     0`) {
		t.Errorf("%v\n%s", c.Labels, c)
	}
}
