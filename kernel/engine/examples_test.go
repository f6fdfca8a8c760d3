//go:build oracle

package engine_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"reprise/kernel/symbols"
)

var (
	examplesFlag   = flag.String("examples", "", "run only the examples whose name (strings/Fields/cell) holds this; -v shows their output")
	examplesUpdate = flag.Bool("examples-update", false, "rewrite testdata/examples.txt; new lines have no reason")
	examplesSlow   = flag.Bool("examples-slow", false, "run also what the list calls slow or machine")
)

// exampleDeadline is what one example may take.
const exampleDeadline = 30 * time.Second

// TestExamples runs the examples of the standard library's documentation that tell what they print, and those of
// the preloaded packages of gonum and gota. The file of an example is a cell without its examples: imports and
// declarations. Below it the example stands in three ways: as a function that the cell calls; as its body alone, as
// one pastes it; and as one of all bodies of the file, in one notebook, where names of one are declared again by the next.
func TestExamples(t *testing.T) {
	list := readFails(t, "testdata/examples.txt",
		"The examples of the standard library, of gonum and gota that do not print in a notebook what they print compiled, and why. /call: the function is called; /cell: its body is a cell; /notebook: the bodies of all of a file are cells, one below the other.")
	examples := examplesUnder(t, list, filepath.Join(runtime.GOROOT(), "src"), "", func(string) bool { return true })
	preloaded := symbols.NewImporter().Paths()
	for _, module := range []string{"gonum.org/v1/gonum", "gonum.org/v1/plot", "github.com/go-gota/gota"} {
		dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
		if err != nil {
			t.Fatal(module, err)
		}
		examples = append(examples, examplesUnder(t, list, strings.TrimSpace(string(dir)), module+"/", func(path string) bool { return slices.Contains(preloaded, path) })...)
	}
	if len(examples) < 1600 {
		t.Fatalf("%d examples: is this a whole distribution?", len(examples))
	}
	list.check(t, examples)
	var todo []job
	for _, x := range examples {
		if strings.Contains(x.name, *examplesFlag) && (*examplesSlow || !list.is(x.name, "slow", "machine")) {
			todo = append(todo, x)
		}
	}
	failed := runJobs(t, todo, exampleDeadline, *examplesFlag)
	if *examplesUpdate {
		list.write(t, examples, todo, failed)
	}
	passed := list.judge(t, todo, failed, *examplesFlag != "")
	t.Logf("%d of %d forms of examples of %s pass; the others stand in %s with the reason: %s", passed, len(examples), runtime.Version(), list.file, list.kinds())
}

