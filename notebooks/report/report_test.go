package report_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
	"reprise/notebooks/report"
)

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func text(source string) *nb.Cell {
	return &nb.Cell{Type: nb.Markdown, Source: source, Metadata: map[string]any{}}
}

func code(source string, outputs ...*nb.Output) *nb.Cell {
	n := 3
	return &nb.Cell{Type: nb.Code, Source: source, Metadata: map[string]any{}, Count: &n, Outputs: outputs}
}

func show(data map[string]any) *nb.Output {
	return &nb.Output{Type: nb.DisplayData, Data: data, Metadata: map[string]any{}}
}

func stream(text string) *nb.Output { return &nb.Output{Type: nb.Stream, Name: "stdout", Text: text} }

func tagged(c *nb.Cell, tags ...string) *nb.Cell {
	var list []any
	for _, t := range tags {
		list = append(list, t)
	}
	c.Metadata["tags"] = list
	return c
}

func book(cells ...*nb.Cell) *nb.Notebook {
	return &nb.Notebook{Cells: cells, Metadata: map[string]any{}, Minor: 5}
}

func page(t *testing.T, cells ...*nb.Cell) string {
	t.Helper()
	p, warnings := report.HTML(book(cells...), report.Options{})
	if len(warnings) > 0 {
		t.Logf("warnings: %q", warnings)
	}
	return string(p)
}

// body is the page between its main tags.
func body(t *testing.T, cells ...*nb.Cell) string {
	t.Helper()
	_, rest, _ := strings.Cut(page(t, cells...), "<main id=\"content\">")
	b, _, ok := strings.Cut(rest, "</main>")
	if !ok {
		t.Fatal("the page has no main part")
	}
	return b
}

func contains(t *testing.T, got string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
}

func lacks(t *testing.T, got string, bads ...string) {
	t.Helper()
	for _, bad := range bads {
		if strings.Contains(got, bad) {
			t.Errorf("holds %q:\n%s", bad, got)
		}
	}
}

func TestMarkdown(t *testing.T) {
	got := body(t, text("# One `a` $x$\n\n## Two\n\n|a|b|\n|:--|--:|\n|1|2|\n\n- [x] yes\n- [ ] no\n\n~~old~~ https://example.com\n\n```go\nvar x = \"s\" // c\n```\n\nfoot[^1]\n\n[^1]: note"), text("## Two\n\nbar[^1]\n\n[^1]: other"))
	contains(t, got, `<h1 id="One-a-x">`, `<h2 id="Two">Two</h2>`, `<h2 id="Two-2">Two</h2>`,
		`<th class="align-left" scope="col">a</th>`, `<td class="align-right">2</td>`, "☑ yes", "☐ no", "<del>old</del>",
		`<a href="https://example.com">`, `<span class="kd">var</span> <span class="nx">x</span>`, `class="footnotes"`,
		`<a class="footnote-ref" href="#cell-1-fn:1" role="doc-noteref">`, `<li id="cell-2-fn:1">`)
	contains(t, page(t, text("# One\n\n## Two\n\n### Three\n\n#### Four")), `<nav aria-label="Contents">`, `<li class="level3"><a href="#Three">Three</a></li>`)
	lacks(t, page(t, text("# One\n\n#### Four")), `href="#Four"`)
	blocks := body(t, text("```go\nx\n```\n\n    indented\n\n<pre>raw</pre>"))
	if n := strings.Count(blocks, `<pre tabindex="0">`); n != 3 {
		t.Errorf("%d of 3 blocks, which may scroll, can be reached by keyboard:\n%s", n, blocks)
	}
}

// Links to headings work as JupyterLab and as GitHub name headings.
func TestLinksToHeadings(t *testing.T) {
	got := body(t, text("[a](#1.-Why-so?) [b](#1-why-so) [c](#%C3%9Cber-x) [d](#none)"), text("## 1. Why so?\n\n## Über `x`"))
	contains(t, got, `<a href="#1.-Why-so?">a</a> <a href="#1.-Why-so?">b</a> <a href="#Über-x">c</a> <a href="#none">d</a>`, `<h2 id="1.-Why-so?">`, `<h2 id="Über-x">`)
}

