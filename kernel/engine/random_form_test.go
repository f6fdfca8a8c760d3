//go:build oracle

package engine_test

import (
	"fmt"
	"strings"
)

// form writes a block of one of the forms below. @i, @f, @s, @b, @l and @p stand for random
// expressions, $1 to $9 for names of its own, Pair and Shape for the program's types.
func (p *randomProgram) form() {
	text := randomForms[p.r.IntN(len(randomForms))]
	for k := 1; k < 10 && strings.Contains(text, "$"); k++ {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d", k), p.name("z"))
	}
	text = strings.NewReplacer("Pair", p.t("Pair"), "Shape", p.t("Shape"), "Num", p.t("Num"), "apply", p.t("apply"), "Wide", p.t("Wide"), "Stack", p.t("Stack"), "Color", p.t("Color")).Replace(text)
	for {
		at := strings.IndexByte(text, '@')
		if at < 0 {
			break
		}
		makers := map[byte]func(int) string{'i': p.int, 'f': p.float, 's': p.string, 'b': p.bool, 'l': p.list, 'p': p.pair}
		text = text[:at] + makers[text[at+1]](1) + text[at+2:]
	}
	p.line("{\n%s\n}", text)
}

// randomTypes are the types that forms use.
const randomTypes = `
type Stack[T any] struct { all []T; most int }
func (s *Stack[T]) Push(v T) *Stack[T] { s.all = append(s.all, v); s.most = max(s.most, len(s.all)); return s }
func (s *Stack[T]) Pop() (v T, ok bool) { if len(s.all) == 0 { return v, false }; v = s.all[len(s.all)-1]; s.all = s.all[:len(s.all)-1]; return v, true }
func (s Stack[T]) All() func(yield func(int, T) bool) { return func(yield func(int, T) bool) { for k, v := range s.all { if !yield(k, v) { return } } } }
type Color uint8
const ( ColorRed Color = iota + 1; ColorGreen; _; ColorBlue )
func (c Color) String() string { return [...]string{"none", "red", "green", "?", "blue"}[c%5] }
func (c *Color) Next() { *c = (*c + 1) % 5 }
`

