package display

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color/palette"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

type own struct{}

func (own) HTML() string     { return "<b>own</b>" }
func (own) Markdown() string { return "**own**" }
func (own) LaTeX() string    { return "$own$" }
func (own) SVG() string      { return "<svg/>" }
func (own) JSON() any        { return map[string]int{"own": 1} }
func (own) PNG() []byte      { return []byte("\x89PNG") }
func (own) JPEG() []byte     { return []byte("\xff\xd8") }
func (own) String() string   { return "own text" }
func (own) MIMEBundle() map[string]any {
	return map[string]any{"application/x-own": []byte("raw"), "text/csv": []byte("a,b")}
}

func TestOwnMethods(t *testing.T) {
	same(t, render(t, own{}), map[string]any{
		Text: "own text", HTML: "<b>own</b>", Markdown: "**own**", LaTeX: "$own$", SVG: "<svg/>",
		JSON: map[string]int{"own": 1}, PNG: "iVBORw==", JPEG: "/9g=",
		"application/x-own": "cmF3", "text/csv": "a,b",
	})
}

type pointerOnly struct{ n int }

func (p *pointerOnly) HTML() string { return fmt.Sprint("<i>", p.n, "</i>") }

type panics struct{}

func (panics) HTML() string { panic("no HTML today") }

type markdownText struct{}

func (markdownText) MIMEBundle() map[string]any {
	return map[string]any{Text: "mine", Markdown: "*mine*"}
}

func TestOwnMethodsAtTheEdges(t *testing.T) {
	same(t, render(t, &pointerOnly{3}), map[string]any{HTML: "<i>3</i>", Text: "&{n:3}"})
	same(t, render(t, (*pointerOnly)(nil)), map[string]any{Text: "<nil>"})
	same(t, render(t, markdownText{}), map[string]any{Text: "mine", Markdown: "*mine*"})
	_, err := Render(panics{})
	if err == nil || err.Error() != "display: showing a display.panics failed: no HTML today" {
		t.Errorf("got %v", err)
	}
}

// A foreign is how an engine hands over a value of a type declared in a cell.
type foreign struct {
	value   any
	methods map[string]any
}

func (f foreign) DisplayType() string           { return "Cell" }
func (f foreign) DisplayValue() any             { return f.value }
func (f foreign) DisplayMethod(name string) any { return f.methods[name] }

func TestForeign(t *testing.T) {
	same(t, render(t, foreign{struct{ X int }{1}, nil}), map[string]any{Text: "{X:1}"})
	shows := map[string]any{"HTML": func() string { return "<p>" }, "PNG": func() []byte { return []byte("raw") }, "SVG": func(int) string { return "not ours" }}
	same(t, render(t, foreign{7, shows}), map[string]any{Text: "7", HTML: "<p>", PNG: "cmF3"})
	b := render(t, foreign{[]struct{ A, B int }{{1, 2}}, nil})
	if !strings.Contains(fmt.Sprint(b.Data[HTML]), `<th scope="col">A</th>`) {
		t.Errorf("no table: %v", b.Data)
	}
}

func TestBundlesPassThrough(t *testing.T) {
	for _, c := range []struct {
		b    Bundle
		want map[string]any
	}{
		{AsHTML("<b>"), map[string]any{HTML: "<b>", Text: "<text/html>"}},
		{AsMarkdown("# x"), map[string]any{Markdown: "# x", Text: "# x"}},
		{AsLaTeX("$x$"), map[string]any{LaTeX: "$x$", Text: "$x$"}},
		{AsSVG("<svg/>"), map[string]any{SVG: "<svg/>", Text: "<image/svg+xml>"}},
		{AsPNG([]byte("raw")), map[string]any{PNG: "cmF3", Text: "<image/png>"}},
		{AsJPEG([]byte("raw")), map[string]any{JPEG: "cmF3", Text: "<image/jpeg>"}},
		{AsJSON([]int{1}), map[string]any{JSON: []int{1}, Text: "<application/json>"}},
		{AsText("plain"), map[string]any{Text: "plain"}},
		{Any("application/pdf", []byte("raw")), map[string]any{"application/pdf": "cmF3", Text: "<application/pdf>"}},
		{Any("image/svg+xml", []byte("<svg/>")), map[string]any{SVG: "<svg/>", Text: "<image/svg+xml>"}},
		{Bundle{}, map[string]any{Text: ""}},
		{Bundle{Data: map[string]any{HTML: "<b>"}}, map[string]any{HTML: "<b>", Text: ""}},
	} {
		same(t, render(t, c.b), c.want)
	}
}

