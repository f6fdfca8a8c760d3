package dataframe

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

func drawn(p *plot.Plot) []byte {
	c := vgsvg.New(400, 300)
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// TestPlotsAreTheSameEachTime draws each plot twice, of two frames: equal frames
// give equal bytes, others do not; infinities and holes do no harm.
func TestPlotsAreTheSameEachTime(t *testing.T) {
	frame := func(scale float64) DataFrame {
		x, y := make([]float64, 40), make([]any, 40)
		for i := range x {
			x[i] = float64((i*i)%17) * scale
			if y[i] = float64(i%5) - scale; i%11 == 3 {
				y[i] = nil
			}
		}
		y[7] = math.Inf(1)
		return FromColumns([]string{"x", "y", "s"}, x, y, strings.Split(strings.Repeat("a,", 39)+"b", ","))
	}
	for name, make := range map[string]func(df DataFrame) *plot.Plot{
		"line":            func(df DataFrame) *plot.Plot { return PlotLine(df) },
		"line over x":     func(df DataFrame) *plot.Plot { return PlotLine(df, PlotOptions{X: "x", Columns: []string{"y"}}) },
		"hist":            func(df DataFrame) *plot.Plot { return PlotHist(df, "y", 0) },
		"box":             func(df DataFrame) *plot.Plot { return PlotBox(df) },
		"scatter matrix":  func(df DataFrame) *plot.Plot { return PlotScatterMatrix(df) },
		"lag":             func(df DataFrame) *plot.Plot { return PlotLag(df, "x", 1) },
		"autocorrelation": func(df DataFrame) *plot.Plot { return PlotAutocorrelation(df, "x", 9) },
	} {
		a, b := drawn(make(frame(1))), drawn(make(frame(1)))
		if !bytes.Equal(a, b) {
			t.Errorf("%s: the same frame is drawn in two ways", name)
		}
		if len(a) < 1000 || bytes.Contains(a, []byte("NaN")) || bytes.Contains(a, []byte("Inf")) {
			t.Errorf("%s: %d bytes, some of them NaN or Inf", name, len(a))
		}
		if other := drawn(make(frame(2.5))); bytes.Equal(a, other) && name != "autocorrelation" {
			t.Errorf("%s: another frame gives the same picture", name)
		}
	}
}

// TestLongAndWideFrames checks what is left out, against what pandas prints.
func TestLongAndWideFrames(t *testing.T) {
	long := Text(FromSlice(make([]int, 61)))
	want := "    0\n0   0\n1   0\n2   0\n3   0\n4   0\n.. ..\n56  0\n57  0\n58  0\n59  0\n60  0\n\n[61 rows x 1 columns]"
	if long != want {
		t.Errorf("got\n%s\nwant\n%s", long, want)
	}
	if all := Text(FromSlice(make([]int, 60))); strings.Count(all, "\n") != 62 {
		t.Errorf("60 rows are not all shown:\n%s", all)
	}
	names, columns := make([]string, 21), make([]any, 21)
	for i := range names {
		names[i], columns[i] = fmt.Sprint("c", i), []int{i}
	}
	wide := HTML(FromColumns(names, columns...))
	if strings.Contains(wide, "<th>c10</th>") || !strings.Contains(wide, "<th>c9</th>\n      <th>...</th>\n      <th>c11</th>") || !strings.Contains(wide, "<p>1 rows × 21 columns</p>") {
		t.Errorf("a wide frame is shown as\n%s", wide)
	}
	if got := HTML(FromColumns([]string{"<b>"}, []string{"<i>&"})); strings.Contains(got, "<b>") || strings.Contains(got, "<i>") {
		t.Errorf("text is taken for HTML:\n%s", got)
	}
}
