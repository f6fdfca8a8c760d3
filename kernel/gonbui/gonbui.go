// Package gonbui lets notebooks run that were written for GoNB's package of this name: cells import it as
// github.com/janpfeifer/gonb/gonbui. The functions have the names and the meaning they have there;
// new notebooks are better off with package display.
package gonbui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"sync/atomic"

	"reprise/kernel/display"
)

// IsNotebook says whether the program is run by a notebook's kernel.
var IsNotebook = true

// Debug does nothing here.
var Debug bool

// DisplayHTML shows HTML below the cell.
func DisplayHTML(html string) { display.Show(display.AsHTML(html)) }

// DisplayHtml is DisplayHTML.
func DisplayHtml(html string) { DisplayHTML(html) }

// DisplayHTMLF shows HTML below the cell, formatted as by fmt.Sprintf.
func DisplayHTMLF(htmlFormat string, args ...any) { DisplayHTML(fmt.Sprintf(htmlFormat, args...)) }

// DisplayHtmlf is DisplayHTMLF.
func DisplayHtmlf(htmlFormat string, args ...any) { DisplayHTMLF(htmlFormat, args...) }

// DisplayMarkdown shows Markdown below the cell, formulas between dollar signs included.
func DisplayMarkdown(markdown string) { display.Show(display.AsMarkdown(markdown)) }

// DisplayPng shows an image in PNG format.
func DisplayPng(png []byte) { display.Show(display.AsPNG(png)) }

// DisplayPNG is DisplayPng.
func DisplayPNG(png []byte) { DisplayPng(png) }

// DisplaySvg shows an SVG document.
func DisplaySvg(svg string) { display.Show(display.AsSVG(svg)) }

// DisplaySVG is DisplaySvg.
func DisplaySVG(svg string) { DisplaySvg(svg) }

// DisplayImage shows an image. It fails when the image can't be written as PNG.
func DisplayImage(img image.Image) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return fmt.Errorf("gonbui: image: %w", err)
	}
	DisplayPng(b.Bytes())
	return nil
}

// ScriptJavascript has the front end run JavaScript; those that do not show it as text.
func ScriptJavascript(js string) { display.Show(display.Any("text/javascript", js)) }

// EmbedImageAsPNGSrc returns the image as a value for the src attribute of an HTML img element.
func EmbedImageAsPNGSrc(img image.Image) (string, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return "", fmt.Errorf("gonbui: image: %w", err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// UpdateHTML shows HTML under an id; from the second call on, in place of what was shown under it.
func UpdateHTML(id, html string) { update(id, display.AsHTML(html)) }

// UpdateHtml is UpdateHTML.
func UpdateHtml(id, html string) { UpdateHTML(id, html) }

// UpdateMarkdown shows Markdown under an id; from the second call on, in place of what was shown under it.
func UpdateMarkdown(id, markdown string) { update(id, display.AsMarkdown(markdown)) }

func update(id string, b display.Bundle) {
	if display.Current().Shown(id) {
		display.Update(id, b)
		return
	}
	display.ShowAs(id, b)
}

// RequestInput asks the person for a line; the cell then reads it from standard input, with fmt.Scan say.
// Where nobody can be asked, reading fails.
func RequestInput(prompt string, password bool) {
	screen := display.Current()
	if line, err := screen.Input(prompt, password); err == nil {
		screen.Feed(line + "\n")
	}
}

// ids counts what UniqueId has given out.
var ids atomic.Uint64

// UniqueId returns an id that was not given out before in this session. It is no random one: a notebook
// that runs again shows the same.
func UniqueId() string { return fmt.Sprintf("gonb_id_%d", ids.Add(1)) }

// UniqueID is UniqueId.
func UniqueID() string { return UniqueId() }

// Sync waits for all output to be on its way. It always is.
func Sync() {}

// Open has nothing to open here.
func Open() error { return nil }

// Error is nil: there is no connection that could fail.
func Error() error { return nil }

// Logf does nothing here.
func Logf(format string, args ...any) {}