func TestTeX(t *testing.T) {
	got := body(t, text("$a_1*b_2*c$ and\n$$\n\\sum_i x_i\n= y\n- 1\n$$\nafter, costs $5 and $10, `$code$`, \\$3, $\\nosuch{x}$\n\n$$ x^2 $$\n\n$$\nopen"))
	contains(t, got, "<msub><mi>a</mi><mn>1</mn></msub><mo>*</mo>", `<math display="block"`, "<mo>=</mo><mi>y</mi><mo>−</mo><mn>1</mn>",
		"costs $5 and $10", "<code>$code$</code>", ", $3,", `<code class="tex">\nosuch{x}</code>`)
	lacks(t, got, "<merror", "style=", "<em>", "<h2")
	contains(t, body(t, code("x", show(map[string]any{"text/latex": "$$\\frac{1}{2}$$", "text/plain": "1/2"}))), "<mfrac>", `display="block"`)
}

func TestOutputs(t *testing.T) {
	got := body(t, code("fit()",
		stream("10%\r20%\r\x1b[32mok\x1b[0m <b>\n"),
		&nb.Output{Type: nb.Error, EName: "Panic", Traceback: []string{"\x1b[1;31mPanic\x1b[0m: a < b", "  1 | x"}},
		show(map[string]any{"text/html": "<b>html</b>", "text/plain": "never", "image/png": png}),
		show(map[string]any{"image/png": png + "\n", "text/plain": "a red dot"}),
		show(map[string]any{"application/x-odd": "?", "text/plain": "fallback"}),
		show(map[string]any{"application/json": map[string]any{"k": nb.Number("1.50")}}),
		show(map[string]any{"text/markdown": "**bold**"}),
	))
	contains(t, got, `<summary>Go [3]</summary>`, `<pre class="out stdout" tabindex="0"><span class="fg2">ok</span> &lt;b&gt;`,
		"<span class=\"fg1 bold\">Panic</span>: a &lt; b\n  1 | x</pre>", "<b>html</b>", `alt="a red dot"`, "<figcaption>Figure 1</figcaption>",
		"fallback", "&#34;k&#34;: 1.50", "<strong>bold</strong>")
	lacks(t, got, "10%", "never", "\x1b", "\r")
}

func TestLongOutputIsFoldedAndWhole(t *testing.T) {
	got := body(t, code("x", stream(strings.Repeat("line\n", 5000)+"last")))
	contains(t, got, `<details class="output long"><summary>Output, 5001 lines</summary>`, "last</pre>")
	if n := strings.Count(got, "line\n"); n != 5000 {
		t.Errorf("%d lines", n)
	}
	lacks(t, body(t, code("x", stream(strings.Repeat("line\n", 40)))), `class="output`)
	// On paper nobody can unfold it, and no notebook is inside; in Markdown it is folded as on the page.
	long := book(code("x", stream(strings.Repeat("line\n", 5000)+"last")))
	paper, _ := report.HTML(long, report.Options{Paper: true, Command: "reprise verify x.ipynb"})
	contains(t, string(paper), `<details class="output long" open><summary>Output, 5001 lines</summary>`, "<code>reprise verify x.ipynb</code>")
	lacks(t, string(paper), "<template", "is inside this file")
	md, _, _ := report.Markdown(long, report.Options{}, "f")
	contains(t, string(md), "<details><summary>Output, 5001 lines</summary>\n\n```text\nline\n", "last\n```\n\n</details>")
}

func TestHiding(t *testing.T) {
	out := stream("OUT")
	for _, c := range []struct {
		cell         *nb.Cell
		shows, hides []string
	}{
		{tagged(code("SRC", out), "remove-cell"), nil, []string{"SRC", "OUT"}},
		{tagged(code("SRC", out), "remove_input"), []string{"OUT"}, []string{"SRC"}},
		{tagged(code("SRC", out), "remove-output"), []string{"SRC"}, []string{"OUT"}},
		{tagged(code("SRC", out), "hide-input"), []string{`<details class="code"><summary>`, "OUT"}, nil},
		{tagged(code("SRC", out), "hide-output"), []string{`<details class="code" open>`, `<details class="output"><summary>Output</summary>`}, nil},
		{tagged(code("SRC", out), "hide-cell"), []string{`<details class="cell"><summary>Hidden cell</summary>`, "SRC"}, nil},
		{tagged(text("TXT"), "remove-cell"), nil, []string{"TXT"}},
		{code("//| echo: false\nSRC", out), []string{"OUT"}, []string{"SRC", "echo"}},
		{code("//| include: false\nSRC", out), nil, []string{"SRC", "OUT"}},
		{code("//| output: false\nSRC", out), []string{"SRC"}, []string{"OUT"}},
		{code("//| code-fold: true\nSRC", out), []string{`<details class="code"><summary>`}, []string{"//|"}},
		{code("//| code-fold: true\n//| code-summary: The <model>\nSRC", out), []string{`<details class="code"><summary>The &lt;model&gt;</summary>`}, []string{"//|"}},
		{code("//| warning: false\nSRC", out, &nb.Output{Type: nb.Stream, Name: "stderr", Text: "WARN"}), []string{"OUT", "SRC"}, []string{"WARN"}},
		{code("//| fig-cap: A dot\n//| fig-alt: \"one: red\"\nSRC", show(map[string]any{"image/png": png})), []string{"Figure 1: A dot", `alt="one: red"`}, nil},
		{&nb.Cell{Type: nb.Raw, Source: "RAW"}, nil, []string{"RAW"}},
	} {
		got := body(t, c.cell)
		contains(t, got, c.shows...)
		lacks(t, got, c.hides...)
	}
}

