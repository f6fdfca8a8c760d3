//go:build oracle

package engine_test

import "fmt"

func (p *randomProgram) stmt() {
	if p.deep > 3 {
		p.line("fmt.Println(%s)", p.int(1))
		return
	}
	switch p.r.IntN(36) {
	case 0, 1:
		p.def("int", "i", p.int(3))
	case 2:
		p.def("string", "s", p.string(2))
	case 3:
		p.def("float64", "x", p.float(2))
	case 4:
		p.def("[]int", "l", p.list(2))
	case 5:
		p.def("pair", "p", p.pair(2))
	case 6:
		p.def("*pair", "q", "&"+p.pairLit(2))
	case 7:
		p.def("map", "m", fmt.Sprintf("map[string]int{%q: %s, %q: %s}", "a", p.int(1), "b", p.int(1)))
	case 8:
		p.def("func", "f", p.fun(2))
	case 9:
		v := p.name("h")
		p.line("var %s %s = %s", v, p.t("Shape"), p.pick(p.pair(1), fmt.Sprintf("%s(%s)", p.t("Num"), p.int(1)), "&"+p.pairLit(1), fmt.Sprintf("(%s{%s, %s})", p.t("Wide"), p.pair(1), p.int(1))))
		p.line("_ = %s", v)
		p.vars["shape"] = append(p.vars["shape"], v)
	case 10:
		p.def("bool", "b", p.bool(2))
	case 11, 12:
		p.assign()
	case 13:
		p.line("if %s {", p.bool(2))
		p.inner(2)
		p.line("} else if %s {", p.bool(1))
		p.inner(1)
		p.line("} else {")
		p.inner(1)
		p.line("}")
	case 14, 15:
		p.forLoop()
	case 16:
		p.rangeLoop()
	case 17:
		p.switches()
	case 18:
		p.typeSwitch()
	case 19:
		p.closures()
	case 20:
		p.deferred()
	case 21:
		p.risky()
	case 22:
		p.goroutines()
	case 23:
		if f := p.last; len(f) > 0 {
			a, e := p.name("i"), p.name("e")
			p.line("%s, %s := %s(%s, %s, %s)", a, e, p.pick(f...), p.int(2), p.int(1), p.string(1))
			p.line("fmt.Println(%s, %s)", a, e)
			p.vars["int"] = append(p.vars["int"], a)
		}
	case 24:
		p.labelled()
	case 25:
		p.iterator()
	case 26:
		if l := p.of("[]int"); l != "" {
			p.line("if len(%s) > 0 { %s[%s%%len(%s)] = %s }", l, l, "abs("+p.int(1)+")", l, p.int(2))
		}
	case 27:
		i, s := p.name("i"), p.name("s")
		p.line("%s, %s := func() (int, string) { return %s, %s }()", i, s, p.int(2), p.string(1))
		p.line("_, _ = %s, %s", i, s)
		p.vars["int"], p.vars["string"] = append(p.vars["int"], i), append(p.vars["string"], s)
	case 28:
		a, b := p.of("int"), p.of("int")
		if a != "" && a != b {
			p.line("%s, %s = %s, %s", a, b, p.int(1), p.int(1))
		}
	case 29:
		p.line("fmt.Println(%s, %s)", p.int(2), p.string(2))
	default:
		p.form()
	}
}

func (p *randomProgram) assign() {
	switch p.r.IntN(7) {
	case 0:
		if v := p.of("int"); v != "" {
			p.line("%s %s %s", v, p.pick("=", "+=", "-=", "*=", "^=", "|=", "&^="), p.int(2))
		}
	case 1:
		if v := p.of("int"); v != "" {
			p.line("%s%s", v, p.pick("++", "--"))
		}
	case 2:
		if v := p.of("string"); v != "" {
			p.line("%s %s %s", v, p.pick("=", "+="), p.string(1))
		}
	case 3:
		if v := p.of("map"); v != "" {
			p.line("%s[%s] %s %s", v, p.string(1), p.pick("=", "+=", "-="), p.int(2))
		}
	case 4:
		if v := p.of("pair"); v != "" {
			p.line("%s", p.pick(v+".A = "+p.int(2), v+".Put("+p.int(1)+")", v+".D["+p.int(1)+"&1]++", v+" = "+p.pair(1), v+".C = "+p.list(1)))
		}
	case 5:
		if v := p.of("*pair"); v != "" {
			p.line("%s", p.pick(v+".A = "+p.int(2), v+".Put("+p.int(1)+")", "*"+v+" = "+p.pair(1), v+" = &"+p.pairLit(1), v+".B += "+p.string(1)))
		}
	default:
		if v := p.of("[]int"); v != "" {
			p.line("%s = %s", v, p.list(2))
		}
	}
}

