package report

import (
	"bytes"
	"html"
	"strings"

	"github.com/wyatt915/treeblood"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mathML turns TeX into MathML, which browsers show and screen readers read without a
// network. TeX that the translator does not know is shown as it is.
func mathML(source string, block bool) string {
	translate := treeblood.InlineStyle
	if block {
		translate = treeblood.DisplayStyle
	}
	mml, err := guarded(translate, strings.TrimSpace(source))
	if err != nil || strings.Contains(mml, "<merror") {
		return "<code class=\"tex\">" + html.EscapeString(source) + "</code>"
	}
	return strings.TrimSpace(mml)
}

// guarded keeps a translator that falls over some input from taking the report with it.
func guarded(translate func(string, map[string]string) (string, error), source string) (mml string, err error) {
	defer func() {
		if r := recover(); r != nil {
			mml = "<merror"
		}
	}()
	return translate(source, nil)
}

// texExtension knows $..$ and $$..$$ as Jupyter does.
type texExtension struct{}

func (texExtension) Extend(m goldmark.Markdown) {
	// Before emphasis (500), so that _ and * inside TeX are TeX; after code spans (100).
	m.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(texInline{}, 150)),
		parser.WithBlockParsers(util.Prioritized(texBlockParser{}, 90)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(texRenderer{}, 100)))
}

var kindTeX, kindTeXBlock = ast.NewNodeKind("TeX"), ast.NewNodeKind("TeXBlock")

// tex is TeX within a paragraph.
type tex struct {
	ast.BaseInline
	source string
	block  bool
}

func (*tex) Kind() ast.NodeKind              { return kindTeX }
func (n *tex) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type texInline struct{}

func (texInline) Trigger() []byte { return []byte{'$'} }

func (texInline) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, start := block.Position()
	mark := "$"
	if first, _ := block.PeekLine(); bytes.HasPrefix(first, []byte("$$")) {
		mark = "$$"
	}
	block.Advance(len(mark))
	var source strings.Builder
	for {
		rest, _ := block.PeekLine()
		if rest == nil {
			block.SetPosition(line, start)
			return nil
		}
		if end := closing(rest, mark); end >= 0 {
			source.Write(rest[:end])
			if mark == "$" && !looksLikeTeX(source.String(), rest[end+1:]) {
				block.SetPosition(line, start)
				return nil
			}
			block.Advance(end + len(mark))
			return &tex{source: source.String(), block: mark == "$$"}
		}
		source.Write(rest)
		block.AdvanceLine()
	}
}

// closing finds mark in line, past what a backslash escapes.
func closing(line []byte, mark string) int {
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
		} else if bytes.HasPrefix(line[i:], []byte(mark)) {
			return i
		}
	}
	return -1
}

// looksLikeTeX is Pandoc's rule, which keeps "$5 and $10" text: no blank inside either
// dollar sign, and no digit after the second. A backtick begins code, whose dollar it then was.
func looksLikeTeX(source string, after []byte) bool {
	if source == "" || strings.Contains(source, "`") || strings.TrimSpace(source[:1]) == "" || strings.TrimSpace(source[len(source)-1:]) == "" {
		return false
	}
	return len(after) == 0 || after[0] < '0' || after[0] > '9'
}

// texBlock is TeX between lines that begin with $$, whatever Markdown would see in them.
type texBlock struct {
	ast.BaseBlock
	closed bool
}

func (*texBlock) Kind() ast.NodeKind              { return kindTeXBlock }
func (*texBlock) IsRaw() bool                     { return true }
func (n *texBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type texBlockParser struct{}

func (texBlockParser) Trigger() []byte { return []byte{'$'} }

// Open takes a line that begins with $$, unless more text follows the closing $$ on it.
func (texBlockParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	lead := len(line) - len(bytes.TrimLeft(line, " "))
	body, ok := bytes.CutPrefix(line[lead:], []byte("$$"))
	if !ok {
		return nil, parser.NoChildren
	}
	n := &texBlock{}
	end := closing(body, "$$")
	if end >= 0 && len(bytes.TrimSpace(body[end+2:])) > 0 {
		return nil, parser.NoChildren
	}
	segment = segment.WithStart(segment.Start + lead + 2)
	if end >= 0 {
		segment, n.closed = segment.WithStop(segment.Start+end), true
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (texBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*texBlock)
	line, segment := reader.PeekLine()
	if n.closed || line == nil {
		return parser.Close
	}
	if end := closing(line, "$$"); end >= 0 {
		segment, n.closed = segment.WithStop(segment.Start+end), true
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (texBlockParser) Close(ast.Node, text.Reader, parser.Context) {}
func (texBlockParser) CanInterruptParagraph() bool                 { return true }
func (texBlockParser) CanAcceptIndentedLine() bool                 { return false }

type texRenderer struct{}

func (texRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindTeX, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			t := n.(*tex)
			w.WriteString(mathML(t.source, t.block))
		}
		return ast.WalkContinue, nil
	})
	r.Register(kindTeXBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString("<p>" + mathML(string(n.Lines().Value(source)), true) + "</p>\n")
		}
		return ast.WalkContinue, nil
	})
}
