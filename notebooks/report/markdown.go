package report

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	rhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// gfm is Markdown as JupyterLab reads it: GitHub's, with footnotes and TeX.
var gfm = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, texExtension{}),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	// Raw HTML passes here because clean sees everything afterwards.
	goldmark.WithRendererOptions(rhtml.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(fences{}, 100))),
)

type heading struct {
	level    int
	id, text string
}

// markdown renders a cell's or an output's text and notes its headings.
func (p *printer) markdown(source string, attachments map[string]any) string {
	src := []byte(source)
	doc := gfm.Parser().Parse(text.NewReader(src), parser.WithContext(parser.NewContext(parser.WithIDs(p.ids))))
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			id, _ := h.AttributeString("id")
			idText, _ := id.([]byte)
			p.headings = append(p.headings, heading{h.Level, string(idText), plainText(h, src)})
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

// headingIDs keeps the ids of all cells apart.
type headingIDs map[string]bool

func (ids headingIDs) Generate(value []byte, _ ast.NodeKind) []byte {
	slug := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 0x7f:
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ', r == '-', r == '_':
			return '-'
		}
		return -1
	}, string(value)), "-")
	if slug == "" {
		slug = "section"
	}
	id := slug
	for n := 2; ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", slug, n)
	}
	ids[id] = true
	return []byte(id)
}

func (ids headingIDs) Put(value []byte) { ids[string(value)] = true }

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
			fmt.Fprintf(w, "<pre tabindex=\"0\"><code>%s</code></pre>\n", highlight(b.String(), string(code.Language(source))))
		}
		return ast.WalkSkipChildren, nil
	})
}
