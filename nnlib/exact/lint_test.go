package exact_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The packages whose numbers must have the same bits everywhere.
var exactPackages = []string{"reprise/nnlib/...", "reprise/dataframe/..."}

// Functions of package math that are assembly on some machines, or Go code the compiler may fuse. Exact ones (Sqrt, Floor, Abs, FMA, ...)
// are not listed.
var inexactMath = strings.Fields(`Acos Acosh Asin Asinh Atan Atan2 Atanh Cbrt Cos Cosh Erf Erfc Erfcinv Erfinv Exp Exp2 Expm1 Gamma Hypot
	J0 J1 Jn Lgamma Log Log10 Log1p Log2 Pow Sin Sincos Sinh Tan Tanh Y0 Y1 Yn`)

// Methods and functions of gonum/mat that only hold numbers.
var holdingMat = strings.Fields(`At Set Dims T Transpose Caps IsEmpty Len AtVec SetVec RawMatrix RawRowView RawVector NewDense NewVecDense Matrix Dense
	VecDense Vector Mutable RawMatrixer RawVectorer DenseCopyOf VecDenseCopyOf CloneFrom Copy Row Col Reset Formatted Format Prefix Squeeze Excerpt RowView ColView Slice SetRow SetCol ErrShape Error`)

func TestSourceRules(t *testing.T) {
	onlyWithoutRace(t)
	checked := 0
	for _, p := range loadPackages(t) {
		for _, f := range p.files {
			checked++
			l := &linter{fset: p.fset, info: p.info, nnlib: strings.HasPrefix(p.path, "reprise/nnlib")}
			l.file(f)
			for _, e := range l.found {
				t.Error(e)
			}
		}
	}
	if checked < 20 {
		t.Fatalf("only %d files were checked", checked)
	}
}

// The rules find what they are made for.
func TestSourceRulesFindBreaches(t *testing.T) {
	const source = `package p
import "math"
func f(x, y, z float64, m map[int]int, i int) float64 {
	_ = x*y + z         // 1
	z -= x * y          // 2
	z += float64(x * y) // fine
	p := x * y
	z = z - p           // 3
	_ = i*i + i         // fine
	_ = 2.0*3.0 + z     // fine: a constant
	z = z + -(x * y)    // 4
	for range m {       // 5
	}
	return math.Exp(z)  // 6
}`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := newInfo()
	if _, err := (&types.Config{Importer: importer.ForCompiler(fset, "source", nil)}).Check("p", fset, []*ast.File{f}, info); err != nil {
		t.Fatal(err)
	}
	l := &linter{fset: fset, info: info, nnlib: true}
	l.file(f)
	if len(l.found) != 6 {
		t.Errorf("found %d breaches, want 6:\n%s", len(l.found), strings.Join(l.found, "\n"))
	}
}

// A linter collects the breaches of one file.
type linter struct {
	fset     *token.FileSet
	info     *types.Info
	nnlib    bool
	products map[types.Object]bool // local variables that hold an unconverted product
	found    []string
}

func (l *linter) file(f *ast.File) {
	l.products = map[types.Object]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			l.noteProducts(a)
		}
		return true
	})
	ast.Inspect(f, func(n ast.Node) bool {
		l.node(n)
		return true
	})
}

// noteProducts remembers variables assigned a product: the compiler may fuse across statements.
func (l *linter) noteProducts(a *ast.AssignStmt) {
	for i, lhs := range a.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok {
			continue
		}
		product := a.Tok == token.MUL_ASSIGN && l.isFloat(lhs)
		if len(a.Rhs) == len(a.Lhs) && (a.Tok == token.ASSIGN || a.Tok == token.DEFINE) {
			product = l.isProduct(a.Rhs[i])
		}
		if product {
			l.products[l.info.ObjectOf(id)] = true
		}
	}
}