func (p *randomProgram) forLoop() {
	i := p.name("i")
	p.line("for %s := 0; %s < %d; %s++ {", i, i, 1+p.r.IntN(3), i)
	p.body(i)
}

// body writes the body of a loop over the int i.
func (p *randomProgram) body(i string) {
	was := p.vars["int"]
	p.vars["int"] = append(was[:len(was):len(was)], i)
	p.line("_ = %s\nif tired() { break }", i)
	if p.r.IntN(3) == 0 {
		p.line("if %s { %s }", p.bool(1), p.pick("continue", "break"))
	}
	p.inner(2)
	p.line("}")
	p.vars["int"] = was
}

func (p *randomProgram) rangeLoop() {
	i := p.name("i")
	switch p.r.IntN(5) {
	case 0:
		p.line("for %s := range %d {", i, 1+p.r.IntN(3))
	case 1:
		p.line("for _, %s := range %s {", i, p.list(1))
	case 2:
		p.line("for %s := range %s {", i, p.string(1))
	case 3:
		p.line("for _, %s := range [2]int{%s, %s} {", i, p.int(1), p.int(1))
	default:
		p.line("for %s := range slices.Values(%s) {", i, p.list(1))
	}
	p.body(i)
}

func (p *randomProgram) switches() {
	p.line("switch %s & 3 {", p.int(2))
	for k := range 3 {
		p.line("case %d:", k)
		p.inner(1)
		if k < 2 && p.r.IntN(3) == 0 {
			p.line("fallthrough")
		}
	}
	p.line("default:")
	p.inner(1)
	p.line("}")
}

func (p *randomProgram) typeSwitch() {
	v := p.name("v")
	x := p.pick(p.int(1), p.string(1), p.float(1), p.pair(1), "&"+p.pairLit(1), p.t("Num")+"("+p.int(1)+")", p.list(1), "nil", p.bool(1))
	p.line("switch %s := any(%s).(type) {", v, x)
	p.line("case nil: fmt.Println(\"nil\", %s == nil)", v)
	p.line("case int: fmt.Println(\"int\", %s+1)", v)
	p.line("case string, bool: fmt.Println(\"text\", %s)", v)
	p.line("case %s: fmt.Println(\"shape\", %s.Sum(2))", p.t("Shape"), v)
	p.line("case []int: fmt.Println(\"list\", len(%s))", v)
	p.line("default: fmt.Printf(\"%%T\\n\", %s)\n}", v)
}

// closures makes some in a loop and calls them later.
func (p *randomProgram) closures() {
	l, i := p.name("c"), p.name("i")
	p.line("var %s []func(int) int", l)
	p.line("for %s := 0; %s < 3; %s++ {", i, i, i)
	was := p.vars["int"]
	p.vars["int"] = append(was[:len(was):len(was)], i)
	own := p.name("i")
	p.line("%s := %s", own, p.int(1))
	p.line("%s = append(%s, func(n int) int { %s += n; return %s + %s*%d + %s })", l, l, own, own, i, p.r.IntN(5), p.int(1))
	p.line("}")
	p.vars["int"] = was
	for range 3 {
		p.line("fmt.Println(%s[%d](%s))", l, p.r.IntN(3), p.int(1))
	}
}

