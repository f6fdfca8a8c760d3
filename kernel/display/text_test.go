package display

import (
	"errors"
	"fmt"
	"image"
	"math"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"
)

type point struct{ X, Y int }

type named struct {
	Name  string
	inner []float64
	At    *point
	Err   error
	Any   any
}

type color int

func (c color) String() string { return [...]string{"red", "green"}[c] }

type list struct {
	Value int
	Next  *list
}

// _Stringer is made as yaegi makes its wrappers of interfaces.
type _Widget struct {
	IValue interface{}
	WArea  func() float64
}

func TestText(t *testing.T) {
	ring := &list{1, &list{2, nil}}
	ring.Next.Next = ring
	self := []any{1, nil}
	self[1] = self
	shared := &point{1, 2}
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, "<nil>"},
		{2, "2"},
		{-7, "-7"},
		{uint8(200), "200"},
		{true, "true"},
		{'a', "97"},
		{0.1, "0.1"},
		{math.Nextafter(0.3, 1), "0.30000000000000004"},
		{float32(0.1), "0.1"},
		{1e21, "1e+21"},
		{math.NaN(), "NaN"},
		{math.Inf(-1), "-Inf"},
		{complex(1, -2), "(1-2i)"},
		{"hi", `"hi"`},
		{"", `""`},
		{"two\nlines \"quoted\" ü \x00", `"two\nlines \"quoted\" ü \x00"`},
		{[]int{1, 2, 3}, "[1 2 3]"},
		{[]int(nil), "[]"},
		{[3]bool{true}, "[true false false]"},
		{[]string{"a b", "c"}, `["a b" "c"]`},
		{[][]float64{{1, 2}, {3.5}}, "[[1 2] [3.5]]"},
		{[]byte("hi"), "[104 105]"},
		{[]any{1, "a", nil, 2.5}, `[1 "a" <nil> 2.5]`},
		{map[string]int{"b": 2, "a": 1}, `map["a":1 "b":2]`},
		{map[int]string{10: "x", 9: "y", -1: "z"}, `map[-1:"z" 9:"y" 10:"x"]`},
		{map[any]int{"a": 1, 2: 2, 1.5: 3, 1: 4}, `map[1:4 2:2 1.5:3 "a":1]`},
		{map[bool]int{true: 1, false: 0}, "map[false:0 true:1]"},
		{map[string]int(nil), "map[]"},
		{point{1, 2}, "{X:1 Y:2}"},
		{&point{1, 2}, "&{X:1 Y:2}"},
		{(*point)(nil), "<nil>"},
		{struct{}{}, "{}"},
		{named{"n", []float64{1}, &point{1, 2}, errors.New("bad"), color(1)}, `{Name:"n" inner:[1] At:&{X:1 Y:2} Err:bad Any:green}`},
		{[]*point{shared, shared, nil}, "[&{X:1 Y:2} &{X:1 Y:2} <nil>]"},
		{ring, "&{Value:1 Next:&{Value:2 Next:<cycle>}}"},
		{self, "[1 <cycle>]"},
		{color(0), "red"},
		{errors.New("it failed"), "it failed"},
		{fmt.Errorf("outer: %w", errors.New("inner")), "outer: inner"},
		{time.Date(2026, 11, 22, 20, 7, 0, 5e8, time.UTC), "2026-11-22 20:07:00.5 +0000 UTC"},
		{time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("CET", 3600)), "2026-01-02 03:04:05 +0100 CET"},
		{90 * time.Minute, "1h30m0s"},
		{time.March, "March"},
		{big.NewInt(1 << 40), "1099511627776"},
		{big.NewRat(1, 3), "1/3"},
		{&url.URL{Scheme: "https", Host: "go.dev"}, "https://go.dev"},
		{(*url.URL)(nil), "<nil>"},
		{func(int) string { return "" }, "func(int) string"},
		{(func())(nil), "<nil>"},
		{make(chan int), "chan int"},
		{new(int), "0"},
		{image.Pt(1, 2), "(1,2)"},
		{_Widget{IValue: point{3, 4}}, "{X:3 Y:4}"},
		{[]any{&_Widget{IValue: "s"}}, `[&"s"]`},
	} {
		b, err := Render(c.v)
		if err != nil {
			t.Errorf("%#v: %v", c.v, err)
		} else if b.Data[Text] != c.want {
			t.Errorf("%T is shown as %v, want %v", c.v, b.Data[Text], c.want)
		}
	}
}

// No monotonic clock and no address: the text is the same in every run.
func TestTextDependsOnValuesOnly(t *testing.T) {
	now := time.Now()
	a, _ := Render([]any{now, &now, struct{ t time.Time }{now}, func() {}, make(chan int), []*int{new(int)}, map[string]*int{"a": new(int)}})
	text := a.Data[Text].(string)
	if strings.Contains(text, "0xc0") || strings.Contains(text, "m=") {
		t.Errorf("got %s", text)
	}
}

func TestLongText(t *testing.T) {
	ints := make([]int, 1000)
	for i := range ints {
		ints[i] = i
	}
	cut, _ := Render(ints)
	want := "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 ... (960 more; display.Whole shows all) ... 980 981 982 983 984 985 986 987 988 989 990 991 992 993 994 995 996 997 998 999]"
	if cut.Data[Text] != want {
		t.Errorf("got %s", cut.Data[Text])
	}
	if whole := Whole(ints).Data[Text]; whole != fmt.Sprint(ints) {
		t.Errorf("Whole shows %.60s...", whole)
	}
	exact, _ := Render(ints[:200])
	if exact.Data[Text] != fmt.Sprint(ints[:200]) {
		t.Errorf("200 items were cut: %s", exact.Data[Text])
	}

	long := strings.Repeat("ä", 50_000)
	cut, _ = Render(long)
	if got := cut.Data[Text].(string); len(got) > 20_100 || !strings.HasSuffix(got, "ä ... (cut after 20000 bytes; display.Whole shows all)") {
		t.Errorf("%d bytes, ending in %s", len(got), got[len(got)-80:])
	}
	if Whole(long).Data[Text] != `"`+long+`"` {
		t.Error("Whole cut a string")
	}
}

func TestDeepText(t *testing.T) {
	var v any = "bottom"
	for range 1000 {
		v = []any{v}
	}
	b, err := Render(v)
	if err != nil || !strings.Contains(b.Data[Text].(string), "...") {
		t.Errorf("got %.100v, %v", b.Data[Text], err)
	}
}
