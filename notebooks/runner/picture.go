package runner

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // formats that cells may show
	_ "image/jpeg"
	_ "image/png"
	"strings"
)

// pixels says how two images differ that are saved as base64; "" when one cannot be read.
func pixels(a, b string) string {
	x, errX := picture(a)
	y, errY := picture(b)
	if errX != nil || errY != nil {
		return ""
	}
	if x.Bounds() != y.Bounds() {
		return fmt.Sprintf("%s and %s pixels", size(x), size(y))
	}
	differ, first, most := 0, image.Point{}, 0
	for row := x.Bounds().Min.Y; row < x.Bounds().Max.Y; row++ {
		for column := x.Bounds().Min.X; column < x.Bounds().Max.X; column++ {
			if far := apart(x.At(column, row), y.At(column, row)); far > 0 {
				if differ == 0 {
					first = image.Pt(column, row)
				}
				differ, most = differ+1, max(most, far)
			}
		}
	}
	if differ == 0 {
		return "every pixel is the same; the files are written in another way"
	}
	total := x.Bounds().Dx() * x.Bounds().Dy()
	return fmt.Sprintf("%d of %d pixels differ, by %d of 255 at most; the first is in column %d, row %d", differ, total, most, first.X, first.Y)
}

func picture(text string) (image.Image, error) {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil {
		return nil, err
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	return m, err
}

func size(m image.Image) string { return fmt.Sprintf("%dx%d", m.Bounds().Dx(), m.Bounds().Dy()) }

// apart is how far the channel is that differs most, from 0 to 255.
func apart(a, b color.Color) int {
	r, g, bl, al := a.RGBA()
	r2, g2, bl2, al2 := b.RGBA()
	most := 0
	for _, pair := range [][2]uint32{{r, r2}, {g, g2}, {bl, bl2}, {al, al2}} {
		most = max(most, int(max(pair[0], pair[1])-min(pair[0], pair[1])+256)/257) // the smallest difference is one
	}
	return most
}
