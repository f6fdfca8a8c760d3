package display

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func ExampleJoin() {
	number, _ := Render(42)
	word, _ := Render("answer")
	fmt.Println(Join(number, word).Data[Text])
	// Output: 42 "answer"
}

func TestJoin(t *testing.T) {
	text := AsText("a<b")
	if b := Join(text, AsText("c")); b.Data[Text] != "a<b c" || len(b.Data) != 1 {
		t.Errorf("two texts: %v", b.Data)
	}
	if b := Join(AsText("1\n2"), AsText("c")); b.Data[Text] != "1\n2\nc" {
		t.Errorf("with lines: %q", b.Data[Text])
	}
	b := Join(AsHTML("<b>x</b>"), text, AsPNG([]byte{1}), AsSVG("<svg/>"))
	want := "<div><b>x</b></div>\n<div><pre>a&lt;b</pre></div>\n" +
		"<div><img src=\"data:image/png;base64,AQ==\" alt=\"&lt;image/png&gt;\"></div>\n<div><svg/></div>\n"
	if b.Data[HTML] != want {
		t.Errorf("HTML is %q, want %q", b.Data[HTML], want)
	}
	one := AsMarkdown("*x*")
	if b := Join(one); b.Data[Markdown] != "*x*" {
		t.Errorf("one value: %v", b.Data)
	}
	long, _ := Render(make([]int, 100_000))
	fault, _ := Render(errors.New("bad"))
	if text := Join(long, fault).Data[Text].(string); len(text) > 500 || !strings.HasSuffix(text, " bad") {
		t.Errorf("long values: %.600s", text)
	}
}
