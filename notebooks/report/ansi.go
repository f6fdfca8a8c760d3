package report

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

var escape = regexp.MustCompile("\x1b(?:\\[([0-9;:]*)([A-Za-z])|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|[@-Z\\\\^_])")

// ansiHTML shows text with ANSI colours as spans; cursor movements are dropped.
func ansiHTML(text string) string {
	var b strings.Builder
	s := sgr{fg: -1, bg: -1}
	at := 0
	write := func(plain string) {
		if plain == "" {
			return
		}
		if class := s.class(); class != "" {
			fmt.Fprintf(&b, "<span class=\"%s\">%s</span>", class, html.EscapeString(visible(plain)))
			return
		}
		b.WriteString(html.EscapeString(visible(plain)))
	}
	for _, m := range escape.FindAllStringSubmatchIndex(text, -1) {
		write(text[at:m[0]])
		at = m[1]
		if m[4] >= 0 && text[m[4]:m[5]] == "m" {
			s.apply(text[m[2]:m[3]])
		}
	}
	write(text[at:])
	return b.String()
}

// stripANSI drops all escape sequences.
func stripANSI(text string) string { return visible(escape.ReplaceAllString(text, "")) }

// visible drops control characters that HTML does not allow.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}

// sgr is the state that "select graphic rendition" sets. Colours are 0 to 15, -1 none.
type sgr struct {
	fg, bg                               int
	bold, faint, italic, underline, swap bool
}

func (s *sgr) apply(codes string) {
	list := strings.FieldsFunc(codes, func(r rune) bool { return r == ';' || r == ':' })
	if len(list) == 0 {
		list = []string{"0"}
	}
	for i := 0; i < len(list); i++ {
		n, _ := strconv.Atoi(list[i])
		if n == 38 || n == 48 {
			colour, used := extended(list[i+1:])
			i += used
			if n == 38 {
				s.fg = colour
			} else {
				s.bg = colour
			}
			continue
		}
		s.one(n)
	}
}

func (s *sgr) one(n int) {
	switch {
	case n == 0:
		*s = sgr{fg: -1, bg: -1}
	case n == 1:
		s.bold = true
	case n == 2:
		s.faint = true
	case n == 3:
		s.italic = true
	case n == 4:
		s.underline = true
	case n == 7:
		s.swap = true
	case n == 22:
		s.bold, s.faint = false, false
	case n == 23:
		s.italic = false
	case n == 24:
		s.underline = false
	case n == 27:
		s.swap = false
	case n >= 30 && n <= 37:
		s.fg = n - 30
	case n == 39:
		s.fg = -1
	case n >= 40 && n <= 47:
		s.bg = n - 40
	case n == 49:
		s.bg = -1
	case n >= 90 && n <= 97:
		s.fg = n - 90 + 8
	case n >= 100 && n <= 107:
		s.bg = n - 100 + 8
	}
}

// extended reads 5;n or 2;r;g;b and takes the nearest of the sixteen colours, whose
// contrast the style vouches for.
func extended(list []string) (colour, used int) {
	num := func(i int) int {
		if i < len(list) {
			n, _ := strconv.Atoi(list[i])
			return n
		}
		return 0
	}
	switch num(0) {
	case 5:
		n := num(1)
		switch {
		case n < 16:
			return n, 2
		case n < 232:
			n -= 16
			return nearest(n/36*51, n/6%6*51, n%6*51), 2
		}
		return nearest((n-232)*10+8, (n-232)*10+8, (n-232)*10+8), 2
	case 2:
		return nearest(num(1), num(2), num(3)), 4
	}
	return -1, 0
}

func nearest(r, g, b int) int {
	most := max(r, g, b)
	if most < 64 {
		return 0
	}
	colour := 0
	for i, c := range []int{r, g, b} {
		if 2*c > most {
			colour |= 1 << i
		}
	}
	if most > 192 && colour != 7 {
		colour += 8
	}
	return colour
}

func (s *sgr) class() string {
	var c []string
	if s.swap {
		c = append(c, "swap")
	} else {
		if s.fg >= 0 {
			c = append(c, fmt.Sprintf("fg%d", s.fg))
		}
		if s.bg >= 0 {
			c = append(c, "mark") // a background colour of its own could make the text unreadable
		}
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{s.bold, "bold"}, {s.italic, "italic"}, {s.underline, "underline"}} {
		if f.on {
			c = append(c, f.name)
		}
	}
	return strings.Join(c, " ")
}
