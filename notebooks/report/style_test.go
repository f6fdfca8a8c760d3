package report

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// WCAG 2.1, success criterion 1.4.3: text of normal size has a contrast of at least 4.5.
func TestContrast(t *testing.T) {
	light, rest, ok := strings.Cut(style, "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark style")
	}
	dark, _, _ := strings.Cut(rest, "\n}")
	checked := 0
	for name, css := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z0-9]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(css, -1) {
			colours[m[1]] = m[2]
		}
		for _, background := range []string{"page", "panel", "band"} {
			for c := range colours {
				switch c {
				case "page", "panel", "band", "line", "errorbar", "warnbar": // not text
					continue
				}
				checked++
				if got := contrast(colours[c], colours[background]); got < 4.5 {
					t.Errorf("%s: %s %s on %s %s has contrast %.2f", name, c, colours[c], background, colours[background], got)
				}
			}
		}
	}
	if checked < 80 {
		t.Errorf("only %d pairs of colours", checked)
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.1.
func luminance(colour string) float64 {
	part := func(i int) float64 {
		n, err := strconv.ParseUint(colour[i:i+2], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(1) + 0.7152*part(3) + 0.0722*part(5)
}

func TestContrastItself(t *testing.T) {
	if got := contrast("#000000", "#ffffff"); math.Abs(got-21) > 1e-9 {
		t.Errorf("black on white %v", got)
	}
	if got := fmt.Sprintf("%.2f", contrast("#777777", "#ffffff")); got != "4.48" {
		t.Errorf("#777 on white %s; WebAIM says 4.48", got)
	}
}

func TestANSI(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a\x1b[31mb\x1b[0mc", `a<span class="fg1">b</span>c`},
		{"\x1b[1;94mb\x1b[22m<\x1b[39m>", `<span class="fg12 bold">b</span><span class="fg12">&lt;</span>&gt;`},
		{"\x1b[38;5;196mr\x1b[38;2;0;200;0mg\x1b[38:5:8mh", `<span class="fg9">r</span><span class="fg10">g</span><span class="fg8">h</span>`},
		{"\x1b[7mx\x1b[27m\x1b[41my", `<span class="swap">x</span><span class="mark">y</span>`},
		{"a\x1b[2Kb\x1b]8;;http://x\x07link\x1b]8;;\x07\x1b(\x00", "ablink("},
		{"\x1b[", "["},
		{"\x1b[3;4mx", `<span class="italic underline">x</span>`},
	} {
		if got := ansiHTML(c.in); got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
}
