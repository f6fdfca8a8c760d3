package display

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/png"
)

// showImage shows an image as PNG.
func showImage(_ Options, img image.Image) (Bundle, error) {
	if isNil(img) {
		return Bundle{}, errors.ErrUnsupported
	}
	size := img.Bounds().Size()
	text := fmt.Sprintf("%s %dx%d", typeName(img), size.X, size.Y)
	if size.X <= 0 || size.Y <= 0 {
		return Bundle{Data: map[string]any{Text: text}}, nil
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return Bundle{}, fmt.Errorf("display: writing an image of %dx%d as PNG: %w", size.X, size.Y, err)
	}
	return Bundle{Data: map[string]any{Text: text, PNG: base64.StdEncoding.EncodeToString(b.Bytes())}}, nil
}