func TestErrors(t *testing.T) {
	same(t, render(t, fmt.Errorf("no file: %w", os.ErrNotExist)), map[string]any{Text: "no file: file does not exist"})
	same(t, render(t, error(&os.PathError{Op: "open", Path: "x", Err: os.ErrNotExist})), map[string]any{Text: "open x: file does not exist"})
}

func TestFrames(t *testing.T) {
	df := gota.New(series.New([]int{1, 2}, series.Int, "a<b"), series.New([]string{"x", "y"}, series.String, "s"))
	b := render(t, df)
	if text := b.Data[Text].(string); !strings.Contains(text, "a<b") || !strings.Contains(text, "2 rows") {
		t.Errorf("got %s", text)
	}
	if h := b.Data[HTML].(string); !strings.Contains(h, "<table") || !strings.Contains(h, "a&lt;b") {
		t.Errorf("got %s", h)
	}
	b = render(t, df.Col("s"))
	if h, ok := b.Data[HTML].(string); !ok || !strings.Contains(h, "y") {
		t.Errorf("got %v", b.Data)
	}
	if _, err := Render(gota.DataFrame{Err: errors.New("no such column")}); err == nil || err.Error() != "no such column" {
		t.Errorf("got %v", err)
	}
	if b, err := Render(gota.DataFrame{}); err != nil {
		t.Errorf("the empty frame: %v %v", b, err)
	}
}

func TestMatrices(t *testing.T) {
	for _, c := range []struct {
		m    mat.Matrix
		want string
	}{
		{mat.NewDense(2, 2, []float64{1, 2.5, -3, 1e-9}), "⎡ 1    2.5⎤\n⎣-3  1e-09⎦"},
		{mat.NewVecDense(3, []float64{1, 2, 3}), "⎡1⎤\n⎢2⎥\n⎣3⎦"},
		{mat.NewDense(1, 2, []float64{1, 2}), "[1  2]"},
		{mat.NewSymDense(2, []float64{1, 2, 2, 3}), "⎡1  2⎤\n⎣2  3⎦"},
		{&mat.Dense{}, "Dims(0, 0)"},
		{(*mat.Dense)(nil), "<nil>"},
	} {
		same(t, render(t, c.m), map[string]any{Text: c.want})
	}
	large := render(t, mat.NewDense(100, 30, nil)).Data[Text].(string)
	if !strings.HasPrefix(large, "Dims(100, 30)") || strings.Count(large, "\n") != 2*edge+3 { // the size above, three dots between
		t.Errorf("got\n%s", large)
	}
	whole := Whole(mat.NewDense(100, 30, nil)).Data[Text].(string)
	if strings.Count(whole, "\n") != 99 {
		t.Errorf("Whole has %d lines", strings.Count(whole, "\n"))
	}
}

func samplePlot(t testing.TB) *plot.Plot {
	p := plot.New()
	p.Title.Text = `Loss <of> "one" run`
	p.X.Label.Text, p.Y.Label.Text = "epoch", "loss"
	line, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 1}, {X: 1, Y: 0.3}, {X: 2, Y: 0.25}})
	if err != nil {
		t.Fatal(err)
	}
	box, err := plotter.NewBoxPlot(vg.Points(20), 1, plotter.Values{0.2, 0.4, 0.5, 0.9})
	if err != nil {
		t.Fatal(err)
	}
	p.Add(plotter.NewGrid(), line, box)
	p.Legend.Add("train", line)
	return p
}

