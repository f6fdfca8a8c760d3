package report

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// imageOrder lists the types of images that are base64 in a notebook.
var imageOrder = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/svg+xml"}

// imageSource is where the images of a text come from.
type imageSource struct {
	folder      string
	attachments map[string]any
}

// image puts the image into the page, or says that it is not there.
func (c cleaner) image(n *html.Node) string {
	alt, source := attribute(n, "alt"), attribute(n, "src")
	data, err := c.images.load(source)
	if err != nil {
		c.p.warn("image %.80q is not in the report: %v", source, err)
		return "<span class=\"absent\">[image: " + html.EscapeString(strings.TrimSpace(alt+" "+shortSource(source))) + "]</span>"
	}
	if alt == "" {
		c.p.warn("image %.80q has no description; write ![description](…)", shortSource(source))
	}
	return imageTag(data, alt)
}

func shortSource(source string) string {
	if strings.HasPrefix(source, "data:") {
		return "inline data"
	}
	return source
}

func imageTag(source, alt string) string {
	return fmt.Sprintf("<img src='%s' alt=\"%s\">", source, html.EscapeString(alt))
}

var imageTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// load gives the image as a data URL, escaped for an attribute.
func (s imageSource) load(source string) (string, error) {
	if strings.HasPrefix(source, "data:image/") {
		return html.EscapeString(source), nil
	}
	if name, ok := strings.CutPrefix(source, "attachment:"); ok {
		return s.attachment(name)
	}
	u, err := url.Parse(source)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", fmt.Errorf("only files beside the notebook are taken in")
	}
	mime, known := imageTypes[strings.ToLower(filepath.Ext(u.Path))]
	if s.folder == "" || !known || filepath.IsAbs(u.Path) {
		return "", fmt.Errorf("not an image file beside the notebook")
	}
	data, err := os.ReadFile(filepath.Join(s.folder, filepath.FromSlash(u.Path)))
	if err != nil {
		return "", fmt.Errorf("no such file")
	}
	return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(data), nil
}

func (s imageSource) attachment(name string) (string, error) {
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	bundle, _ := s.attachments[name].(map[string]any)
	for _, mime := range imageOrder {
		if data, ok := bundle[mime].(string); ok {
			return dataURL(mime, data), nil
		}
	}
	return "", fmt.Errorf("the cell has no such attachment")
}

// svg becomes an image, in which nothing runs and nothing loads.
func (c cleaner) svg(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return ""
	}
	alt := svgTitle(b.String())
	if alt == "" {
		c.p.warn("a drawing has no description; give its svg a <title>")
		alt = "drawing"
	}
	return imageTag(dataURL("image/svg+xml", b.String()), alt)
}

var title = regexp.MustCompile(`(?s)<(title|desc)[^>]*>([^<]*)</`)

// svgTitle is what a drawing says of itself.
func svgTitle(svg string) string {
	if m := title.FindStringSubmatch(svg); m != nil {
		return strings.TrimSpace(html.UnescapeString(m[2]))
	}
	return ""
}

// svgURL escapes what a data URL between single quotes must not hold; base64 would be a third longer.
var svgURL = strings.NewReplacer("%", "%25", "#", "%23", "'", "&#39;", "&", "&amp;", "\n", " ", "\r", " ", "\t", " ")

func dataURL(mime, data string) string {
	if mime == "image/svg+xml" {
		if !strings.Contains(data, "xmlns=") { // optional within HTML, not in an image
			data = strings.Replace(data, "<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1)
		}
		return "data:image/svg+xml," + svgURL.Replace(strings.TrimSpace(data))
	}
	return "data:" + mime + ";base64," + strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == ' ' {
			return -1
		}
		return r
	}, html.EscapeString(data))
}