func (l *linter) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if n.Op == token.ADD || n.Op == token.SUB {
			l.operand(n.X)
			l.operand(n.Y)
		}
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN {
			l.operand(n.Lhs[0])
			l.operand(n.Rhs[0])
		}
	case *ast.SelectorExpr:
		l.selector(n)
	case *ast.RangeStmt:
		if _, isMap := l.info.TypeOf(n.X).Underlying().(*types.Map); isMap && l.nnlib {
			l.report(n, "iterates over a map: go through sorted keys")
		}
	}
}

// operand checks one side of a float addition.
func (l *linter) operand(x ast.Expr) {
	x = bare(x)
	if l.isProduct(x) {
		l.report(x, "a product under + or - needs a conversion: float64(x*y)")
	}
	if id, ok := x.(*ast.Ident); ok && l.products[l.info.ObjectOf(id)] {
		l.report(x, fmt.Sprintf("%s holds a product without a conversion: the compiler may fuse it", id.Name))
	}
}

func (l *linter) isProduct(x ast.Expr) bool {
	b, ok := bare(x).(*ast.BinaryExpr)
	return ok && b.Op == token.MUL && l.isFloat(b)
}

// isFloat reports a float or complex that is not a constant.
func (l *linter) isFloat(x ast.Expr) bool {
	tv := l.info.Types[x]
	if id, ok := x.(*ast.Ident); ok {
		tv.Type = l.info.TypeOf(id)
	}
	if tv.Type == nil || tv.Value != nil {
		return false
	}
	if p, ok := tv.Type.(*types.TypeParam); ok {
		return strings.Contains(p.Constraint().Underlying().String(), "float")
	}
	b, ok := tv.Type.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsFloat|types.IsComplex) != 0
}

func (l *linter) selector(s *ast.SelectorExpr) {
	o := l.info.ObjectOf(s.Sel)
	if o == nil || o.Pkg() == nil {
		return
	}
	path, name := o.Pkg().Path(), o.Name()
	switch {
	case path == "math" && slices.Contains(inexactMath, name):
		l.report(s, "math."+name+" differs between machines: use exact."+name)
	case !l.nnlib || !strings.HasPrefix(path, "gonum.org/v1/gonum/"): // gonum.org/v1/plot draws
	case path != "gonum.org/v1/gonum/mat" && !strings.HasPrefix(path, "gonum.org/v1/gonum/blas"):
		l.report(s, path+"."+name+": nnlib computes by exact only")
	case path == "gonum.org/v1/gonum/mat" && !slices.Contains(holdingMat, name):
		l.report(s, "mat."+name+" may compute: nnlib computes by exact only")
	}
}

func (l *linter) report(n ast.Node, text string) {
	l.found = append(l.found, fmt.Sprintf("%s: %s", l.fset.Position(n.Pos()), text))
}

// bare strips parentheses and signs.
func bare(x ast.Expr) ast.Expr {
	for {
		switch y := x.(type) {
		case *ast.ParenExpr:
			x = y.X
		case *ast.UnaryExpr:
			if y.Op != token.SUB && y.Op != token.ADD {
				return x
			}
			x = y.X
		default:
			return x
		}
	}
}

type loaded struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
}

func newInfo() *types.Info {
	return &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
}

// A listed is what go list says of a package.
type listed struct {
	ImportPath, Dir, Export, Name string
	GoFiles                       []string
	DepOnly                       bool
}

// list runs go list -export: it compiles, and gives the compiled packages' places.
func list(t *testing.T, env ...string) []listed {
	cmd := exec.Command("go", append([]string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,Name,GoFiles,DepOnly"}, exactPackages...)...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// loadPackages parses and type checks the exact packages; a command, like the generator of the assembly, computes nothing at run time.
func loadPackages(t *testing.T) []loaded {
	exports := map[string]string{}
	all := list(t)
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	var out []loaded
	for _, p := range all {
		if p.DepOnly || p.Name == "main" {
			continue
		}
		l := loaded{path: p.ImportPath, fset: token.NewFileSet(), info: newInfo()}
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(l.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			l.files = append(l.files, f)
		}
		lookup := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
		conf := types.Config{Importer: importer.ForCompiler(l.fset, "gc", lookup)}
		if _, err := conf.Check(p.ImportPath, l.fset, l.files, l.info); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}
