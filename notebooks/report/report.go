// Package report turns an executed notebook into something to read: one HTML file that
// needs no network and no script, Markdown with a folder of images, or PDF.
//
// The HTML is the same bytes for the same notebook. Nothing in it can run or load: text
// that a notebook brings along passes an allowlist, SVG stands in images, and the page's
// Content-Security-Policy forbids the rest.
package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"reprise/kernel/ledger"
	"reprise/notebooks/nb"
)

// Options of a report.
type Options struct {
	Title string // of the page; empty: the notebook's first heading
	// Folder is where images that the Markdown names are looked for; empty: nowhere.
	Folder string
	// CSS is added after the report's own style.
	CSS string
	// Fold closes all code.
	Fold bool
	// Command is how to check the report; it is shown at its end. Without one, nobody can.
	Command string
	// Paper is for printing: long outputs are open, and the notebook is not inside.
	Paper bool
	// Ledger is the notebook's, as the end of the report tells it.
	Ledger []ledger.Record
	// Verified says how a verification came out; empty when there was none.
	Verified string
	// OutOfDate are cells whose outputs are marked as out of date, by index, with the reason.
	OutOfDate map[int]string
}

// CheckCSS refuses a style that would end the page's own, or load something.
func CheckCSS(css string) error {
	for _, bad := range []string{"</", "@import", "url("} {
		for at := range css {
			if rest := css[at:]; len(rest) >= len(bad) && strings.EqualFold(rest[:len(bad)], bad) && !inlined(rest) {
				return fmt.Errorf("line %d: %s: a report loads nothing, and its style cannot end; write url(data:…) for pictures and fonts", 1+strings.Count(css[:at], "\n"), bad)
			}
		}
	}
	return nil
}

// inlined reports whether a url( holds its data itself.
func inlined(css string) bool {
	target, isURL := strings.CutPrefix(strings.ToLower(css[:min(len(css), 12)]), "url(")
	return isURL && strings.HasPrefix(strings.TrimLeft(target, `"' `), "data:")
}

//go:embed style.css
var style string

// HTML makes the page. The warnings name what a reader would miss: figures without a
// description, images that are not there.
func HTML(book *nb.Notebook, o Options) (page []byte, warnings []string) {
	p := &printer{options: o, ids: map[string]bool{}}
	var body strings.Builder
	for i, c := range book.Cells {
		p.place = fmt.Sprintf("cell %d", i+1)
		body.WriteString(p.dated(i, p.cell(c)))
	}
	return p.page(book, p.resolve(body.String())), p.warnings
}

// dated marks what a cell shows when it is out of date.
func (p *printer) dated(i int, shown string) string {
	if why := p.options.OutOfDate[i]; why != "" && shown != "" {
		return "<p class=\"dated\"><strong>Out of date: " + html.EscapeString(why) + ".</strong></p>\n" + shown
	}
	return shown
}

// A printer keeps what runs through the whole page.
type printer struct {
	options  Options
	ids      map[string]bool // of headings
	headings []heading
	figures  int
	tables   int
	place    string // of the cell at hand, for warnings
	warnings []string
}

func (p *printer) warn(format string, args ...any) {
	p.warnings = append(p.warnings, p.place+": "+fmt.Sprintf(format, args...))
}

func (p *printer) page(book *nb.Notebook, body string) []byte {
	title := p.title()
	css := style + p.options.CSS
	sum := sha256.Sum256([]byte(css))
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	fmt.Fprintf(&b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n",
		base64.StdEncoding.EncodeToString(sum[:]))
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", html.EscapeString(title), css)
	b.WriteString("<a class=\"skip\" href=\"#content\">Skip to the content</a>\n")
	b.WriteString(p.contents())
	b.WriteString("<main id=\"content\">\n")
	if !p.hasTopHeading() {
		fmt.Fprintf(&b, "<h1>%s</h1>\n", html.EscapeString(title))
	}
	b.WriteString(body)
	b.WriteString("</main>\n")
	b.WriteString(p.proof(book))
	if !p.options.Paper {
		b.WriteString(embed(book, b.String()))
	}
	b.WriteString("</body>\n</html>\n")
	return []byte(b.String())
}

func (p *printer) title() string {
	if p.options.Title != "" {
		return p.options.Title
	}
	for _, h := range p.headings {
		if h.level == 1 {
			return h.text
		}
	}
	return "Notebook"
}

func (p *printer) hasTopHeading() bool {
	for _, h := range p.headings {
		if h.level == 1 {
			return true
		}
	}
	return false
}

// contents lists the headings; a page with fewer than two needs no list.
func (p *printer) contents() string {
	if len(p.headings) < 2 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<nav aria-label=\"Contents\">\n<ul>\n")
	for _, h := range p.headings {
		if h.level <= 3 {
			fmt.Fprintf(&b, "<li class=\"level%d\"><a href=\"#%s\">%s</a></li>\n", h.level, html.EscapeString(h.id), html.EscapeString(h.text))
		}
	}
	b.WriteString("</ul>\n</nav>\n")
	return b.String()
}
