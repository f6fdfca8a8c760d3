//go:build oracle

package engine_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A randomProgram writes Go programs at random: what they mean is left to the compiler. They
// always end, and mean one thing only: no value depends on an order that Go leaves open.
type randomProgram struct {
	r    *rand.Rand
	b    strings.Builder
	no   int                 // of the program, part of all its names
	vars map[string][]string // variables in sight, by type
	made int
	deep int
	last []string // functions that are written already
}

// randomCode returns declarations, and statements that use them.
func randomCode(no int) (decls string, stmts []string) {
	p := &randomProgram{r: rand.New(rand.NewPCG(uint64(no), 7)), no: no, vars: map[string][]string{}}
	p.declarations()
	decls = p.b.String()
	p.b.Reset()
	p.vars = map[string][]string{}
	stmts = []string{"fuel = 300\n"}
	for range 8 + p.r.IntN(10) {
		p.b.Reset()
		if p.stmt(); p.b.Len() > 0 {
			stmts = append(stmts, p.b.String())
		}
	}
	p.b.Reset()
	p.show()
	return decls, append(stmts, p.b.String())
}

func (p *randomProgram) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func (p *randomProgram) name(letter string) string {
	p.made++
	return fmt.Sprintf("%s%d_%d", letter, p.no, p.made)
}

func (p *randomProgram) pick(of ...string) string { return of[p.r.IntN(len(of))] }

// t is the name of one of the types of the program.
func (p *randomProgram) t(name string) string { return fmt.Sprintf("%s%d", name, p.no) }

func (p *randomProgram) declarations() {
	s, shape := p.t("Pair"), p.t("Shape")
	p.line("type %s struct { A int; B string; C []int; D [2]int }", s)
	p.line("type %s interface { Sum(n int) int }", shape)
	p.line("type %s int", p.t("Num"))
	p.line("type %s struct { %s; Extra int }", p.t("Wide"), s)
	p.line("func (s %s) Sum(n int) int { return s.A*n + len(s.B) + total(s.C...) - s.D[n&1] }", s)
	p.line("func (s *%s) Put(n int) { s.A += n; s.C = append(s.C, n); s.D[n&1]++ }", s)
	p.line("func (m %s) Sum(n int) int { return int(m)*2 + n }", p.t("Num"))
	p.line("func %s[T, U any](list []T, f func(T) U) (all []U) { for _, v := range list { all = append(all, f(v)) }; return all }", p.t("apply"))
	p.line("func (s %s) Sum1() int { return s.Sum(1) }", s)
	p.line("%s", strings.NewReplacer("Stack", p.t("Stack"), "Color", p.t("Color")).Replace(strings.TrimSpace(randomTypes)))
	for range 3 {
		p.vars = map[string][]string{"int": {"a", "b"}, "string": {"s"}}
		name := p.name("f")
		p.line("func %s(a, b int, s string) (res int, err error) {\nif tired() { return 1, nil }", name)
		if p.r.IntN(2) == 0 {
			p.line("defer func() { if r := recover(); r != nil { res, err = res-1, fmt.Errorf(\"%s: %%s\", said(r)) } }()", name)
		}
		p.block(3 + p.r.IntN(4))
		p.line("return %s, nil\n}", p.int(2))
		p.last = append(p.last, name)
	}
}

// show prints all that is in sight.
func (p *randomProgram) show() {
	var all []string
	for _, t := range []string{"int", "float64", "string", "bool", "[]int", "pair", "*pair", "map", "shape"} {
		for _, v := range p.vars[t] {
			switch t {
			case "*pair":
				v = "*" + v
			case "shape":
				v = v + ".Sum(3)"
			}
			all = append(all, v)
		}
	}
	p.line("fmt.Println(%s)", strings.Join(append([]string{fmt.Sprint(p.made)}, all...), ", "))
}

// block writes statements; what they define is out of sight afterwards.
func (p *randomProgram) block(n int) {
	for range n {
		p.stmt()
	}
}

func (p *randomProgram) inner(n int) {
	was := map[string][]string{}
	for t, v := range p.vars {
		was[t] = v[:len(v):len(v)]
	}
	p.deep++
	p.block(n)
	p.deep--
	p.vars = was
}

func (p *randomProgram) def(t, letter, x string) string {
	v := p.name(letter)
	p.line("%s := %s", v, x)
	p.line("_ = %s", v)
	p.vars[t] = append(p.vars[t], v)
	return v
}

func (p *randomProgram) of(t string) string {
	if v := p.vars[t]; len(v) > 0 {
		return v[p.r.IntN(len(v))]
	}
	return ""
}
