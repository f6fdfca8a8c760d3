package report

import (
	"html"
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
)

// highlight marks code with the classes that style.css colours. A language that is not
// known is shown plain.
func highlight(code, language string) string {
	lexer := lexers.Get(language)
	if language == "" || lexer == nil {
		return html.EscapeString(code)
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return html.EscapeString(code)
	}
	var b strings.Builder
	formatter := chromahtml.New(chromahtml.WithClasses(true), chromahtml.PreventSurroundingPre(true))
	if err := formatter.Format(&b, styles.Fallback, tokens); err != nil {
		return html.EscapeString(code)
	}
	return strings.TrimSuffix(blank.ReplaceAllString(b.String(), "$1"), "\n")
}

// blank is white space in a span of its own, which has no colour to show.
var blank = regexp.MustCompile(`<span class="w">(\s*)</span>`)
