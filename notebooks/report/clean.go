package report

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// clean lets through the HTML that shows something and cannot do anything: elements and
// attributes of the lists below. Other elements are replaced by what they contain, those
// that hold no text for readers vanish. Tables get what assistive technology needs.
func (p *printer) clean(fragment string, images imageSource) string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		p.warn("HTML shown as text: %v", err)
		return "<pre>" + html.EscapeString(fragment) + "</pre>"
	}
	c := cleaner{p, images}
	var b strings.Builder
	for _, n := range nodes {
		c.node(&b, n)
	}
	return b.String()
}

var dropped = set("script style iframe object embed applet template noscript noembed noframes form button select textarea audio video canvas link meta base head title frame frameset map area portal dialog annotation-xml")

var allowed = set(`a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em
	figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span
	strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr center tt strike font
	math semantics annotation mrow mi mn mo ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder
	munderover mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose`)

var voids = set("br hr img col wbr")

var allowedAttributes = set(`title lang dir id class href alt colspan rowspan headers scope start value reversed datetime open tabindex role
	aria-label aria-hidden aria-describedby
	display displaystyle mathvariant stretchy fence form accent accentunder largeop movablelimits lspace rspace width height depth
	columnalign rowalign columnspacing rowspacing columnlines rowlines linethickness minsize maxsize separator symmetric scriptlevel notation encoding xmlns`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

type cleaner struct {
	p      *printer
	images imageSource
}

func (c cleaner) node(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		c.text(b, n)
	case n.Type != html.ElementNode || dropped[n.Data]:
	case n.Data == "svg":
		b.WriteString(c.svg(n))
	case n.Data == "img":
		b.WriteString(c.image(n))
	case n.Data == "input":
		b.WriteString(checkbox(n))
	case n.Data == "table":
		c.p.tables++ // regions need names of their own
		fmt.Fprintf(b, "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table %d\">", c.p.tables)
		c.element(b, n)
		b.WriteString("</div>")
	case allowed[n.Data]:
		c.element(b, n)
	default:
		c.children(b, n)
	}
}

func (c cleaner) text(b *strings.Builder, n *html.Node) {
	if n.Parent != nil && n.Parent.Namespace == "math" && strings.TrimSpace(n.Data) == "" && n.Parent.Data != "mtext" {
		return // the indent of generated MathML
	}
	b.WriteString(html.EscapeString(visible(n.Data)))
}

func (c cleaner) element(b *strings.Builder, n *html.Node) {
	fmt.Fprintf(b, "<%s%s>", n.Data, c.attributes(n))
	if !voids[n.Data] {
		c.children(b, n)
		fmt.Fprintf(b, "</%s>", n.Data)
	}
}

func (c cleaner) children(b *strings.Builder, n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.node(b, child)
	}
}

// attributes keeps the harmless ones, in the order of their names so that the page is
// always the same.
func (c cleaner) attributes(n *html.Node) string {
	kept := map[string]string{}
	for _, a := range n.Attr {
		key := strings.ToLower(a.Key)
		if key == "style" || key == "align" {
			if class := alignment(key, a.Val); class != "" {
				kept["class"] = strings.TrimSpace(kept["class"] + " " + class)
			}
			continue
		}
		if !allowedAttributes[key] || key == "href" && !safeLink(a.Val) {
			continue
		}
		if key == "class" {
			a.Val = strings.TrimSpace(a.Val + " " + kept["class"])
		}
		kept[key] = a.Val
	}
	if n.Data == "pre" {
		kept["tabindex"] = "0" // it may scroll, and is to scroll by keyboard too
	}
	if n.Data == "th" && kept["scope"] == "" {
		kept["scope"] = "row"
		if inHead(n) {
			kept["scope"] = "col"
		}
	}
	var b strings.Builder
	for _, key := range sortedKeys(kept) {
		fmt.Fprintf(&b, " %s=\"%s\"", key, html.EscapeString(kept[key]))
	}
	return b.String()
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// alignment is the one thing that tables say by style; the page's policy forbids style attributes.
func alignment(key, value string) string {
	value = strings.ToLower(strings.ReplaceAll(value, " ", ""))
	for _, side := range []string{"left", "right", "center"} {
		if key == "align" && value == side || key == "style" && strings.Contains(value, "text-align:"+side) {
			return "align-" + side
		}
	}
	return ""
}

// inHead reports whether a th heads a column: it stands in thead, or in the first row
// with nothing but th beside it.
func inHead(th *html.Node) bool {
	row := th.Parent
	if row == nil || row.Parent == nil {
		return false
	}
	if row.Parent.Data == "thead" {
		return true
	}
	for s := row.FirstChild; s != nil; s = s.NextSibling {
		if s.Type == html.ElementNode && s.Data != "th" {
			return false
		}
	}
	return true
}

func safeLink(link string) bool {
	u, err := url.Parse(strings.TrimSpace(link))
	return err == nil && (u.Scheme == "" || u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto")
}

func checkbox(n *html.Node) string {
	if attribute(n, "type") != "checkbox" {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == "checked" {
			return "☑"
		}
	}
	return "☐"
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
