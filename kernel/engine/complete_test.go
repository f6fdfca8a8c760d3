package engine_test

import (
	"context"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprise/kernel/display"
	"reprise/kernel/engine"
)

// cursor marks the place of the cursor in the texts of these tests.
const cursor = "‸"

// live is an engine in whose notebook a few things are declared.
func live(t testing.TB) *engine.Engine {
	t.Helper()
	e := newEngine(t)
	src := `import "gonum.org/v1/gonum/mat"

// A Point is a place in the plane.
type Point struct {
	X, Y float64 // in metres
	label string
}

// Norm is the distance from the origin.
func (p Point) Norm() float64 { return p.X + p.Y }

func (p *Point) Move(dx float64) { p.X += dx }

type Named struct {
	Point
	Name string
}

// scale multiplies all values by a factor.
func scale(values []float64, factor float64) []float64 { return values }

const limit = 3

p := Point{1, 2, "a"}
n := Named{p, "b"}
m := mat.NewDense(2, 2, nil)
weights := []float64{1, 2}
`
	if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: src}, &recorder{}); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestComplete(t *testing.T) {
	e := live(t)
	t.Chdir(t.TempDir())
	for _, f := range []string{"data.csv", ".hidden"} {
		if err := os.WriteFile(f, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("models", 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("REPRISE_TEST_VARIABLE", "1")
	for _, c := range []struct {
		code string // with the cursor
		want string // matches that must be there; those with - must not
		left string // the text that is replaced
	}{
		// members
		{"strings.‸", "Cut Fields Builder -cutset", ""},
		{"strings.Con‸", "Contains ContainsAny -Cut", "Con"},
		{"strings.con‸", "Contains", "con"},
		{"slices.So‸", "Sort SortFunc", "So"},
		{"fmt.Pr‸intln(1)", "Print Println Printf", "Pr"},
		{"p.‸", "X Y label Norm Move", ""},
		{"p.\ny := 1", "", ""},
		{"p.‸\ny := 1\nfmt.Println(y)", "X Norm", ""},
		{"n.‸", "Name Point X Norm Move", ""},
		{"m.‸", "Mul At Dims -mat", ""},
		{"m.T().‸", "At Dims T -Mul", ""},
		{"mat.NewDense(1, 1, nil).‸", "Mul", ""},
		{"x := strings.Bui‸", "Builder", "Bui"},
		{"var b strings.Builder\nb.Wri‸", "WriteString WriteByte -String", "Wri"},
		{"for i, w := range weights {\n\tq := Point{w, w, \"\"}\n\tq.‸", "X Norm", ""},
		{"if p.‸", "X Norm", ""},
		{"scale(weights, p.‸)", "X Norm", ""},
		{"scale(weights, n.Point.‸", "X Norm", ""},
		{"func (p Point) Far() bool { return p.No‸ }", "Norm", "No"},
		{"var d dataframe.‸", "-strings", ""},
		// the cell's own
		{"xs := []Point{p}\nxs[0].‸", "X Norm", ""},
		{"x := 1\nx := \"a\"\ny := strings.NewReader(x)\ny.‸", "Read Len", ""},
		{"x := 1\nxylophone := 2\nxy‸", "xylophone", "xy"},
		{"type Q struct{ Alpha int }\nfunc f(q Q) {\n\tq.‸\n}", "Alpha", ""},
		{"f := func(alpha int) { return al‸ }", "alpha", "al"},
		{"total := 0\nfunc add() { tot‸ }", "total", "tot"},
		// names
		{"we‸", "weights", "we"},
		{"sc‸", "scale", "sc"},
		{"Poi‸", "Point", "Poi"},
		{"lim‸", "limit", "lim"},
		{"nnl‸", "nnlib", "nnl"},
		{"appen‸", "append", "appen"},
		{"retu‸", "return", "retu"},
		{"‸", "weights scale strings", ""},
		// struct literals
		{"Point{‸}", "X Y label", ""},
		{"Point{X: 1, ‸}", "Y label -X", ""},
		{"q := &Point{\n\tY: 2,\n\tX‸", "X", "X"},
		{"Point{X: we‸}", "weights", "we"},
		{"http.Server{Add‸}", "Addr", "Add"},
		// import paths
		{`import "gonum.org/v1/gonum/ma‸"`, "gonum.org/v1/gonum/mat", "gonum.org/v1/gonum/ma"},
		{"import (\n\t\"fmt\"\n\t\"encoding/j‸", "encoding/json -fmt", "encoding/j"},
		// files
		{`os.ReadFile("da‸")`, "data.csv", "da"},
		{`os.ReadFile("‸`, "data.csv models/ -.hidden", ""},
		{`os.ReadFile(".h‸")`, ".hidden", ".h"},
		{"!cat da‸", "data.csv", "da"},
		{"%load mo‸", "models/", "mo"},
		// comments
		{"// p.‸", "-X -Norm -weights", ""},
		// magics
		{"%‸", "%seed %time %%bash", "%"},
		{"%se‸", "%seed -%time", "%se"},
		{"%%s‸", "%%seed %%svg -%seed", "%%s"},
		{"x := 1\n%ti‸", "%time %timeit", "%ti"},
		{"%time p.‸", "X Norm", ""},
		{"%%seed 3\np.No‸", "Norm", "No"},
		{"%%bash\nech‸", "-echo -weights", ""},
		{"%seed ran‸", "random", "ran"},
		{"%env REPRISE_TEST_V‸", "REPRISE_TEST_VARIABLE", "REPRISE_TEST_V"},
		// characters of several bytes before the cursor
		{`x := "äöü€"; strings.Con‸`, "Contains", "Con"},
	} {
		code, at := cut(c.code)
		got, err := e.Complete(context.Background(), code, at)
		if err != nil {
			t.Errorf("%q: %v", c.code, err)
			continue
		}
		var names []string
		for _, m := range got.Matches {
			names = append(names, m.Text)
		}
		for _, want := range strings.Fields(c.want) {
			name, not := strings.CutPrefix(want, "-")
			if slices.Contains(names, name) == not {
				t.Errorf("%q: %s is wrong among %.300q", c.code, want, names)
			}
		}
		if left := code[got.Start:got.End]; len(got.Matches) > 0 && left != c.left {
			t.Errorf("%q replaces %q, want %q", c.code, left, c.left)
		}
	}
}

// cut takes the cursor out of a text.
func cut(code string) (string, int) {
	at := strings.Index(code, cursor)
	if at < 0 {
		return code, len(code)
	}
	return code[:at] + code[at+len(cursor):], at
}

func TestCompleteTypes(t *testing.T) {
	e := live(t)
	for _, c := range []struct {
		code string
		want engine.Match
	}{
		{"sca", engine.Match{Text: "scale", Type: "function", Signature: "(values []float64, factor float64) []float64"}},
		{"appe", engine.Match{Text: "append", Type: "function", Signature: "(slice []Type, elems ...Type) []Type"}},
		{"weig", engine.Match{Text: "weights", Type: "instance", Signature: "[]float64"}},
		{"p.X", engine.Match{Text: "X", Type: "property", Signature: "float64"}},
		{"mat.NewDe", engine.Match{Text: "NewDense", Type: "function", Signature: "(r int, c int, data []float64) *mat.Dense"}},
		{"limi", engine.Match{Text: "limit", Type: "constant", Signature: "untyped int"}},
		{"Poin", engine.Match{Text: "Point", Type: "type"}},
		{"%see", engine.Match{Text: "%seed", Type: "magic", Signature: "%seed [number | random]"}},
	} {
		got, err := e.Complete(context.Background(), c.code, len(c.code))
		if err != nil || len(got.Matches) == 0 || got.Matches[0] != c.want {
			t.Errorf("%q: %v, %v, want %v first", c.code, got.Matches, err, c.want)
		}
	}
}

// Whatever is typed, and wherever the cursor stands, completion and inspection answer.
func TestTyping(t *testing.T) {
	e := live(t)
	texts, err := filepath.Glob("testdata/cells/*.txtar")
	if err != nil || len(texts) == 0 {
		t.Fatal("no texts to type", err)
	}
	src := "import \"fmt\"\n%time fmt.Println(1)\nfunc f(p Point) (q int) {\n\tfor i := range 3 { q += i*limit }\n\treturn fmt.Sprint(`a\nb`, p.Norm())\n}\nPoint{X: 1}.Norm(); ä := 'x' // end\n!ls"
	for at := range len(src) + 1 {
		for _, code := range []string{src, src[:at], src[at:]} {
			c, err := e.Complete(context.Background(), code, min(at, len(code)))
			if err != nil || c.Start < 0 || c.Start > c.End || c.End > len(code) {
				t.Fatalf("complete at %d of %q: %v, %v", at, code, c, err)
			}
			if _, _, err := e.Inspect(context.Background(), code, min(at, len(code)), 1); err != nil {
				t.Fatalf("inspect at %d of %q: %v", at, code, err)
			}
		}
	}
}

func TestInspect(t *testing.T) {
	e := live(t)
	for _, c := range []struct {
		code   string
		detail int
		want   []string // lines of text/plain, in order
	}{
		{"strings.Cu‸t(s, x)", 0, []string{"func strings.Cut(s string, sep string) (before string, after string, found bool)", "Cut slices s around the first instance of sep", `import "strings"`}},
		{"mat.NewDense(2, ‸3, nil)", 0, []string{"func mat.NewDense(r int, c int, data []float64) *mat.Dense", "NewDense creates a new Dense matrix"}},
		{"p, weights‸", 0, []string{"var weights []float64"}},
		{"p, wei‸ghts // both", 0, []string{"var weights []float64"}},
		{"nnlib.Dense{‸", 0, []string{"type nnlib.Dense struct {", "    Units int"}},
		{"scale(weights, Point{X: 1, ‸})", 0, []string{"type Point struct {", "A Point is a place in the plane."}},
		{"[]float64{p.Norm(‸)}", 0, []string{"func (p Point) Norm() float64"}},
		{"append(‸", 0, []string{"func append(slice []Type, elems ...Type) []Type", "The append built-in function"}},
		{"mat.NewDense(2,‸", 0, []string{"func mat.NewDense("}},
		{"scale(weights, p.Norm(‸))", 0, []string{"func (p Point) Norm() float64", "Norm is the distance from the origin."}},
		{"scale(weights, ‸", 0, []string{"func scale(values []float64, factor float64) []float64", "scale multiplies all values by a factor.", "declared in cell [1]"}},
		{"sca‸le", 1, []string{"func scale(", "declared in cell [1]", "func scale(values []float64, factor float64) []float64 { return values }"}},
		{"m.Mu‸l", 0, []string{"func (m *mat.Dense) Mul(a mat.Matrix, b mat.Matrix)", "Mul takes the matrix product of a and b"}},
		{"weights‸", 0, []string{"var weights []float64", "declared in cell [1]"}},
		{"Poin‸t{}", 0, []string{"type Point struct {", "    X float64 // in metres", "A Point is a place in the plane."}},
		{"mat.Dens‸e{}", 1, []string{"type mat.Dense struct {", "// unexported fields", "Dense is a dense matrix representation.", "func (m *mat.Dense) Add(a mat.Matrix, b mat.Matrix)"}},
		{"nnlib.Dens‸e{}", 0, []string{"type nnlib.Dense struct {", "    Units int", "// unexported fields", "}"}},
		{"mat.Matri‸x", 0, []string{"type mat.Matrix interface {", "    At(i int, j int) float64", "    Dims() (r int, c int) // Dims returns the dimensions of a Matrix.", "Matrix is the basic matrix interface type."}},
		{"cmp.Ordere‸d", 0, []string{"type cmp.Ordered interface{~int"}},
		{"http.Server{Add‸r: \"\"}", 0, []string{"field http.Server.Addr string", "Addr optionally specifies the TCP address"}},
		{"var s http.Server\ns.Addr‸", 0, []string{"field http.Server.Addr string", "Addr optionally specifies the TCP address"}},
		{"strings‸", 0, []string{"package strings", "Package strings implements simple functions"}},
		{"fmt‸.Println()", 0, []string{"package fmt"}},
		{"len‸(weights)", 0, []string{"func len", "The len built-in function returns the length of v"}},
		{"math.P‸i", 0, []string{"const math.Pi untyped float = 3.14159"}},
		{"slices.SortF‸unc(weights, nil)", 0, []string{"func slices.SortFunc[", "SortFunc sorts the slice x in ascending order"}},
		{"// twice doubles.\nfunc twice(x int) int { return 2*x }\ntwice‸(3)", 0, []string{"func twice(x int) int", "twice doubles."}},
		{"%se‸ed 3", 0, []string{"%seed [number | random]", "    Start all randomness anew"}},
		{"%%seed 1\nstrings.Cut‸", 0, []string{"func strings.Cut("}},
		{"%time strings.Cut‸", 0, []string{"func strings.Cut("}},
	} {
		code, at := cut(c.code)
		b, found, err := e.Inspect(context.Background(), code, at, c.detail)
		if err != nil || !found {
			t.Errorf("%q: found %v, %v", c.code, found, err)
			continue
		}
		text := b.Data[display.Text].(string)
		rest := text
		for _, line := range c.want {
			i := strings.Index(rest, line)
			if i < 0 {
				t.Errorf("%q: no %q in\n%.600s", c.code, line, text)
				break
			}
			rest = rest[i+len(line):]
		}
		if b.Data[display.Markdown] == "" {
			t.Errorf("%q: no Markdown", c.code)
		}
	}
	for _, code := range []string{"", "nothingKnown", "1 + 2", "!ls"} {
		if _, found, err := e.Inspect(context.Background(), code, len(code), 0); found && code != "!ls" || err != nil {
			t.Errorf("%q: found %v, %v", code, found, err)
		}
	}
}

func TestInspectMarkdown(t *testing.T) {
	b, _, err := live(t).Inspect(context.Background(), "scale", 5, 0)
	want := "```go\nfunc scale(values []float64, factor float64) []float64\n```\n\nscale multiplies all values by a factor.\n\n*declared in cell [1]*\n"
	if got := b.Data[display.Markdown]; err != nil || got != want {
		t.Errorf("Markdown is %q, %v", got, err)
	}
}

func BenchmarkComplete(b *testing.B) {
	e := live(b)
	for b.Loop() {
		if _, err := e.Complete(context.Background(), "m.", 2); err != nil {
			b.Fatal(err)
		}
	}
}

func TestInspectFirstComment(t *testing.T) {
	e := newEngine(t)
	if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: "// twice doubles.\nfunc twice(x int) int { return 2 * x }"}, &recorder{}); err != nil {
		t.Fatal(err)
	}
	if doc := e.Package().Doc("twice"); doc != "twice doubles.\n" {
		t.Errorf("doc is %q", doc)
	}
}

// Every built-in function has a signature.
func TestBuiltinsHaveSignatures(t *testing.T) {
	e := newEngine(t)
	n := 0
	for _, name := range types.Universe.Names() {
		if _, ok := types.Universe.Lookup(name).(*types.Builtin); !ok {
			continue
		}
		n++
		b, found, err := e.Inspect(context.Background(), name+"(", len(name)+1, 0)
		if text, _ := b.Data[display.Text].(string); err != nil || !found || !strings.HasPrefix(text, "func "+name+"(") {
			t.Errorf("%s: %q, found %v, error %v", name, text, found, err)
		}
	}
	if n < 18 {
		t.Errorf("only %d built-in functions", n)
	}
}
