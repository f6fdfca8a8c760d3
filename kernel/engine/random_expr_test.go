//go:build oracle

package engine_test

import "fmt"

func (p *randomProgram) int(depth int) string {
	if depth <= 0 || p.r.IntN(5) == 0 {
		if v := p.of("int"); v != "" && p.r.IntN(3) > 0 {
			return v
		}
		return fmt.Sprint(p.r.IntN(10))
	}
	a, b := func() string { return p.int(depth - 1) }, func() string { return p.int(depth - 1) }
	switch p.r.IntN(22) {
	case 0, 1:
		return "(" + a() + p.pick(" + ", " - ", " * ", " & ", " | ", " ^ ", " &^ ") + b() + ")"
	case 2:
		return "div(" + a() + "," + b() + ")"
	case 3:
		return "(whole(" + a() + ")" + p.pick("<<", ">>") + "(uint(whole(" + b() + "))&3))"
	case 4:
		return "(" + p.pick("-", "^") + "whole(" + a() + "))"
	case 5:
		return "len(" + p.list(depth-1) + ")"
	case 6:
		return "len(" + p.string(depth-1) + ")"
	case 7:
		return p.pick("min", "max") + "(" + a() + "," + b() + ")"
	case 8:
		if m := p.of("map"); m != "" {
			return m + "[" + p.string(depth-1) + "]"
		}
	case 9:
		return p.pair(depth-1) + p.pick(".A", ".Sum("+a()+")", ".D[1]", ".D["+a()+"&1]")
	case 10:
		if v := p.of("*pair"); v != "" {
			return v + p.pick(".A", ".Sum("+a()+")", ".D[0]")
		}
	case 11:
		if v := p.of("shape"); v != "" {
			return v + ".Sum(" + a() + ")"
		}
	case 12:
		if v := p.of("func"); v != "" {
			return v + "(" + a() + ")"
		}
	case 13:
		return "func(x int) int { if x > " + b() + " { return x - 1 }; return x * 2 }(" + a() + ")"
	case 14:
		return "total(" + p.pick(a()+","+b(), p.list(depth-1)+"...") + ")"
	case 15:
		return "int(int8(whole(" + a() + ")))"
	case 16:
		return "total(" + p.t("apply") + "(" + p.list(depth-1) + ", " + p.fun(depth-1) + ")...)"
	case 17:
		return "len(" + p.t("apply") + "(" + p.list(depth-1) + ", func(v int) string { return fmt.Sprint(v) }))"
	case 18:
		if v := p.of("[]int"); v != "" {
			return "at(" + v + "," + a() + ")"
		}
	case 19:
		return "(" + p.t("Wide") + "{" + p.pair(depth-1) + "," + a() + "})" + p.pick(".Extra", ".A", ".Sum(2)", ".D[1]")
	case 20:
		return "int(math.Mod(math.Trunc(" + p.float(depth-1) + "), 1000))"
	}
	return a()
}

func (p *randomProgram) float(depth int) string {
	if depth <= 0 || p.r.IntN(4) == 0 {
		if v := p.of("float64"); v != "" {
			return v
		}
		return fmt.Sprintf("%d.%d", p.r.IntN(10), p.r.IntN(100))
	}
	switch p.r.IntN(4) {
	case 0:
		return "float64(" + p.int(depth-1) + ")"
	case 1:
		return "float64(float32(" + p.float(depth-1) + "))"
	case 2:
		return "math.Abs(" + p.float(depth-1) + ")"
	}
	return "float64(" + p.float(depth-1) + p.pick(" + ", " - ", " * ") + p.float(depth-1) + ")"
}

func (p *randomProgram) string(depth int) string {
	if depth <= 0 || p.r.IntN(4) == 0 {
		if v := p.of("string"); v != "" && p.r.IntN(2) == 0 {
			return v
		}
		return p.pick(`"a"`, `"b"`, `"héllo"`, `""`, "`raw`")
	}
	switch p.r.IntN(7) {
	case 0:
		return "cut(" + p.string(depth-1) + "+" + p.string(depth-1) + ")"
	case 1:
		return "fmt.Sprint(" + p.int(depth-1) + ")"
	case 2:
		return "strings.Repeat(" + p.string(depth-1) + ", " + p.int(depth-1) + "&1)"
	case 3:
		return "string(rune('a'+" + p.int(depth-1) + "&7))"
	case 4:
		return p.pair(depth-1) + ".B"
	case 5:
		return "fmt.Sprintf(\"%v|%d\", " + p.pick(p.pair(depth-1), p.list(depth-1), p.bool(depth-1)) + ", " + p.int(depth-1) + ")"
	}
	return "strings.ToUpper(" + p.string(depth-1) + ")"
}

func (p *randomProgram) bool(depth int) string {
	switch p.r.IntN(7) {
	case 0:
		if v := p.of("bool"); v != "" {
			return v
		}
	case 1:
		if depth > 0 {
			return "(" + p.bool(depth-1) + p.pick("&&", "||") + p.bool(depth-1) + ")"
		}
	case 2:
		return p.string(depth-1) + p.pick("==", "<", "!=") + p.string(depth-1)
	case 3:
		return p.float(depth-1) + p.pick(" < ", " >= ") + p.float(depth-1)
	case 4:
		return "!(" + p.int(depth-1) + " == " + p.int(depth-1) + ")"
	}
	return "whole(" + p.int(depth-1) + ")" + p.pick(" < ", " <= ", " > ", " >= ", " == ", " != ") + p.int(depth-1)
}

func (p *randomProgram) list(depth int) string {
	if v := p.of("[]int"); v != "" && (depth <= 0 || p.r.IntN(3) == 0) {
		return v
	}
	if depth <= 0 {
		return fmt.Sprintf("[]int{%s, %d}", p.int(0), p.r.IntN(5))
	}
	switch p.r.IntN(6) {
	case 0:
		return "append(slices.Clone(" + p.list(depth-1) + "), " + p.int(depth-1) + ")"
	case 1:
		return "first(" + p.list(depth-1) + ", " + p.int(depth-1) + ")"
	case 2:
		return p.t("apply") + "(" + p.list(depth-1) + ", " + p.fun(depth-1) + ")"
	case 3:
		return "make([]int, " + p.int(depth-1) + "&3)"
	case 4:
		return p.pair(depth-1) + ".C"
	}
	return "[]int{" + p.int(depth-1) + ", " + p.int(depth-1) + ", 3: " + p.int(depth-1) + "}"
}

func (p *randomProgram) pair(depth int) string {
	if v := p.of("pair"); v != "" && (depth <= 0 || p.r.IntN(2) == 0) {
		return v
	}
	if v := p.of("*pair"); v != "" && p.r.IntN(3) == 0 {
		return "(*" + v + ")"
	}
	return p.pairLit(depth)
}

func (p *randomProgram) pairLit(depth int) string {
	lit := fmt.Sprintf("%s{A: %s, B: %s, D: [2]int{%s}}", p.t("Pair"), p.int(depth-1), p.string(depth-1), p.int(depth-1))
	return "(" + lit + ")"
}

func (p *randomProgram) fun(depth int) string {
	switch p.r.IntN(4) {
	case 0:
		if v := p.of("func"); v != "" {
			return v
		}
	case 1:
		if v := p.of("pair"); v != "" {
			return v + ".Sum"
		}
	case 2:
		if v := p.of("shape"); v != "" {
			return v + ".Sum"
		}
	}
	return "func(n int) int { return n + " + p.int(depth-1) + " }"
}
