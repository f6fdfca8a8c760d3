package cell

import (
	"go/ast"
	"go/token"
	gopath "path"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// preferred settles which package a name stands for when several have it.
var preferred = map[string]string{
	"dataframe": "reprise/dataframe",
	"display":   "reprise/kernel/display",
	"heap":      "container/heap",
	"list":      "container/list",
	"mat":       "gonum.org/v1/gonum/mat",
	"palette":   "gonum.org/v1/plot/palette",
	"parser":    "go/parser",
	"pprof":     "runtime/pprof",
	"rand":      "math/rand",
	"ring":      "container/ring",
	"rng":       "reprise/nnlib/rng",
	"scanner":   "text/scanner",
	"template":  "text/template",
	"trace":     "runtime/trace",
	"version":   "go/version",
	"series":    "github.com/go-gota/gota/series",
	"stat":      "gonum.org/v1/gonum/stat",
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName guesses the name of a package from its path.
func packageName(path string) string {
	base := gopath.Base(path)
	if majorVersion.MatchString(base) && strings.Contains(path, "/") {
		base = gopath.Base(gopath.Dir(path))
	}
	if i := strings.LastIndex(base, ".v"); i > 0 {
		base = base[:i]
	}
	return base
}

// autoImports maps package names to paths: the preferred ones, then the shortest.
func autoImports(paths []string) map[string]string {
	paths = append([]string{}, paths...)
	sort.Slice(paths, func(i, j int) bool {
		a, b := paths[i], paths[j]
		if sa, sb := strings.Contains(a, "."), strings.Contains(b, "."); sa != sb {
			return sb // the standard library first
		}
		if len(a) != len(b) {
			return len(a) < len(b)
		}
		return a < b
	})
	auto := map[string]string{}
	for _, path := range paths {
		name := packageName(path)
		if auto[name] == "" || preferred[name] == path {
			auto[name] = path
		}
	}
	return auto
}

// addImport enters the import of a cell. A variable of the package's name gives way.
func (v *view) addImport(spec *ast.ImportSpec) error {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return err
	}
	pkg, err := v.packages.Import(path)
	if err != nil {
		return err
	}
	name := pkg.Name()
	if spec.Name != nil {
		name = spec.Name.Name
	}
	switch name {
	case "_":
	case ".":
		v.dots = append(v.dots, path)
	default:
		v.imps[name] = path
		v.drop(name)
	}
	return nil
}

// importsFor finds the packages that the selectors below the nodes name.
func (v *view) importsFor(defined map[string]bool, nodes ...ast.Node) map[string]string {
	need := map[string]string{}
	for _, n := range nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			id, ok := sel.X.(*ast.Ident)
			if !ok || defined[id.Name] {
				return true
			}
			if path, ok := v.imps[id.Name]; ok {
				need[id.Name] = path
			} else if path, ok := v.auto[id.Name]; ok && v.lookup(id.Name) == nil {
				need[id.Name] = path
			}
			return true
		})
	}
	return need
}

// importDecl writes imports as the head of a file. The positions are those of pos:
// no error is reported there.
func importDecl(f *ast.File, pos token.Pos, imports map[string]string, dots []string) {
	g := &ast.GenDecl{Tok: token.IMPORT, TokPos: pos, Lparen: pos}
	add := func(name, path string) {
		spec := &ast.ImportSpec{
			Name: &ast.Ident{Name: name, NamePos: pos},
			Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path), ValuePos: pos},
		}
		g.Specs = append(g.Specs, spec)
		f.Imports = append(f.Imports, spec)
	}
	for _, name := range sortedKeys(imports) {
		add(name, imports[name])
	}
	for _, path := range dots {
		add(".", path)
	}
	if len(g.Specs) > 0 {
		f.Decls = append(f.Decls, g)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
