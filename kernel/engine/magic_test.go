package engine_test

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"reprise/kernel/display"
	"reprise/kernel/engine"
	"reprise/kernel/symbols"
	"reprise/nnlib/rng"
)

// Every function that makes a magic, in magic_*.go, stands in the table.
func TestMagicTable(t *testing.T) {
	fset := token.NewFileSet()
	files, err := filepath.Glob("magic*.go")
	if err != nil {
		t.Fatal(err)
	}
	made, listed := map[string]string{}, map[string]bool{}
	for _, name := range files {
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Recv != nil {
				continue
			}
			if strings.HasSuffix(fn.Name.Name, "Magic") && len(fn.Type.Params.List) == 0 {
				made[fn.Name.Name] = name
			}
			if fn.Name.Name == "Magics" {
				ast.Inspect(fn, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						listed[call.Fun.(*ast.Ident).Name] = true
					}
					return true
				})
			}
		}
	}
	if len(made) < 10 {
		t.Fatalf("only %d magics found in %q", len(made), files)
	}
	for fn, file := range made {
		if !listed[fn] {
			t.Errorf("%s of %s is not in the table of magic.go", fn, file)
		}
	}
}

// Every magic is documented, and used by a test of this package.
func TestMagicDocs(t *testing.T) {
	var tests strings.Builder
	for _, pattern := range []string{"testdata/cells/*.txtar", "magic_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(data)
		}
	}
	for _, m := range engine.Magics() {
		if !strings.HasSuffix(m.Doc, ".") || m.Summary() == "" || m.Run == nil {
			t.Errorf("%s is not documented: %q", m, m.Doc)
		}
		used := regexp.MustCompile(`(?m)(^|[^%])` + regexp.QuoteMeta(m.String()) + `\b`)
		if m.String() != "!" && !used.MatchString(tests.String()) {
			t.Errorf("no test uses %s", m)
		}
	}
}

// A shower is a recorder that remembers the next input and what was displayed, too.
type shower struct {
	recorder
	next    string
	bundles []display.Bundle
}

func (s *shower) SetNextInput(text string, replace bool) { s.next = fmt.Sprint(replace, ":", text) }
func (s *shower) Display(b display.Bundle, _ string, _ bool) {
	s.bundles = append(s.bundles, b)
}

// runOK runs a cell that must succeed.
func runOK(t *testing.T, e *engine.Engine, src string) *shower {
	t.Helper()
	out := &shower{}
	if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: src}, out); err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return out
}

func TestSeedRandom(t *testing.T) {
	e := newEngine(t)
	form := regexp.MustCompile(`^seed ([1-9][0-9]{9}) \(random; replay with (%%?)seed ([0-9]+)\)\n$`)
	seen := map[string]bool{}
	for _, percent := range []string{"%", "%", "%%"} {
		got := runOK(t, e, percent+"seed random\n").stdout.String()
		m := form.FindStringSubmatch(got)
		if m == nil || m[1] != m[3] || m[2] != percent || seen[m[1]] {
			t.Fatalf("%%seed random prints %q", got)
		}
		seen[m[1]] = true
		if now := fmt.Sprintf("seed %s\n", m[1]); (runOK(t, e, "%seed").stdout.String() == now) != (percent == "%") {
			t.Errorf("after %sseed random the seed is not %s", percent, m[1])
		}
	}
}

// A cell that took random seeds plays again when it is given them.
func TestSeedsGiven(t *testing.T) {
	e := newEngine(t)
	c := engine.Cell{Name: "cell [1]", Source: "%seed random\n%seed random\nrand.Int()"}
	out := &recorder{}
	first, err := e.Run(context.Background(), c, out)
	if err != nil || len(first.Seeds) != 2 {
		t.Fatalf("seeds %v, %v", first.Seeds, err)
	}
	again := &recorder{}
	c.Seeds = first.Seeds
	second, err := e.Run(context.Background(), c, again)
	if err != nil || again.stdout.String() != out.stdout.String() || second.Value.Data[display.Text] != first.Value.Data[display.Text] {
		t.Errorf("%q and %v, then %q and %v (%v)", out.stdout.String(), first.Value, again.stdout.String(), second.Value, err)
	}
}

// A cell under %%seed that fails gives the root back.
func TestSeedCellFails(t *testing.T) {
	e := newEngine(t)
	if _, err := e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: "%%seed 5\npanic(1)"}, &recorder{}); err == nil {
		t.Fatal("no fault")
	}
	if got := runOK(t, e, "%seed").stdout.String(); got != "seed 1\n" {
		t.Errorf("afterwards: %q", got)
	}
}

func TestTime(t *testing.T) {
	e := newEngine(t)
	form := regexp.MustCompile(`^2\n[0-9.]+ (ns|µs|ms|s), [0-9.]+ [kMG]?B allocated\n$`)
	for _, src := range []string{"%time fmt.Println(1 + 1)", "%%time\nfmt.Println(1 + 1)"} {
		if got := runOK(t, e, src).stdout.String(); !form.MatchString(got) {
			t.Errorf("%q prints %q", src, got)
		}
	}
	o, err := e.Run(context.Background(), engine.Cell{Source: "%time 6 * 7"}, &recorder{})
	if err != nil || o.Value == nil || o.Value.Data[display.Text] != "42" {
		t.Errorf("value under %%time: %v, %v", o, err)
	}
}

