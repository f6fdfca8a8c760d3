package display

import (
	"errors"
	"fmt"
)

// renderers are asked in this order; the first that knows the value shows it.
// A new one is a file show_x.go and a line here.
var renderers = []renderer{
	{"bundle", of(showBundle)}, // is shown already
	{"methods", showMethods},   // the value's own HTML(), PNG(), ...
	{"error", of(showError)},   // before anything that looks at its fields
	{"frame", of(showFrame)},   // gota DataFrame
	{"series", of(showSeries)}, // gota Series
	{"plot", of(showPlot)},     // gonum *plot.Plot
	{"matrix", of(showMatrix)}, // gonum mat.Matrix and mat.Vector
	{"image", of(showImage)},   // image.Image
	{"table", showTable},       // slices of structs, of maps, of slices; maps
	{"text", showText},         // everything
}

// A renderer shows values of some kinds; errors.ErrUnsupported means: not mine, ask the next.
type renderer struct {
	name string
	show func(Options, any) (Bundle, error)
}

// of makes a renderer of a function for one type, which may be an interface.
func of[T any](show func(Options, T) (Bundle, error)) func(Options, any) (Bundle, error) {
	return func(o Options, v any) (Bundle, error) {
		t, ok := v.(T)
		if !ok {
			return Bundle{}, errors.ErrUnsupported
		}
		return show(o, t)
	}
}

// Options bounds what is shown of a long value. Zero fields mean the default
// stated with them, negative ones no limit.
type Options struct {
	Rows    int // of a table or matrix: more than 60 are cut to the first and last 5
	Columns int // of a table or matrix: more than 20 are cut to the first and last 10
	Items   int // of a slice or map as text: more than 200 are cut to the first and last 20
	Chars   int // of the whole text: 20,000
}

// Render shows v with the default Options.
func Render(v any) (Bundle, error) { return Options{}.Render(v) }

// Whole shows v with nothing left out, however long it is. It is meant to be a
// cell's last expression: display.Whole(x).
func Whole(v any) Bundle {
	b, err := Options{Rows: -1, Columns: -1, Items: -1, Chars: -1}.Render(v)
	if err != nil {
		panic(err)
	}
	return b
}

// Render shows v in as many representations as are known; text/plain is always
// among them. A method of v that panics is an error.
func (o Options) Render(v any) (b Bundle, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("display: showing a %s failed: %w", typeName(v), asError(p))
		}
	}()
	o = o.withDefaults()
	for _, r := range renderers {
		b, err := r.show(o, v)
		if errors.Is(err, errors.ErrUnsupported) {
			continue
		}
		if err != nil {
			return Bundle{}, err
		}
		return o.withText(b, v), nil
	}
	return Bundle{}, fmt.Errorf("display: internal error: no renderer for %s", typeName(v))
}

func (o Options) withDefaults() Options {
	for _, f := range []struct {
		field *int
		limit int
	}{{&o.Rows, 60}, {&o.Columns, 20}, {&o.Items, 200}, {&o.Chars, 20_000}} {
		if *f.field == 0 {
			*f.field = f.limit
		}
	}
	return o
}

// withText adds text/plain, which every front end can show, without touching the renderer's map.
func (o Options) withText(b Bundle, v any) Bundle {
	if _, ok := b.Data[Text]; ok {
		return b
	}
	data := map[string]any{Text: o.text(v)}
	for mime, d := range b.Data {
		data[mime] = d
	}
	return Bundle{Data: data, Metadata: b.Metadata}
}

func asError(p any) error {
	if err, ok := p.(error); ok {
		return err
	}
	return fmt.Errorf("%v", p)
}
