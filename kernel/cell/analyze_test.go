package cell

import (
	"errors"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// noPackages is a notebook that can import nothing.
type noPackages struct{}

func (noPackages) Import(path string) (*types.Package, error) {
	return nil, errors.New("there is no package " + path)
}
func (noPackages) Paths() []string           { return nil }
func (noPackages) Doc(string, string) string { return "" }

func TestClosers(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"f(":                    ")",
		"f(a[1":                 "])",
		"if x { g(":             ")}",
		`f("abc`:                `")`,
		"f(`a":                  "`)",
		"func() { x() }":        "",
		"T{a: []int{1,":         "}}",
		"a[0)]":                 "",
		"/* comment":            "*/",
		"for i := range xs {\n": "}",
	} {
		if got := closers(text); got != want {
			t.Errorf("closers(%q) = %q, want %q", text, got, want)
		}
	}
}

// Every way to read a text leaves what stands before the cursor where it is.
func TestRepairsKeep(t *testing.T) {
	for _, text := range []string{"fmt.", "fmt.Pr", "x := f(a, ", "if x.", "Point{X: 1, Y", "ä.b + ü"} {
		for at := range len(text) + 1 {
			for _, r := range repairs(text, at) {
				if !strings.HasPrefix(r, text[:at]) {
					t.Errorf("repair %q of %q at %d", r, text, at)
				}
			}
		}
	}
}

// visible lists the names that an analysis finds in scope, but for those of the language.
func visible(a *Analysis) []string {
	var names []string
	for s := a.Scope; s != nil && s != types.Universe; s = s.Parent() {
		for _, n := range s.Names() {
			if n != "_" && s.Lookup(n).Pos() <= a.Pos {
				names = append(names, n)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestAnalyzeScope(t *testing.T) {
	p := NewPackage(noPackages{})
	for _, c := range []struct{ text, want string }{
		{"x := 1\n‸", "x"},
		{"x := 1\nx := \"a\"\n‸y := 2", "x y"},
		{"func f(a int) (b string) {\n\tc := a\n\t‸\n}", "a b c f"},
		{"func f(a int) {\n\tif q := a; q > 0 {\n\t\t‸", "a f q"},
		{"for i, v := range []int{1} {\n\t‸\n}", "i v"},
		{"g := func(a int) int { return ‸ }", "a g"},
		{"type T[E any] struct{ x E }\nfunc (t *T[E]) M(n int) { ‸ }", "E T n t"},
		{"%time ‸", ""},
	} {
		at := strings.Index(c.text, "‸")
		a := p.Analyze(strings.Replace(c.text, "‸", "", 1), at)
		if got := strings.Join(visible(a), " "); got != c.want {
			t.Errorf("%q: in scope %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAnalyzePath(t *testing.T) {
	src := "x := 1\ny := f(x, g(2))"
	a := NewPackage(noPackages{}).Analyze(src, strings.Index(src, "2"))
	var calls []string
	for _, n := range a.Path {
		if c, ok := n.(*ast.CallExpr); ok {
			calls = append(calls, c.Fun.(*ast.Ident).Name)
			if from := a.Offset(c.Pos()); src[from:from+1] != c.Fun.(*ast.Ident).Name {
				t.Errorf("call at %d", from)
			}
		}
	}
	if got := strings.Join(calls, " "); got != "g f" {
		t.Errorf("enclosing calls %q, innermost first", got)
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range []string{"", "x.", "%%seed 1\nx.", "func f(", "type T struct {", "import \"", "for {\n}\n}", "a := b[:", "/*", "`", "\xff", "func (t T) M() {", "x, y :=", "var", "case", "package main"} {
		f.Add(s, len(s))
	}
	f.Fuzz(func(t *testing.T, src string, at int) {
		p := NewPackage(noPackages{})
		a := p.Analyze(src, at)
		if a == nil || len(p.Names()) > 0 {
			t.Errorf("analysis %v, names %v", a, p.Names())
		}
	})
}
