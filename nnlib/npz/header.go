package npz

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// parseHeader reads a Python dict of exactly the three keys that NumPy writes.
func parseHeader(text string) (h npyHeader, err error) {
	p := literal{rest: strings.TrimSpace(text)}
	p.want("{")
	seen := map[string]bool{}
	for !p.take("}") && p.err == nil {
		key := p.quoted()
		p.want(":")
		switch key {
		case "descr":
			h.descr = p.quoted()
		case "fortran_order":
			h.fortran = p.take("True")
			if !h.fortran {
				p.want("False")
			}
		case "shape":
			h.shape = p.tuple()
		default:
			p.fail("a key %q", key)
		}
		seen[key] = true
		if !p.take(",") && !strings.HasPrefix(p.rest, "}") {
			p.fail("no comma")
		}
	}
	if p.err == nil && (len(seen) != 3 || p.rest != "") {
		p.fail("not just the keys descr, fortran_order and shape")
	}
	return h, p.err
}

// A literal reads pieces of a Python literal from the left.
type literal struct {
	rest string
	err  error
}

func (p *literal) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("its header has %s", fmt.Sprintf(format, args...))
	}
	p.rest = ""
}

func (p *literal) take(token string) bool {
	rest, ok := strings.CutPrefix(p.rest, token)
	if ok {
		p.rest = strings.TrimLeft(rest, " \t\n")
	}
	return ok
}

func (p *literal) want(token string) {
	if !p.take(token) {
		p.fail("no %q where one must be", token)
	}
}

func (p *literal) quoted() string {
	for _, quote := range []string{"'", `"`} {
		if p.take(quote) {
			text, rest, ok := strings.Cut(p.rest, quote)
			if ok {
				p.rest = strings.TrimLeft(rest, " \t\n")
				return text
			}
		}
	}
	p.fail("a type that is not one of plain numbers, or a text without an end")
	return ""
}

func (p *literal) tuple() []int {
	shape := []int{}
	p.want("(")
	for !p.take(")") && p.err == nil {
		d, err := p.number()
		if err != nil || len(shape) == 32 {
			p.fail("a shape that is none")
		}
		shape = append(shape, d)
		if !p.take(",") && !strings.HasPrefix(p.rest, ")") {
			p.fail("a shape without its comma")
		}
	}
	return shape
}

func (p *literal) number() (int, error) {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r < '0' || r > '9' })
	if end <= 0 {
		return 0, errors.New("no number")
	}
	digits := p.rest[:end]
	p.rest = strings.TrimLeft(strings.TrimPrefix(p.rest[end:], "L"), " ") // Python 2 wrote 3L
	n, err := strconv.ParseInt(digits, 10, 48)
	return int(n), err
}