// deferred runs calls at the end of a function that may panic.
func (p *randomProgram) deferred() {
	v := p.name("i")
	p.line("%s := func() (res int) {", v)
	p.line("defer func() { if r := recover(); r != nil { fmt.Println(said(r)); res += 100 } }()")
	p.line("for k := range 2 { defer func() { res += k + %s }() }", p.int(1))
	p.line("defer fmt.Println(\"deferred\", %s)", p.int(1))
	if p.r.IntN(2) == 0 {
		p.line("defer func() { if res > 10 { panic(fmt.Sprint(\"again \", res)) } }()")
	}
	p.inner(2)
	if p.r.IntN(2) == 0 {
		p.line("if %s { panic(%s) }", p.bool(1), p.pick(p.string(1), p.int(1), "errors.New("+p.string(1)+")"))
	}
	p.line("return %s\n}()", p.int(2))
	p.line("_ = %s", v)
	p.vars["int"] = append(p.vars["int"], v)
}

// risky does what may go wrong at run time.
func (p *randomProgram) risky() {
	p.line("func() {\ndefer func() { if r := recover(); r != nil { fmt.Println(\"risky:\", said(r)) } }()")
	v := p.name("v")
	switch p.r.IntN(8) {
	case 0:
		p.line("%s := %s; fmt.Println(%s[whole(%s)])", v, p.list(1), v, p.int(1))
	case 1:
		p.line("%s := %s; fmt.Println(10 / (%s & 1))", v, p.int(1), v)
	case 2:
		p.line("var %s map[string]int; fmt.Println(%s[\"x\"]); %s[\"x\"] = %s", v, v, v, p.int(1))
	case 3:
		p.line("var %s *%s; fmt.Println(%s == nil); fmt.Println(%s.A)", v, p.t("Pair"), v, v)
	case 4:
		p.line("var %s any = %s; fmt.Println(%s.(string))", v, p.pick(p.int(1), p.string(1)), v)
	case 5:
		p.line("%s := %s; fmt.Println(%s[whole(%s):])", v, p.string(1), v, p.int(1))
	case 6:
		p.line("var %s %s; fmt.Println(%s.Sum(1))", v, p.t("Shape"), v)
	default:
		p.line("%s := make(chan int, 1); close(%s); w, ok := <-%s; fmt.Println(w, ok); %s <- %s", v, v, v, v, p.int(1))
	}
	p.line("}()")
}

// goroutines computes something in several, in places of their own.
func (p *randomProgram) goroutines() {
	l, wg, i := p.name("l"), p.name("g"), p.name("i")
	n := 2 + p.r.IntN(4)
	p.line("%s := make([]int, %d)\nvar %s sync.WaitGroup", l, n, wg)
	p.line("for %s := range %s {", i, l)
	was := p.vars["int"]
	p.vars["int"] = append(was[:len(was):len(was)], i)
	x := p.int(2)
	switch p.r.IntN(3) {
	case 0:
		p.line("%s.Add(1); go func() { defer %s.Done(); %s[%s] = %s }()", wg, wg, l, i, x)
	case 1:
		p.line("%s.Add(1); go func(k int) { %s[k] = %s; %s.Done() }(%s)", wg, l, x, wg, i)
	default:
		p.line("%s.Go(func() { for range 2 { %s[%s] += %s } })", wg, l, i, x)
	}
	p.line("}\n%s.Wait()", wg)
	p.vars["int"] = was
	p.vars["[]int"] = append(p.vars["[]int"], l)
}

func (p *randomProgram) labelled() {
	name, i, j := p.name("L"), p.name("i"), p.name("i")
	p.line("%s:\nfor %s := range 3 {\nfor %s := range 3 {", name, i, j)
	was := p.vars["int"]
	p.vars["int"] = append(was[:len(was):len(was)], i, j)
	p.line("_, _ = %s, %s\nif tired() { break %s }\nif %s { %s %s }", i, j, name, p.bool(1), p.pick("continue", "break"), name)
	p.inner(1)
	p.line("fmt.Println(%s)\n}\n}", p.int(1))
	p.vars["int"] = was
}

// iterator ranges over a function, perhaps out of it.
func (p *randomProgram) iterator() {
	f, i := p.name("f"), p.name("i")
	p.line("%s := func(yield func(int) bool) { for k := range 4 { if !yield(k * %s) { fmt.Println(\"left\"); return } } }", f, p.int(1))
	p.line("for %s := range %s {", i, f)
	p.body(i)
}
