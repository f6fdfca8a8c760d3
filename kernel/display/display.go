// Package display turns Go values into what a notebook can show: MIME bundles.
//
// A value shows itself by having methods, and needs no import of this package:
//
//	HTML() string, Markdown() string, LaTeX() string, SVG() string,
//	JSON() any, PNG() []byte, JPEG() []byte, MIMEBundle() map[string]any
//
// For everything else there is the table of renderers in render.go. A cell can
// also make a Bundle of its own with the As functions.
package display

// MIME types that the renderers of this package produce.
const (
	Text     = "text/plain"
	HTML     = "text/html"
	Markdown = "text/markdown"
	LaTeX    = "text/latex"
	JSON     = "application/json"
	SVG      = "image/svg+xml"
	PNG      = "image/png"
	JPEG     = "image/jpeg"
)

// A Bundle is one value in several representations, keyed by MIME type.
// Text types hold a string, binary types (PNG, JPEG) their base64 text, JSON
// types any value that encoding/json can write. A Bundle that is shown always
// holds text/plain.
type Bundle struct {
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata,omitempty"`
}
