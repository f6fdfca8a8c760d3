package report

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	rhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// gfm is Markdown as JupyterLab reads it: GitHub's, with footnotes and TeX.
var gfm = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(notesOf)), texExtension{}),
	// Raw HTML passes here because clean sees everything afterwards.
	goldmark.WithRendererOptions(rhtml.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(fences{}, 100))),
)

// notesKey is where a document says how the ids of its footnotes begin; every cell counts them from 1.
const notesKey = "notes"

func notesOf(n ast.Node) []byte {
	prefix, _ := n.OwnerDocument().Meta()[notesKey].(string)
	return []byte(prefix)
}

type heading struct {
	level    int
	id, text string
}

// markdown renders a cell's or an output's text and notes its headings.
func (p *printer) markdown(source string, attachments map[string]any) string {
	src := []byte(source)
	doc := gfm.Parser().Parse(text.NewReader(src))
	doc.OwnerDocument().AddMeta(notesKey, strings.ReplaceAll(p.place, " ", "-")+"-")
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			said := plainText(h, src)
			id := p.newID(strings.ReplaceAll(said, " ", "-"))
			h.SetAttributeString("id", []byte(id))
			p.headings = append(p.headings, heading{h.Level, id, said})
		}
		return ast.WalkContinue, nil
	})
	var b bytes.Buffer
	if err := gfm.Renderer().Render(&b, src, doc); err != nil {
		p.warn("Markdown shown as text: %v", err)
		return "<pre>" + html.EscapeString(source) + "</pre>\n"
	}
	return p.clean(b.String(), imageSource{p.options.Folder, attachments})
}

// plainText is what a heading says, without its markup.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *tex:
			b.WriteString(n.source)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// newID keeps the ids of all cells apart. They are those of JupyterLab, so that links to
// headings work in both.
func (p *printer) newID(id string) string {
	unique := id
	for n := 2; p.ids[unique] || unique == ""; n++ {
		unique = fmt.Sprintf("%s-%d", id, n)
	}
	p.ids[unique] = true
	return unique
}

var fragment = regexp.MustCompile(`href="#([^"]*)"`)

// resolve makes links to headings work that are written as GitHub names headings: in
// small letters and without punctuation.
func (p *printer) resolve(body string) string {
	ids := map[string]string{}
	for _, h := range p.headings {
		if short := shortID(h.id); ids[short] == "" {
			ids[short] = h.id
		}
	}
	return fragment.ReplaceAllStringFunc(body, func(link string) string {
		name := html.UnescapeString(fragment.FindStringSubmatch(link)[1])
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
		if id := ids[shortID(name)]; id != "" && !p.ids[name] {
			name = id
		}
		return "href=\"#" + html.EscapeString(name) + "\""
	})
}

func shortID(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, id)
}

// fences renders code blocks with colours.
type fences struct{}

func (fences) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			code := n.(*ast.FencedCodeBlock)
			var b strings.Builder
			for i := range code.Lines().Len() {
				line := code.Lines().At(i)
				b.Write(line.Value(source))
			}
			fmt.Fprintf(w, "<pre><code>%s</code></pre>\n", highlight(b.String(), string(code.Language(source))))
		}
		return ast.WalkSkipChildren, nil
	})
}
