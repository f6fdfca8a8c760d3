//go:build ignore

// Draw makes the kernel's logos: a repeat sign as in written music, which says
// "play it again", on a rounded square. The SVG and both PNGs come from one list
// of shapes, in integer arithmetic, so that every machine draws the same bytes.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log"
	"os"
	"path/filepath"
)

// The drawing is 64 units wide and high.
const side = 64

// A shape is a rectangle with round corners; with r = w/2 = h/2 it is a disc.
type shape struct {
	x, y, w, h, r int
	fill          color.NRGBA
}

var (
	teal  = color.NRGBA{0x0B, 0x5E, 0x73, 0xFF}
	white = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	amber = color.NRGBA{0xFF, 0xB4, 0x3A, 0xFF}
)

// shapes are drawn one over the other.
var shapes = []shape{
	{2, 2, 60, 60, 14, teal},
	{12, 22, 8, 8, 4, amber}, // the two dots: repeat from here back
	{12, 34, 8, 8, 4, amber},
	{26, 12, 4, 40, 2, white},  // thin bar
	{36, 12, 14, 40, 3, white}, // thick bar: the end
}

func main() {
	dir := flag.String("o", ".", "directory to write to")
	flag.Parse()
	for name, content := range map[string][]byte{
		"logo-32x32.png": raster(32), "logo-64x64.png": raster(64), "logo-svg.svg": vector(),
	} {
		if err := os.WriteFile(filepath.Join(*dir, name), content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func vector() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Reprise\">\n", side, side)
	for _, s := range shapes {
		fmt.Fprintf(&b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"#%02x%02x%02x\"/>\n",
			s.x, s.y, s.w, s.h, s.r, s.fill.R, s.fill.G, s.fill.B)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// fine is how many samples a pixel is made of, in each direction.
const fine = 8

func raster(size int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			img.SetNRGBA(x, y, pixel(x, y, size))
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

// pixel is the mean of its samples; each has the colour of the topmost shape.
func pixel(px, py, size int) color.NRGBA {
	var r, g, b, n int
	for sy := range fine {
		for sx := range fine {
			// The centre of the sample in units of 1/(2*fine*size) of the drawing.
			x, y := side*(2*(px*fine+sx)+1), side*(2*(py*fine+sy)+1)
			if c, ok := top(x, y, 2*fine*size); ok {
				r, g, b, n = r+int(c.R), g+int(c.G), b+int(c.B), n+1
			}
		}
	}
	if n == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / n), uint8(g / n), uint8(b / n), uint8(255 * n / (fine * fine))}
}

func top(x, y, unit int) (c color.NRGBA, ok bool) {
	for _, s := range shapes {
		if s.covers(x, y, unit) {
			c, ok = s.fill, true
		}
	}
	return c, ok
}

// covers reports whether a point, in units of 1/unit, lies in the shape.
func (s shape) covers(x, y, unit int) bool {
	left, right, upper, lower := s.x*unit, (s.x+s.w)*unit, s.y*unit, (s.y+s.h)*unit
	if x < left || x > right || y < upper || y > lower {
		return false
	}
	r := s.r * unit
	dx := max(left+r-x, x-(right-r), 0)
	dy := max(upper+r-y, y-(lower-r), 0)
	return dx*dx+dy*dy <= r*r
}