func TestFiguresNeedDescriptions(t *testing.T) {
	svg := `<svg viewBox="0 0 1 1" onload="alert('1')"><title>50% &amp; more</title><path stroke="#fff"/></svg>`
	n := book(code("a", show(map[string]any{"image/png": png, "text/plain": "<Figure>"})), code("b", show(map[string]any{"image/svg+xml": svg})),
		code("c", &nb.Output{Type: nb.DisplayData, Data: map[string]any{"image/png": png}, Metadata: map[string]any{"image/png": map[string]any{"alt": "told"}}}),
		text("![](no.png) ![x](https://example.com/x.png)"))
	got, warnings := report.HTML(n, report.Options{})
	contains(t, string(got), `alt="Figure 1"`, `alt="50% &amp; more"`, `alt="told"`, "[image: no.png]", "[image: x https://example.com/x.png]",
		`src='data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="alert(&#39;1&#39;)"><title>50%25 &amp;amp; more</title><path stroke="%23fff"/></svg>'`)
	if len(warnings) != 3 || !strings.HasPrefix(warnings[0], "cell 1: figure 1 has no description; ") || !strings.HasPrefix(warnings[1], "cell 4: image \"no.png\"") {
		t.Errorf("warnings %q", warnings)
	}
}

func TestImagesBesideTheNotebook(t *testing.T) {
	folder := t.TempDir()
	data, err := base64.StdEncoding.DecodeString(png)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "a b.png"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	c := text("![one](a%20b.png) ![two](attachment:x.png) ![three](/etc/passwd) ![four](notes.txt)")
	c.Attachments = map[string]any{"x.png": map[string]any{"image/png": png}}
	p, warnings := report.HTML(book(c), report.Options{Folder: folder})
	contains(t, string(p), "<img src='data:image/png;base64,"+png+"' alt=\"one\">", "<img src='data:image/png;base64,"+png+"' alt=\"two\">", "[image: three")
	if len(warnings) != 2 {
		t.Errorf("warnings %q", warnings)
	}
}

// hostile is HTML that tries to run or to load something.
var hostile = []string{
	"<script>alert(1)</script><p onclick=alert(1)>a</p>", "<img src=x onerror=alert(1)>", "<iframe src=//evil></iframe>",
	"<a href='javascript:alert(1)'>l</a>", "<a href=' java\nscript:alert(1)'>l</a>", "<svg><script>alert(1)</script></svg>",
	"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<style>@import url(//evil)</style>", "<link rel=stylesheet href=//evil>",
	"<div style='background:url(//evil)'>x</div>", "<form action=//evil><input name=a><button>b</button></form>", "<base href=//evil>",
	"<object data=//evil></object><embed src=//evil>", "<meta http-equiv=refresh content='0;url=//evil'>", "<img srcset='//evil 1x' src='data:text/html,<script>'>",
	"<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>1</script></template>", "<!--><img src=x onerror=alert(1)>-->",
	"<details ontoggle=alert(1) open>x</details>", "<video src=//evil></video>", "</main></body><script>1</script>", "<table><td><a href=data:text/html,x>", "<x-y onclick=1>t</x-y>",
	"<img src='data:image/png;base64,x&#39; onerror=&#39;alert(1)'>", "<annotation-xml encoding=text/html><img src=//evil></annotation-xml>",
}

func TestNothingRunsOrLoads(t *testing.T) {
	for _, h := range hostile {
		harmless(t, page(t, text(h), code("x", show(map[string]any{"text/html": h, "text/markdown": h}), show(map[string]any{"image/svg+xml": h}), show(map[string]any{"image/png": h}), stream(h))))
	}
}

