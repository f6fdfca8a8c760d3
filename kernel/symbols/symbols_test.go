package symbols

import (
	"encoding/json"
	"go/types"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"
)

// Every preloaded package's types read, alone and together, and name at least one exported object.
func TestImportEvery(t *testing.T) {
	shared := NewImporter()
	if n := len(shared.Paths()); n < 150 {
		t.Fatalf("only %d preloaded packages", n)
	}
	for _, path := range shared.Paths() {
		for _, m := range []*Importer{NewImporter(), shared} {
			p, err := m.Import(path)
			if err != nil {
				t.Fatal(err)
			}
			if p.Path() != path || !p.Complete() || exported(p) == 0 {
				t.Errorf("%s: path %s, complete %v, %d exported names", path, p.Path(), p.Complete(), exported(p))
			}
		}
	}
}

func exported(p *types.Package) (n int) {
	for _, name := range p.Scope().Names() {
		if p.Scope().Lookup(name).Exported() {
			n++
		}
	}
	return n
}

// A type reached through two packages is one type.
func TestIdentity(t *testing.T) {
	m := NewImporter()
	plotter, err := m.Import("gonum.org/v1/plot/plotter")
	if err != nil {
		t.Fatal(err)
	}
	plot, err := m.Import("gonum.org/v1/plot")
	if err != nil {
		t.Fatal(err)
	}
	it := plot.Scope().Lookup("Plotter").Type().Underlying().(*types.Interface)
	line := types.NewPointer(plotter.Scope().Lookup("Line").Type())
	if !types.Implements(line, it) {
		t.Error("*plotter.Line does not implement plot.Plotter")
	}
}

func TestGenericsAreThere(t *testing.T) {
	m := NewImporter()
	for path, name := range map[string]string{"slices": "SortFunc", "maps": "Keys", "cmp": "Ordered", "iter": "Seq", "sync/atomic": "Pointer", "math/rand/v2": "N"} {
		p, err := m.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		if p.Scope().Lookup(name) == nil {
			t.Errorf("%s.%s is missing", path, name)
		}
	}
}

func TestImportUnknown(t *testing.T) {
	_, err := NewImporter().Import("github.com/nobody/nothing")
	if err == nil || !strings.Contains(err.Error(), `"github.com/nobody/nothing" is not among the preloaded packages`) {
		t.Errorf("error is %v", err)
	}
}

func TestDoc(t *testing.T) {
	m := NewImporter()
	for _, c := range []struct{ path, symbol, want string }{
		{"fmt", "", "Package fmt implements formatted I/O"},
		{"fmt", "Println", "Println formats using the default formats"},
		{"strings", "Builder.WriteByte", "WriteByte appends the byte c"},
		{"net/http", "Server.Addr", "Addr optionally specifies the TCP address"},
		{"io", "EOF", "EOF is the error returned by Read"},
		{"gonum.org/v1/gonum/mat", "Dense.Mul", "Mul takes the matrix product of a and b"},
		{"gonum.org/v1/gonum/mat", "Matrix.At", "At returns the value of a matrix element"},
		{"builtin", "len", "The len built-in function returns the length"},
		{"builtin", "error", "The error built-in interface type"},
		{"fmt", "Nothing", ""},
		{"nothing", "Println", ""},
	} {
		got := m.Doc(c.path, c.symbol)
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("Doc(%q, %q) = %.60q, want %q", c.path, c.symbol, got, c.want)
		}
	}
}

// Every embedded docs file is the JSON that Doc expects.
func TestDocsParse(t *testing.T) {
	n := 0
	for _, path := range NewImporter().Paths() {
		raw, err := read(path + docsSuffix)
		if err != nil {
			t.Fatal(err)
		}
		var docs map[string]string
		if err := json.Unmarshal(raw, &docs); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		n += len(docs)
	}
	if n < 10000 {
		t.Errorf("only %d documented symbols", n)
	}
}

// Every exported object that has a run-time value or type is in a table: nothing type-checks that cannot run.
func TestTablesAreComplete(t *testing.T) {
	tables := map[string]map[string]bool{}
	for _, e := range Exports() {
		for key, table := range e {
			if tables[key] == nil {
				tables[key] = map[string]bool{}
			}
			for name := range table {
				tables[key][name] = true
			}
		}
	}
	m := NewImporter()
	for _, path := range m.Paths() {
		p, err := m.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		table := tables[path+"/"+p.Name()]
		if table == nil {
			t.Errorf("%s has types but no table", path)
		}
		for _, name := range p.Scope().Names() {
			if o := p.Scope().Lookup(name); o.Exported() && !typeParams(o) && !table[name] {
				t.Errorf("%s.%s is not in the tables", path, name)
			}
		}
	}
}