var randomForms = []string{
	`var $1 uint8 = uint8(whole(@i)); $1 += uint8(whole(@i)); $1 <<= uint(whole(@i))&3; fmt.Println($1, ^$1, $1>>1, int8($1))`,
	`$1, $2 := int32(whole(@i))*70000, uint64(whole(@i)); $1 *= $1; $2 -= 1; fmt.Println($1, $2, $2>>60, uint16($2), -$1)`,
	`$1 := float32(@f); $2 := float32(@i) / 3; fmt.Println($1*$2, $1-$2, float64($1), $1 > $2, int($2))`,
	`$1 := complex(@f, @f); $1 *= 2i; fmt.Println(real($1), imag($1), $1 == complex(1, 2))`,
	`$1 := [3]int{@i, @i, 7}; $2 := $1; $2[abs(@i)%3] = @i; $3 := &$1; $3[1]++; fmt.Println($1, $2, $1 == $2, len($3)); for i, v := range $3 { fmt.Print(i, v, " ") }; fmt.Println()`,
	`$1 := [2][2]int{{@i, 1}, {2, @i}}; $2 := $1[1]; $1[1][0] = 9; $2[1]--; fmt.Println($1, $2)`,
	`$1 := map[string][]int{"a": @l}; $1["b"] = append($1["b"], @i, @i); $1["a"] = append($1["a"], 1); delete($1, @s); $2, $3 := $1["a"]; fmt.Println(len($1), $2, $3, $1)`,
	`$1 := map[int]Pair{1: @p}; $2 := $1[1]; $2.A = @i; $2.D[1] = 5; fmt.Println($1[1].A, $2.A, $1[1].D, $1[2].B == ""); $1[2] = $2; fmt.Println(len($1), $1[2].Sum(1))`,
	`$1 := map[[2]int]string{{1, 2}: @s}; $1[[2]int{@i, 1}] += "x"; fmt.Println($1[[2]int{1, 2}], len($1))`,
	`$1 := []Pair{@p, @p}; for _, v := range $1 { v.A = 100; v.Put(1) }; for i := range $1 { $1[i].Put(@i); $1[i].B += @s }; fmt.Println($1)`,
	`$1 := []*Pair{{A: @i}, {B: @s}}; $2 := $1[0]; $2.Put(@i); $1[0], $1[1] = $1[1], $1[0]; fmt.Println(*$1[0], *$1[1], $1[1] == $2)`,
	`$1 := [][]int{@l, {1, @i}, nil}; $1[2] = append($1[2], $1[1]...); $1[1][0] = @i; fmt.Println($1, len($1[2]), cap($1[2][:1:1]))`,
	`$1 := make([]int, 2, 10); $2 := append($1, @i); $3 := append($1, @i); $1[0] = 8; fmt.Println($1, $2, $3, copy($1, $2), $1)`,
	`$1 := []int{1, 2, 3, 4, 5}; $2 := $1[1:3]; $2 = append($2, @i); $3 := $1[1:3:3]; $3 = append($3, 77); $3[0] = 6; clear($1[4:]); fmt.Println($1, $2, $3)`,
	`$1 := func(n int) func() int { return func() int { n += @i; return n } }(@i); $2 := $1; fmt.Println($1(), $2(), $1())`,
	`var $1 func(int) int; $1 = func(n int) int { if n <= 1 { return 1 }; return $1(n-1) + $1(n-2) }; fmt.Println($1(abs(@i)%8))`,
	`$1 := Pair.Sum; $2 := (*Pair).Put; $3 := @p; $2(&$3, 4); fmt.Println($1($3, @i), $3)`,
	`$1 := Wide{Pair: @p, Extra: 1}; $1.Put(@i); $2 := $1.Put; $2(3); $3 := $1.Sum; $1.A = 50; fmt.Println($1, $3(1)); var $4 Shape = &$1; fmt.Println($4.Sum(2))`,
	`var $1 Shape = @p; switch v := $1.(type) { case Num: fmt.Println("num", v); case Pair: v.A++; fmt.Println("pair", v.A, $1.Sum(0)); default: fmt.Println("else") }; _, $2 := $1.(Num); _, $3 := any($1).(fmt.Stringer); fmt.Println($2, $3)`,
	`$1 := []Shape{Num(@i), @p, &Wide{Pair: @p}}; $2 := 0; for i, v := range $1 { $2 += v.Sum(i) }; fmt.Println($2, $1[0] == Shape(Num(3)), $1[2] != nil)`,
	`var $1 Stack[string]; $1.Push(@s).Push(@s).Push("z"); $2, $3 := $1.Pop(); for i, v := range $1.All() { fmt.Println(i, v); if @b { break } }; fmt.Println($2, $3, $1)`,
	`$1 := &Stack[Pair]{}; $1.Push(@p); $2, _ := $1.Pop(); _, $3 := $1.Pop(); fmt.Println($2.A, $3, $1.most)`,
	`$1 := Color(whole(@i)); $1.Next(); fmt.Println($1, ColorBlue, []Color{ColorRed, $1}, map[Color]int{ColorGreen: @i}); fmt.Printf("%v %d %T\n", $1, $1, ColorRed)`,
	`const $1 = 1 << 40; const $2 float64 = $1 / 3; const $3 = len("four") * 2; fmt.Println($1>>38, $2, $3, $1%1000 + @i)`,
	`$1, $2 := make(chan int), make(chan bool, 1); go func() { for k := range 3 { $1 <- k * @i }; close($1); $2 <- true }(); for v := range $1 { fmt.Println("got", v) }; fmt.Println(<-$2)`,
	`$1 := make(chan string, 2); $1 <- @s; select { case v := <-$1: fmt.Println("has", v); default: fmt.Println("none") }; select { case v, ok := <-$1: fmt.Println(v, ok); default: fmt.Println("empty", len($1), cap($1)) }`,
	`$1 := 0; $2: for { switch { case $1 > 2: break $2; case $1 == 1: $1 += 2; continue $2 }; $1++ }; fmt.Println($1)`,
	`$1 := @i; { $1 := @s; $1 += "in"; fmt.Println($1) }; if $1 := @i; $1 > 3 { fmt.Println("big", $1) } else if $2 := $1 * 2; $2 > 3 { fmt.Println("mid", $1, $2) } else { fmt.Println($1 + $2) }; fmt.Println($1)`,
	`for $1, $2 := 0, 10; $1 < $2; $1, $2 = $1+3, $2-@i&1 { fmt.Print($1, $2, ";") }; fmt.Println()`,
	`var $1 []func(); for i := 0; i < 3; i++ { $1 = append($1, func() { i += 10; fmt.Print(i, " ") }); i += @i & 1 }; for _, f := range $1 { f(); f() }; fmt.Println()`,
	`for i, c := range @s + "é" { fmt.Print(i, string(c), c, " ") }; $1 := []byte(@s); $1 = append($1, "xyz"...); $2 := []rune("hé"); $2[0] = 'H'; fmt.Println(string($1), len($1), string($2))`,
	`$1 := func(list ...any) int { return len(list) }; $2 := func(a string, list ...int) (n int) { for _, v := range list { n += v }; return n + len(a) }; fmt.Println($1(), $1(nil), $1(@i, @s, @p), $2(@s), $2("a", @l...), $2("a", @i, @i))`,
	`$1 := func() (a int, err error) { defer func() { a *= 2; if err == nil { err = fmt.Errorf("set %d", a) } }(); a = @i; return a + 1, nil }; $2, $3 := $1(); fmt.Println($2, $3)`,
	`$1 := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", errors.New(@s))); $2 := errors.Unwrap($1); fmt.Println($1, "|", $2, errors.Is($1, $2), errors.Unwrap(errors.Unwrap($2)) == nil)`,
	`type $1 struct { x, y int }; $2 := map[$1]int{{1, 2}: @i}; $2[$1{1, 2}]++; $3 := $1{y: @i}; $4 := &$3; $4.x--; fmt.Println($2, $3 == *$4, $3)`,
	`$1 := struct { Name string; Tags []string; In struct{ N int } }{Name: @s}; $1.In.N = @i; $1.Tags = append($1.Tags, @s); $2 := $1; $2.In.N++; $2.Tags[0] = "t"; fmt.Println($1, $2)`,
	`var $1 any = @i; $2, $3 := $1.(int); $4, $5 := $1.(string); fmt.Println($2, $3, $4 == "", $5, $1 == any(3)); $1 = @p.C; if l, ok := $1.([]int); ok { fmt.Println(len(l)) }`,
	`$1 := @l; slices.Sort($1); slices.SortFunc($1, func(a, b int) int { return b - a }); $2, $3 := slices.BinarySearchFunc($1, @i, func(a, b int) int { return b - a }); fmt.Println($1, $2, $3, slices.Max(append($1, 0)), slices.Contains($1, @i))`,
	`$1 := apply(@l, func(v int) Pair { return Pair{A: v, B: @s} }); $2 := apply($1, Pair.Sum1); $3 := apply($1, func(v Pair) func() int { return func() int { return v.A } }); for _, f := range $3 { fmt.Print(f(), " ") }; fmt.Println(len($1), $2)`,
	`$1 := new(int); *$1 = @i; $2 := &$1; **$2 += 2; $3 := *$2; *$3++; fmt.Println(*$1, $3 == $1, *$2 == $1)`,
	`func() { var $1 *Pair; defer func() { fmt.Println("nil?", $1 == nil) }(); if @b { $1 = &Pair{A: @i} }; if $1 != nil && $1.A > 2 || @b { fmt.Println("yes") } }()`,
	`$1 := 0; $2 := func(v int, on bool) bool { $1 += v; return on }; if $2(1, @b) && $2(10, @b) || $2(100, true) { fmt.Println($1) }; fmt.Println(!$2(1, false), $1)`,
	`$1 := []int{0, 1, 2, 3}; $2 := 1; $2, $1[$2] = 3, 9; $1[0], $1[3] = $1[3], $1[0]; fmt.Println($1, $2); $1[$2]++; $1[$2] <<= 2; fmt.Println($1)`,
	`fmt.Printf("%5d|%-6s|%x|%q|%v|%+v|%t|%8.3f\n", @i, @s, abs(@i), @s, @l, @p, @b, @f)`,
	`var $1 strings.Builder; for k := range 3 { fmt.Fprintf(&$1, "%d-%s;", k, @s) }; fmt.Println($1.String(), $1.Len()); $2 := strings.Fields("a b  c"); fmt.Println(strings.Join($2[1:], "+"))`,
	`var $1 sync.Mutex; var $2 sync.WaitGroup; $3 := map[int]int{}; for k := range 4 { $2.Go(func() { $1.Lock(); defer $1.Unlock(); $3[k] += k * @i }) }; $2.Wait(); fmt.Println($3)`,
	`$1 := sync.OnceValue(func() int { fmt.Println("once"); return @i }); fmt.Println($1() == $1())`,
	`$1 := func(f func(int) int) func(int) int { return func(n int) int { return f(f(n)) } }; fmt.Println($1(func(n int) int { return n*2 + @i })(@i), $1($1(func(n int) int { return n + 1 }))(0))`,
	`$1 := []any{@i, -whole(@i), @s, !(@b), @f, @p.A, -@p.A}; $1[0] = ^$1[5].(int); fmt.Println($1...)`,
	`$1 := map[string]any{"a": -@p.A, "b": @b}; $1["c"] = whole(@i) * 2; $1["d"] = !$1["b"].(bool); fmt.Println($1, len($1))`,
	`$1 := func(on bool) (any, any, error) { if on { return -@p.D[1], !on, nil }; return @i, nil, errors.New(@s) }; fmt.Println($1(true)); fmt.Println($1(@b))`,
	`$1 := &Pair{A: @i}; $2 := []int{(*$1).A + 1, -$1.A, 5: (*$1).D[0] * 2, int((*$1).A)}; $3 := [...]any{(*$1).A, -(*$1).A, *$1, len((*$1).B) + 1}; fmt.Println($2, $3)`,
	`$1 := make(chan any, 3); $1 <- -@p.A; $1 <- !(@b); $1 <- @f - 1; $2 := struct { X any; Y Shape }{-whole(@i), @p}; fmt.Println(<-$1, <-$1, <-$1, $2.X, $2.Y.Sum(1))`,
	`$1 := func(x any, rest ...any) string { switch v := x.(type) { case int: return fmt.Sprint("int", -v, rest); case bool: return fmt.Sprint("bool", !v, len(rest)); case nil: return "nil" }; return fmt.Sprintf("%T", x) }; fmt.Println($1(-@p.A, @i+1), $1(!(@b)), $1(@s == "", 1, nil), $1(nil), $1(@f*2), $1(@i<<2, -whole(@i)))`,
}
