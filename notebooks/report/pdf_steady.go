package report

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
)

var links = regexp.MustCompile(` href="([^"]*)"`)

// alone takes the links out of a page that lead to files beside it: the browser would
// write them as places in its own temporary folder.
func alone(page []byte) []byte {
	return links.ReplaceAllFunc(page, func(link []byte) []byte {
		to, err := url.Parse(html.UnescapeString(string(links.FindSubmatch(link)[1])))
		if err == nil && (to.IsAbs() || to.Host == "" && to.Path == "" && to.Fragment != "") {
			return link
		}
		return nil
	})
}

var (
	// dates say when the file was made (ISO 32000-1, 14.3.3); both may be left out.
	dates = regexp.MustCompile(`/(Creation|Mod)Date \(D:[0-9]{14}[^()]*\)`)
	// nodes are the names that table headers have in the file, by a count that runs on in the browser.
	nodes = regexp.MustCompile(`\(node[0-9]{8}\)`)
)

// steady makes a printed file depend on the page and the browser alone. Everything keeps
// its length, and so the place that the file's table of objects gives.
func steady(pdf []byte) []byte {
	pdf = dates.ReplaceAllFunc(pdf, func(date []byte) []byte { return bytes.Repeat([]byte(" "), len(date)) })
	names := nodes.FindAll(pdf, -1)
	slices.SortFunc(names, bytes.Compare)
	names = slices.CompactFunc(names, bytes.Equal)
	return nodes.ReplaceAllFunc(pdf, func(name []byte) []byte {
		at, _ := slices.BinarySearchFunc(names, name, bytes.Compare)
		return fmt.Appendf(nil, "(node%08d)", at)
	})
}
