package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"reprise/kernel/cell"
	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/symbols"
	"reprise/nnlib/rng"
)

// A stage is a recorder that writes down displays with their ids and first lines.
type stage struct{ recorder }

func (s *stage) Display(b display.Bundle, id string, update bool) {
	var kinds []string
	for _, mime := range []string{display.HTML, display.Markdown, display.SVG, display.PNG} {
		if _, ok := b.Data[mime]; ok {
			kinds = append(kinds, mime)
		}
	}
	text, _, _ := strings.Cut(b.Data[display.Text].(string), "\n")
	s.Stream(engine.Stdout, fmt.Sprintf("<%s %v %v %s>\n", id, update, kinds, text))
}
func (s *stage) Clear(wait bool) { s.Stream(engine.Stdout, fmt.Sprintf("<clear %v>\n", wait)) }

func TestScreen(t *testing.T) {
	e := rendering(t)
	display.Attach(e)
	t.Cleanup(func() { display.Attach(nil) })
	for _, c := range []struct{ src, want string }{
		{"for i := range 2 {\n\tfmt.Println(i)\n\tdisplay.Show(i * i)\n}", "0\n< false [] 0>\n1\n< false [] 1>\n"},
		{`display.Show("a", []int{1, 2})`, "< false [] \"a\">\n< false [] [1 2]>\n"},
		{"type T struct{ A int }\nfunc (t T) String() string { return fmt.Sprint(\"T\", t.A) }\ndisplay.Show(T{3})", "< false [] T3>\n"},
		{`display.Show(display.AsHTML("<b>x</b>"))`, "< false [text/html] <text/html>>\n"},
		{`display.Show(dataframe.FromSlice([]float64{1, 2}))`, "< false [text/html] "},
		{`display.ShowAs("p", 1); display.Update("p", 2); display.Clear(true)`, "<p false [] 1>\n<p true [] 2>\n<clear true>\n"},
		{"import \"github.com/janpfeifer/gonb/gonbui\"\ngonbui.DisplayHtml(\"<i>y</i>\")", "< false [text/html] <text/html>>\n"},
		{`gonbui.DisplayMarkdown("# z"); gonbui.DisplaySvg("<svg/>")`, "< false [text/markdown] # z>\n< false [image/svg+xml] <image/svg+xml>>\n"},
		{`gonbui.DisplayImage(image.NewGray(image.Rect(0, 0, 2, 2)))`, "< false [image/png] "},
		{`gonbui.UpdateHtml("id", "1"); gonbui.UpdateHtml("id", "2")`, "<id false [text/html] <text/html>>\n<id true [text/html] <text/html>>\n"},
		{`fmt.Println(gonbui.UniqueId() != gonbui.UniqueID(), gonbui.IsNotebook, gonbui.Error())`, "true true <nil>\n"},
		{"gonbui.RequestInput(\"name\", true)\nvar name string\nfmt.Scanln(&name)\nfmt.Println(\"hello\", name)", "hello Ada\n"},
		{`line, err := display.Input("more"); fmt.Println(line, err)`, "Lovelace <nil>\n"},
	} {
		out := &stage{recorder{input: []string{"Ada"}}}
		if strings.Contains(c.src, "display.Input") {
			out.input = []string{"Lovelace"}
		}
		if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: c.src}, out); err != nil {
			t.Errorf("%s: %v", c.src, err)
		}
		got := out.stdout.String()
		if got != c.want && !(strings.HasSuffix(c.want, " ") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s\nshows %q\nwant  %q", c.src, got, c.want)
		}
	}
}

// What a cell showed under a name is gone when that cell runs again, and stands when another does.
func TestUpdateAfterAnotherRun(t *testing.T) {
	e := rendering(t)
	display.Attach(e)
	t.Cleanup(func() { display.Attach(nil) })
	const update = "import \"github.com/janpfeifer/gonb/gonbui\"\ngonbui.UpdateMarkdown(\"again\", \"x\")"
	for i, c := range []struct {
		id, source string
		updates    bool
	}{
		{"a", update, false},
		{"b", update, true},
		{"a", update, false},
		{"a", update + "\n" + `gonbui.UpdateMarkdown("again", "y")`, true},
		{"", update, true},
	} {
		out := &stage{}
		if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", ID: c.id, Source: c.source}, out); err != nil {
			t.Fatal(err)
		}
		if got := out.stdout.String(); strings.Contains(got, "<again true") != c.updates {
			t.Errorf("run %d shows %q", i+1, got)
		}
	}
}

// rendering is an engine that shows values as the program does.
func rendering(t *testing.T) *engine.Engine {
	t.Helper()
	e, err := engine.New(engine.Config{Root: rng.Root(1), Exports: symbols.Exports(), Packages: symbols.NewImporter(), Render: func(v any) display.Bundle {
		if boxed, ok := v.(engine.Boxed); ok && !cell.Mentions(boxed.T.Go) {
			v = boxed.V
		}
		b, err := display.Render(v)
		if err != nil {
			t.Error(err)
		}
		return b
	}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Several values are shown as each is alone, and a function as its type.
func TestSeveralValuesAreRendered(t *testing.T) {
	e := rendering(t)
	for _, c := range []struct{ src, text, html string }{
		{`1, "s"`, `1 "s"`, ""},
		{"func() (int, error) { return 1, nil }()", "1", ""},
		{"func(a int) {}", "func(a int)", ""},
		{`display.AsHTML("<b>x</b>"), "a<b"`, `<text/html> "a<b"`, "<div><b>x</b></div>\n<div><pre>&#34;a&lt;b&#34;</pre></div>\n"},
	} {
		o, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: c.src}, &recorder{})
		if err != nil || o.Value == nil {
			t.Errorf("%s: value %v, error %v", c.src, o.Value, err)
			continue
		}
		html, _ := o.Value.Data[display.HTML].(string)
		if text := o.Value.Data[display.Text]; text != c.text || html != c.html {
			t.Errorf("%s shows %q and %q, want %q and %q", c.src, text, html, c.text, c.html)
		}
	}
	o, err := e.Run(context.Background(), engine.Cell{Name: "cell [2]", Source: "make([]int, 1_000_000), 2"}, &recorder{})
	if err != nil || o.Value == nil || len(o.Value.Data[display.Text].(string)) > 500 {
		t.Errorf("a long value beside another: %v, error %v", o.Value != nil, err)
	}
}