func typeParams(o types.Object) bool {
	switch o := o.(type) {
	case *types.Func:
		return o.Signature().TypeParams() != nil
	case *types.TypeName:
		if it, ok := o.Type().Underlying().(*types.Interface); ok && !it.IsMethodSet() {
			return true
		}
		if n, ok := o.Type().(interface{ TypeParams() *types.TypeParamList }); ok {
			return n.TypeParams().Len() > 0
		}
	}
	return false
}

// Cells reach what this package adds to yaegi's tables, and a cell's type reaches compiled code through a wrapper.
func TestTablesRun(t *testing.T) {
	i := interp.New(interp.Options{})
	for _, e := range Exports() {
		if err := i.Use(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ src, want string }{
		{`import ("crypto/sha3"; "fmt"; "gonum.org/v1/gonum/mat"; "gonum.org/v1/plot/vg")`, ""},
		{`fmt.Sprintf("%.4x", sha3.Sum256(nil))`, "a7ffc6f8"}, // FIPS 202: the empty message begins so
		{"type eye struct{}\nfunc (eye) Dims() (int, int) { return 3, 3 }\nfunc (eye) At(i, j int) float64 { if i == j { return 2 }; return 0 }\nfunc (e eye) T() mat.Matrix { return mat.Transpose{Matrix: e} }", ""},
		{`fmt.Sprint(mat.Sum(eye{}))`, "6"},
		{`fmt.Sprint(vg.Inch)`, "72"},
	} {
		v, err := i.Eval(c.src)
		if err != nil {
			t.Fatalf("%s: %v", c.src, err)
		}
		if c.want == "" {
			continue
		}
		if got, _ := v.Interface().(string); got != c.want {
			t.Errorf("%s = %q, want %q", c.src, got, c.want)
		}
	}
}

// A cell can hold whatever the preloaded packages give it: the types that their exported names lead to are
// those of preloaded packages.
func TestTypesAreReachable(t *testing.T) {
	m := NewImporter()
	known := map[string]bool{"syscall": true} // not offered to cells, which say so
	for _, path := range m.Paths() {
		known[path] = true
	}
	for _, path := range m.Paths() {
		p, err := m.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		r := reach{t, p, known, map[types.Type]bool{}}
		for _, name := range p.Scope().Names() {
			if o := p.Scope().Lookup(name); o.Exported() {
				r.walk(o.Type(), path+"."+name)
			}
		}
		if len(r.seen) == 0 {
			t.Errorf("%s leads to no types", path)
		}
	}
}

// reach walks the types that the exported names of a package lead to.
type reach struct {
	t     *testing.T
	pkg   *types.Package
	known map[string]bool
	seen  map[types.Type]bool
}

func (r reach) walk(typ types.Type, from string) {
	typ = types.Unalias(typ)
	if r.seen[typ] {
		return
	}
	r.seen[typ] = true
	switch t := typ.(type) {
	case *types.Named:
		r.named(t, from)
	case *types.Signature:
		r.walk(t.Params(), from)
		r.walk(t.Results(), from)
	case *types.Tuple:
		for i := range t.Len() {
			r.walk(t.At(i).Type(), from)
		}
	case *types.Struct:
		for i := range t.NumFields() {
			if t.Field(i).Exported() {
				r.walk(t.Field(i).Type(), from+"."+t.Field(i).Name())
			}
		}
	case *types.Interface:
		for i := range t.NumMethods() {
			r.walk(t.Method(i).Type(), from)
		}
	case *types.Map:
		r.walk(t.Key(), from)
		r.walk(t.Elem(), from)
	case interface{ Elem() types.Type }:
		r.walk(t.Elem(), from)
	}
}

func (r reach) named(t *types.Named, from string) {
	p := t.Obj().Pkg()
	if p != nil && !r.known[p.Path()] && !strings.HasPrefix(p.Path(), "internal/") {
		r.t.Errorf("%s leads to %s, whose package is not preloaded", from, t)
	}
	if p != r.pkg {
		return
	}
	for i := range t.NumMethods() {
		if t.Method(i).Exported() {
			r.walk(t.Method(i).Type(), from+"."+t.Method(i).Name())
		}
	}
	r.walk(t.Underlying(), from)
}