func TestTimeit(t *testing.T) {
	e := newEngine(t)
	form := regexp.MustCompile(`^[0-9.e+-]+ (ns|µs|ms|s) ± [0-9.e+-]+ (ns|µs|ms|s) a loop \(mean ± std\. dev\. of 2 runs of 3 loops\)\n$`)
	runOK(t, e, "count := 0\nfunc tick() { count++ }\nfunc two() (int, error) { return 1, nil }")
	for _, code := range []string{"tick()", "two()", "1 + count", "len(os.Args)", "count += 0"} {
		if got := runOK(t, e, "%timeit -n 3 -r 2 "+code).stdout.String(); !form.MatchString(got) {
			t.Errorf("%s: %q", code, got)
		}
	}
	if got := runOK(t, e, "fmt.Print(count)").stdout.String(); got != "6" {
		t.Errorf("2 runs of 3 loops called the function %s times", got)
	}
	for _, src := range []string{"%timeit -n x tick()", "%timeit -r 0 tick()", "%timeit nothing()"} {
		_, err := e.Run(context.Background(), engine.Cell{Source: src}, &recorder{})
		if !errors.As(err, new(*engine.Fault)) {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	e := newEngine(t)
	for _, c := range []struct{ src, want string }{
		{"%%writefile a.go\nx := 1\ny := 2", "writing a.go\n"},
		{"%%writefile -a a.go\nz := 3\n", "appending to a.go\n"},
		{"%%writefile b.txt\nlong text", "writing b.txt\n"},
		{"%%writefile b.txt\nnew", "writing b.txt\n"},
	} {
		if got := runOK(t, e, c.src).stdout.String(); got != c.want {
			t.Errorf("%q prints %q", c.src, got)
		}
	}
	if data, err := os.ReadFile("b.txt"); string(data) != "new\n" {
		t.Errorf("b.txt is %q, %v", data, err)
	}
	want := "true:// %load a.go\nx := 1\ny := 2\nz := 3\n"
	if got := runOK(t, e, "%load a.go").next; got != want {
		t.Errorf("%%load gives %q, want %q", got, want)
	}
	if err := os.Mkdir("sub", 0o777); err != nil {
		t.Fatal(err)
	}
	if got := runOK(t, e, "%cd sub").stdout.String(); filepath.Base(strings.TrimSpace(got)) != "sub" {
		t.Errorf("%%cd prints %q", got)
	}
	if got := runOK(t, e, "%cd ..\n!ls").stdout.String(); !strings.HasSuffix(got, "a.go\nb.txt\nsub\n") {
		t.Errorf("after %%cd ..: %q", got)
	}
}

func TestLoadURL(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/x.go" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "x := 1\n")
	}))
	defer s.Close()
	e := newEngine(t)
	if got, want := runOK(t, e, "%load "+s.URL+"/x.go").next, "true:// %load "+s.URL+"/x.go\nx := 1\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	_, err := e.Run(context.Background(), engine.Cell{Source: "%load " + s.URL + "/y.go"}, &recorder{})
	if err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("missing page: %v", err)
	}
}

func TestHelp(t *testing.T) {
	e := newEngine(t)
	out := runOK(t, e, "%help")
	if len(out.bundles) != 1 {
		t.Fatalf("%d bundles", len(out.bundles))
	}
	text, md := out.bundles[0].Data[display.Text].(string), out.bundles[0].Data[display.Markdown].(string)
	for _, m := range engine.Magics() {
		if !strings.Contains(text, m.String()+" ") || !strings.Contains(md, "| `"+m.String()) {
			t.Errorf("%s is not in the list", m)
		}
	}
	out = runOK(t, e, "%help strings.Cut")
	if text := out.bundles[0].Data[display.Text].(string); !strings.HasPrefix(text, "func strings.Cut(") {
		t.Errorf("%%help strings.Cut shows %q", text)
	}
}

// A command is stopped with its cell, and so is what it has started.
func TestCommandStops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is one of Unix shells")
	}
	e := newEngine(t)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err := e.Run(ctx, engine.Cell{Source: "!sleep 60 | sleep 60"}, &recorder{})
	var f *engine.Fault
	if !errors.As(err, &f) || f.Name != "Interrupted" || time.Since(began) > 30*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	// What a command leaves in the background isn't waited for.
	runOK(t, e, "!sleep 60 & echo $!")
}

// crew takes what %workers is told.
type crew struct{ told []string }

func (c *crew) Set(_ context.Context, args string) (string, error) {
	c.told = append(c.told, args)
	if args == "none" {
		return "", errors.New("want a number")
	}
	return strings.Repeat("two processes", boolInt(args == "")), nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestWorkersMagic(t *testing.T) {
	c := &crew{}
	e, err := engine.New(engine.Config{Root: rng.Root(1), Exports: symbols.Exports(), Packages: symbols.NewImporter(), Workers: c})
	if err != nil {
		t.Fatal(err)
	}
	if out := runOK(t, e, "%workers 2 --audit 5\n%workers"); out.stdout.String() != "two processes\n" {
		t.Errorf("it says %q", out.stdout.String())
	}
	_, err = e.Run(context.Background(), engine.Cell{Name: "cell [1]", Source: "1 + 1\n%workers none"}, &shower{})
	var f *engine.Fault
	if !errors.As(err, &f) || f.Message != "%workers: want a number" || len(f.Places) == 0 || f.Places[0].Line != 2 {
		t.Errorf("%+v", f)
	}
	if want := []string{"2 --audit 5", "", "none"}; !slices.Equal(c.told, want) {
		t.Errorf("told %q, want %q", c.told, want)
	}
}