// examplesUnder reads the examples of the packages in a folder that users can import.
func examplesUnder(t *testing.T, known *failList, root, prefix string, importable func(path string) bool) []job {
	var list []job
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if slices.Contains([]string{"internal", "vendor", "cmd", "testdata"}, d.Name()) || strings.HasPrefix(d.Name(), "_") {
			return fs.SkipDir
		}
		dir, err := filepath.Rel(root, name)
		if path := prefix + filepath.ToSlash(dir); importable(path) {
			list = append(list, examplesIn(t, known, name, path)...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// examplesIn makes two notebooks of each example of a package. Those in files inside of the package
// are not for users.
func examplesIn(t *testing.T, known *failList, dir, path string) []job {
	names, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*exampleFile
	for _, name := range names {
		if f := readExamples(t, name); f != nil {
			files = append(files, f)
		}
	}
	data := filepath.Join(dir, "testdata")
	if _, err := os.Stat(data); err != nil {
		data = ""
	}
	var jobs []job
	for _, f := range files {
		above := append(f.needs(files), f.decls)
		all := job{name: path + "/" + filepath.Base(f.name) + "/notebook", Cells: slices.Clone(above), Data: data}
		var rights []func(string) string
		all.right = func(got []string) string {
			for i, right := range rights {
				if wrong := right(got[len(above)+i]); wrong != "" {
					return fmt.Sprintf("cell [%d]: %s", len(above)+i+1, wrong)
				}
			}
			return ""
		}
		for _, x := range doc.Examples(f.tree) {
			if x.Output == "" && !x.EmptyOutput {
				continue
			}
			fn := f.funcs["Example"+x.Name]
			want := strings.ReplaceAll(x.Output, f.tree.Name.Name+".", "main.")
			right := func(got string) string { return exampleDifference(want, got, x.Unordered) }
			add := func(form, cell string) {
				jobs = append(jobs, job{name: path + "/" + fn.Name.Name + "/" + form, Cells: append(above[:len(above):len(above)], cell), Data: data,
					right: func(got []string) string { return right(strings.Join(got, "")) }})
			}
			add("call", f.cut(fn.Pos(), fn.End())+"\n"+fn.Name.Name+"()")
			body := f.cut(fn.Body.Lbrace+1, fn.Body.Rbrace)
			add("cell", body)
			if known.is(path+"/"+fn.Name.Name+"/cell", "slow", "machine") {
				continue
			}
			all.Cells, rights = append(all.Cells, body), append(rights, right)
		}
		if len(rights) > 1 {
			jobs = append(jobs, all)
		}
	}
	return jobs
}

// An exampleFile is a file with examples, or with what those of another file use.
type exampleFile struct {
	name  string
	fset  *token.FileSet
	text  string
	tree  *ast.File
	decls string // all but functions of the tests
	named map[string]ast.Decl
	funcs map[string]*ast.FuncDecl // the examples
}

func readExamples(t *testing.T, name string) *exampleFile {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f := &exampleFile{name: name, fset: token.NewFileSet(), text: string(text), named: map[string]ast.Decl{}, funcs: map[string]*ast.FuncDecl{}}
	if f.tree, err = parser.ParseFile(f.fset, name, text, parser.ParseComments); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(f.tree.Name.Name, "_test") || !applies(f.text) {
		return nil
	}
	for _, d := range f.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			switch name := d.Name.Name; {
			case d.Recv == nil && strings.HasPrefix(name, "Example"):
				f.funcs[name] = d
				continue
			case d.Recv == nil && forTests.MatchString(name):
				continue
			case d.Recv == nil:
				f.named[name] = d
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					f.named[v.Names[0].Name] = d
				}
			}
		}
		f.decls += f.cut(d.Pos(), d.End()) + "\n"
	}
	return f
}

var forTests = regexp.MustCompile(`^(Test|Benchmark|Fuzz)([^a-z]|$)`)

func (f *exampleFile) cut(from, to token.Pos) string {
	return f.text[f.fset.Position(from).Offset:f.fset.Position(to).Offset]
}

// needs are the constants, variables and functions of the other files of the package that an example file uses.
func (f *exampleFile) needs(all []*exampleFile) (cells []string) {
	for _, other := range all {
		if other == f || len(f.funcs) == 0 {
			continue
		}
		text, seen := "", map[ast.Decl]bool{}
		for todo := slices.Clone(f.tree.Unresolved); len(todo) > 0; todo = todo[1:] {
			if d := other.named[todo[0].Name]; d != nil && !seen[d] {
				seen[d] = true
				text += other.cut(d.Pos(), d.End()) + "\n"
				todo = append(todo, idents(d)...)
			}
		}
		if text != "" {
			cells = append(cells, other.imports()+text)
		}
	}
	return cells
}

func idents(d ast.Decl) (list []*ast.Ident) {
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			list = append(list, id)
		}
		return true
	})
	return list
}

// imports are those that cells can have.
func (f *exampleFile) imports() (text string) {
	for _, spec := range f.tree.Imports {
		if !strings.Contains(spec.Path.Value, "internal/") {
			text += "import " + f.cut(spec.Pos(), spec.End()) + "\n"
		}
	}
	return text
}

// exampleDifference compares as package testing does.
func exampleDifference(want, got string, unordered bool) string {
	want, got = strings.TrimSpace(want), strings.TrimSpace(got)
	if unordered {
		want, got = sortedLines(want), sortedLines(got)
	}
	return firstDifference(want, got)
}

func sortedLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