func FuzzHTML(f *testing.F) {
	for _, h := range hostile {
		f.Add(h)
	}
	f.Fuzz(func(t *testing.T, h string) {
		if n, err := nb.Decode(book(text(h), code("x", show(map[string]any{"text/html": h}), show(map[string]any{"text/markdown": h}), stream(h))).Encode()); err == nil {
			p, _ := report.HTML(n, report.Options{})
			harmless(t, string(p))
		}
	})
}

// harmless walks the page as a browser would see it.
func harmless(t *testing.T, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "iframe", "object", "embed", "link", "form", "base", "video", "audio", "frame", "input", "button", "svg":
			t.Errorf("the page holds <%s>:\n%s", n.Data, page)
		case "template":
			return // the notebook; nothing follows it
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcset", a.Key == "action":
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			case a.Key == "src" && !strings.HasPrefix(value, "data:image/"):
				t.Errorf("src=%q", a.Val)
			case a.Key == "href" && (strings.Contains(value, "script:") || strings.HasPrefix(value, "data:")):
				t.Errorf("href=%q", a.Val)
			case a.Key == "http-equiv" && a.Val != "Content-Security-Policy":
				t.Errorf("meta %q", a.Val)
			}
		}
	}
}

func TestPolicyAllowsTheStyle(t *testing.T) {
	p, _ := report.HTML(book(), report.Options{CSS: "p { color: red }"})
	_, rest, _ := strings.Cut(string(p), "<style>")
	css, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(css))
	contains(t, string(p), "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", "default-src 'none'")
	contains(t, css, "p { color: red }")
}

func TestTables(t *testing.T) {
	got := body(t, code("df", show(map[string]any{"text/html": `<style scoped>x</style><table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>t</th></tr></thead><tbody><tr><th>0</th><td>1.5</td></tr></tbody></table><p>2 rows</p>`})))
	contains(t, got, `<div class="table" tabindex="0" role="region" aria-label="Table 1"><table class="dataframe">`, `<tr class="align-right"><th scope="col"></th><th scope="col">t</th>`, `<th scope="row">0</th><td>1.5</td>`, "<p>2 rows</p>")
	lacks(t, got, "border", "<style")
}

func TestSameBytes(t *testing.T) {
	n := book(text("# T\n\n$\\hat m_t = \\frac{m_t}{1-\\beta_1^t}$ $\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$"),
		code("x", show(map[string]any{"image/png": png, "text/plain": "d", "text/html": "<p lang=en id=a title=t class=c dir=ltr>x</p>"})))
	first, _ := report.HTML(n, report.Options{})
	for range 20 {
		if again, _ := report.HTML(n, report.Options{}); string(again) != string(first) {
			t.Fatal("two reports of one notebook differ")
		}
	}
}

