package display

import (
	"encoding/base64"
	"strings"
)

// AsHTML shows s as HTML.
func AsHTML(s string) Bundle { return Any(HTML, s) }

// AsMarkdown shows s as Markdown.
func AsMarkdown(s string) Bundle { return Any(Markdown, s) }

// AsLaTeX shows s as LaTeX; a formula stands between dollar signs.
func AsLaTeX(s string) Bundle { return Any(LaTeX, s) }

// AsSVG shows an SVG document.
func AsSVG(s string) Bundle { return Any(SVG, s) }

// AsPNG shows an image in PNG format.
func AsPNG(png []byte) Bundle { return Any(PNG, png) }

// AsJPEG shows an image in JPEG format.
func AsJPEG(jpeg []byte) Bundle { return Any(JPEG, jpeg) }

// AsJSON shows v, which encoding/json must be able to write, as a tree.
func AsJSON(v any) Bundle { return Any(JSON, v) }

// AsText shows s as it is, without quotes.
func AsText(s string) Bundle { return Any(Text, s) }

// Any shows data as mime says. Bytes are written as base64 when mime is a
// binary type, as text otherwise.
func Any(mime string, data any) Bundle {
	if raw, ok := data.([]byte); ok {
		data = encode(mime, raw)
	}
	b := Bundle{Data: map[string]any{mime: data}}
	if s, ok := data.(string); ok && readable(mime) {
		b.Data[Text] = s // source that a person can read where nothing better is shown
	} else {
		b.Data[Text] = "<" + mime + ">"
	}
	return b
}

func encode(mime string, raw []byte) string {
	if binary(mime) {
		return base64.StdEncoding.EncodeToString(raw)
	}
	return string(raw)
}

func binary(mime string) bool {
	if strings.HasPrefix(mime, "text/") || strings.HasSuffix(mime, "+xml") || strings.HasSuffix(mime, "json") {
		return false
	}
	return mime != "application/javascript" && mime != "application/xml"
}

func readable(mime string) bool { return mime == Text || mime == Markdown || mime == LaTeX }