func TestPlotIsDeterministic(t *testing.T) {
	p := samplePlot(t)
	first := render(t, p)
	same(t, render(t, p), first.Data)             // drawn again
	same(t, render(t, samplePlot(t)), first.Data) // made again
	if first.Data[Text] != `plot: Loss <of> "one" run (loss over epoch)` {
		t.Errorf("text %v", first.Data[Text])
	}
	svg := first.Data[SVG].(string)
	if !strings.HasPrefix(svg, `<svg role="img" aria-label="plot: Loss &lt;of&gt; &#34;one&#34; run (loss over epoch)" width="432pt"`) || !strings.HasSuffix(strings.TrimSpace(svg), "</svg>") {
		t.Errorf("svg %.200s", svg)
	}
	img := decodePNG(t, first)
	if img.Bounds().Dx() != 576 || img.Bounds().Dy() != 384 { // 6 by 4 inches at 96 dots
		t.Errorf("png of %v", img.Bounds())
	}
	golden(t, "plot.svg.sha256", svg)
	golden(t, "plot.png.sha256", first.Data[PNG].(string))
}

// The digests hold on every architecture; a new version of gonum/plot may change them.
func golden(t *testing.T, name, content string) {
	t.Helper()
	got := fmt.Sprintf("%x\n", sha256.Sum256([]byte(content)))
	want, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil || string(want) != got {
		t.Errorf("testdata/%s: have %q (%v); the digest now is %q", name, want, err, got)
	}
}

func TestPlotsAtTheEdges(t *testing.T) {
	same(t, render(t, (*plot.Plot)(nil)), map[string]any{Text: "<nil>"})
	if b := render(t, plot.New()); b.Data[Text] != "plot" {
		t.Errorf("got %v", b.Data[Text])
	}
	sized := AsPlot(samplePlot(t), 2*vg.Inch, 1*vg.Inch)
	if img := decodePNG(t, sized); img.Bounds().Dx() != 192 {
		t.Errorf("png of %v", img.Bounds())
	}
}

func TestImages(t *testing.T) {
	img := image.NewPaletted(image.Rect(5, 5, 25, 15), palette.Plan9)
	img.SetColorIndex(6, 6, 100)
	b := render(t, img)
	if b.Data[Text] != "*image.Paletted 20x10" {
		t.Errorf("text %v", b.Data[Text])
	}
	back := decodePNG(t, b)
	if back.Bounds().Dx() != 20 || back.Bounds().Dy() != 10 {
		t.Errorf("png of %v", back.Bounds())
	}
	same(t, render(t, image.NewRGBA(image.Rectangle{})), map[string]any{Text: "*image.RGBA 0x0"})
	same(t, render(t, (*image.RGBA)(nil)), map[string]any{Text: "<nil>"})
}

func decodePNG(t *testing.T, b Bundle) image.Image {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(b.Data[PNG].(string))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Whatever is rendered must pass into a notebook.
func TestEverythingIsJSON(t *testing.T) {
	for _, v := range []any{1, "a", own{}, samplePlot(t), []point{{1, 2}}, mat.NewDense(1, 1, nil), errors.New("x"), nil} {
		if _, err := json.Marshal(render(t, v)); err != nil {
			t.Errorf("%T: %v", v, err)
		}
	}
}

// A renderer that is not in the table is never asked.
func TestEveryRendererIsListed(t *testing.T) {
	files, err := filepath.Glob("show_*.go")
	if err != nil || len(files) < 8 {
		t.Fatalf("found %v, %v", files, err)
	}
	table, err := os.ReadFile("render.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(src), "\n") {
			name, found := strings.CutPrefix(line, "func show")
			name, _, _ = strings.Cut(name, "(")
			if found && !strings.Contains(string(table), "show"+name+",") && !strings.Contains(string(table), "show"+name+")") && !strings.Contains(string(table), "show"+name+"}") {
				t.Errorf("%s: show%s is not in the table of render.go", f, name)
			}
		}
	}
}

func render(t testing.TB, v any) Bundle {
	t.Helper()
	b, err := Render(v)
	if err != nil {
		t.Fatalf("%T: %v", v, err)
	}
	return b
}

func same(t testing.TB, got Bundle, want map[string]any) {
	t.Helper()
	g, _ := json.MarshalIndent(got.Data, "", " ")
	w, _ := json.MarshalIndent(want, "", " ")
	if !bytes.Equal(g, w) {
		t.Errorf("got %s\nwant %s", g, w)
	}
}