func TestExtract(t *testing.T) {
	c := text("![x](attachment:x.png)")
	c.Attachments = map[string]any{"x.png": map[string]any{"image/png": png}}
	n := book(c, code("x", show(map[string]any{"image/png": png + "\n"}), show(map[string]any{"image/jpeg": png, "text/html": "<b>"}), show(map[string]any{"image/svg+xml": "<svg/>"})))
	p, _ := report.HTML(n, report.Options{})
	back, err := report.Extract(p)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(back.Encode()), string(n.Encode()); got != want {
		t.Errorf("inside is\n%s\nwant\n%s", got, want)
	}
	if strings.Count(string(p), png) != 2 {
		t.Errorf("an image stands %d times in the page, want 2", strings.Count(string(p), png))
	}
	for name, bad := range map[string]string{
		"no notebook inside":         "<html></html>",
		"is damaged":                 strings.Replace(string(p), `base64">`, `base64">AAAA`, 1),
		"is not in the page":         strings.ReplaceAll(string(p), "base64,"+png, "base64,AAAA"),
		"want a report written by `": string(p[:len(p)-40]),
	} {
		if _, err := report.Extract([]byte(bad)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every image is described, every table headed, every page has one top heading and a language.
func TestAccessible(t *testing.T) {
	p := page(t, text("no heading"), code("x", show(map[string]any{"image/png": png}), show(map[string]any{"text/html": "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><svg></svg><img src='data:image/png;base64,AA'>"})))
	doc, err := html.Parse(strings.NewReader(p))
	if err != nil {
		t.Fatal(err)
	}
	ids, tops := map[string]bool{}, 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := map[string]string{}
		for _, x := range n.Attr {
			a[x.Key] = x.Val
		}
		if _, described := a["alt"]; n.Data == "img" && !described {
			t.Error("an image without alt")
		}
		if n.Data == "th" && a["scope"] != "col" {
			t.Errorf("th with scope %q", a["scope"])
		}
		if n.Data == "h1" {
			tops++
		}
		if a["id"] != "" && ids[a["id"]] {
			t.Errorf("id %q twice", a["id"])
		}
		ids[a["id"]] = true
	}
	if tops != 1 || !strings.Contains(p, "<html lang=\"en\">") {
		t.Errorf("%d top headings", tops)
	}
}

func TestMarkdownReport(t *testing.T) {
	c := text("![x](attachment:x.png)")
	c.Attachments = map[string]any{"x.png": map[string]any{"image/png": png}}
	n := book(text("# T\r\n\nhello"), c, code("//| echo: true\nfmt.Println(\"```\")", stream("\x1b[31m```\x1b[0m\n"), show(map[string]any{"image/svg+xml": "<svg><title>d</title></svg>"})), tagged(code("gone"), "remove-cell"))
	got, files, warnings := report.Markdown(n, report.Options{}, "t files")
	want := "# T\r\n\nhello\n\n![x](t%20files/figure-1.png)\n\n````go\nfmt.Println(\"```\")\n````\n\n````text\n```\n````\n\n![d](t%20files/figure-2.svg)\n"
	if string(got) != want {
		t.Errorf("wrote\n%q\nwant\n%q", got, want)
	}
	if string(files["t files/figure-2.svg"]) != "<svg><title>d</title></svg>" || string(files["t files/figure-1.png"][1:4]) != "PNG" || len(warnings) != 0 {
		t.Errorf("files %v, warnings %q", files, warnings)
	}
}

// What is folded on the page is folded in Markdown too, and figures have their numbers.
func TestMarkdownReportFolds(t *testing.T) {
	n := book(tagged(code("SRC", stream("OUT\n")), "hide-input"), tagged(code("SRC2", stream("OUT2\n")), "hide-output"), tagged(code("SRC3"), "hide-cell"),
		code("//| fig-cap: A dot\n//| warning: false\nSRC4", &nb.Output{Type: nb.Stream, Name: "stderr", Text: "WARN"}, show(map[string]any{"image/png": png})))
	records := []ledger.Record{{Name: "cell [1]", Source: "0123456789abcdef", Output: "fedcba9876543210", Facts: ledger.Facts{Seed: 7, Draws: []ledger.Draw{{Stream: "a/b", Draws: 3}}}}}
	got, _, _ := report.Markdown(n, report.Options{Ledger: records, Command: "reprise verify x.ipynb"}, "f")
	contains(t, string(got), "<details><summary>Go [3]</summary>\n\n```go\nSRC\n```\n\n</details>\n\n```text\nOUT\n```", "```go\nSRC2\n```\n\n<details><summary>Output</summary>\n\n```text\nOUT2",
		"<details><summary>Hidden cell</summary>\n\n```go\nSRC3", "![A dot](f/figure-1.png)\n\n*Figure 1: A dot*\n", "* Seeds: `7`", "* Check it with: `reprise verify x.ipynb`",
		"* Verified: `not when this was written`", "| cell [1] | `0123456789ab` | `fedcba987654` | 3 from a/b |")
	lacks(t, string(got), "WARN")
}

// A style of one's own cannot load anything, nor end the page's.
func TestCheckCSS(t *testing.T) {
	for _, css := range []string{"", "p { color: red }", "a::before { content: \"</\" + 'x' }"[:14], "@font-face { src: url(data:font/woff2;base64,AA) } i { background: URL( 'data:image/png;base64,AA') }"} {
		if err := report.CheckCSS(css); err != nil {
			t.Errorf("%s: %v", css, err)
		}
	}
	for css, says := range map[string]string{
		"p {}\n</style><script>": "line 2: </", "@IMPORT 'x.css';": "line 1: @import", "\n\nb { background: url(//evil) }": "line 3: url(", "b { background: url( http://evil/data: ) }": "url(",
	} {
		if err := report.CheckCSS(css); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", css, err)
		}
	}
}

func TestPDFNeedsABrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := report.PDF(t.Context(), nil); !errors.Is(err, report.ErrNoBrowser) || !strings.Contains(err.Error(), "Chromium") {
		t.Errorf("%v", err)
	}
}

func ExampleHTML() {
	n := &nb.Notebook{Cells: []*nb.Cell{{Type: nb.Markdown, Source: "# Hello"}}}
	page, warnings := report.HTML(n, report.Options{})
	_, rest, _ := strings.Cut(string(page), "<title>")
	name, _, _ := strings.Cut(rest, "<")
	fmt.Println(name, len(warnings))
	// Output: Hello 0
}
