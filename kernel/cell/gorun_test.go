//go:build oracle

package cell

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"reprise/kernel/symbols"
)

// TestGoRun confirms the sessions of package engine with the Go compiler. Each cell becomes a
// program: the cell, and those earlier ones that it depends on. All programs are built
// into one binary, and what they print is compared with what the session says the cells print.
// Cells whose meaning is not Go's are counted by the reason why they are left out.
func TestGoRun(t *testing.T) {
	files, err := filepath.Glob("../engine/testdata/cells/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	var programs []*goProgram
	left, used := map[string]int{}, map[string]bool{}
	for _, file := range files {
		s := readSession(t, file)
		for i := range s.cells {
			p, why := s.program(i)
			if why == "" {
				why = exceptions[p.name]
				used[p.name] = why != ""
			}
			if why != "" {
				left[why]++
				continue
			}
			programs = append(programs, p)
		}
	}
	bin := buildAll(t, programs)
	for _, p := range programs {
		if got := p.run(t, bin); got != p.want {
			t.Errorf("%s: compiled, it prints\n%s\nthe session says\n%s\n%s", p.name, got, p.want, p.text)
		}
	}
	t.Logf("%d cells print the same compiled", len(programs))
	for _, why := range sortedKeys(left) {
		t.Logf("%d left out: %s", left[why], why)
	}
	for name := range exceptions {
		if !used[name] {
			t.Errorf("the exception %s is none", name)
		}
	}
	if len(programs) < 300 {
		t.Errorf("only %d cells were compared", len(programs))
	}
}

// exceptions are cells, by session and number, that mean in a notebook what they do not mean compiled.
var exceptions = map[string]string{
	"fidelity 34": notGo,     // init runs where it stands
	"failures 31": panicText, // the type of a panic's value
	"failures 33": panicText, // inside of a function, the index is not told
	"failures 46": panicText,
	"magics 21":   notGo,
	"audit 19":    mapOrder, // or of a select
	"streams 19":  notGo,    // what an earlier cell's goroutine prints stands below that cell
	"log 4":       endsCell,
	"log 5":       endsCell,
	"notebook 34": shownValue, // a nil error at the end is not shown
	"notebook 49": shownValue, // a function is shown by its type, since its address is another one in each run
}

// Why cells are left out.
const (
	notGo       = "it has a magic, a question, input, or shows pictures"
	fails       = "it does not compile, in the session as well, or is stopped"
	redefined   = "a name has two meanings in what it depends on"
	notCompiled = "the compiler wants it otherwise: unused variables and values"
	notStandard = "it uses more than the standard library"
	stderrToo   = "it writes to standard error"
	noOutput    = "it prints nothing"
	mapOrder    = "it uses package maps, which in a notebook goes by the order of the keys"
	random      = "it draws random numbers, which in a notebook come from named streams"
	shownValue  = "its value is shown otherwise than by fmt"
	endsCell    = "it ends the program, which in a notebook ends the cell"
	panicText   = "the fault tells more, or less, than what was recovered"
)

// A goSession is a session file, cell by cell.
type goSession struct {
	name  string
	cells []*goCell
	fset  *token.FileSet
}

type goCell struct {
	text, stdout, stderr, result, fault string
	src                                 *source // nil: not Go, or wrong
	vars                                map[string]string
	names                               map[string]bool // all that it mentions or defines
	imports                             map[string]string
}

func readSession(t *testing.T, file string) *goSession {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &goSession{name: strings.TrimSuffix(filepath.Base(file), ".txtar")}
	for _, f := range ar.Files {
		text := string(f.Data)
		if f.Name == "cell" {
			s.cells = append(s.cells, &goCell{text: strings.TrimSuffix(text, "\n")})
			continue
		}
		c := s.cells[len(s.cells)-1]
		switch f.Name {
		case "stdout":
			c.stdout = text
		case "stderr":
			c.stderr = text
		case "result":
			c.result = text
		case "fault":
			c.fault = text
		}
	}
	s.check()
	return s
}

// check lets a notebook read the cells, for the types of their variables.
func (s *goSession) check() {
	p := NewPackage(symbols.NewImporter())
	s.fset = p.fset
	for i, c := range s.cells {
		if strings.Contains(c.text, "%") && hasMagic(c.text) {
			continue
		}
		prog, err := p.Prepare(fmt.Sprintf("cell [%d]", i+1), c.text)
		if err != nil {
			continue
		}
		p.Commit(prog)
		c.src, _ = parse(s.fset, "cell", c.text)
		c.vars, c.names = map[string]string{}, map[string]bool{}
		var nodes []ast.Node
		for _, it := range c.src.items {
			for _, id := range it.defines {
				c.names[id.Name] = true
				if obj := p.live[id.Name]; it.kind == Var && obj != nil {
					c.vars[id.Name] = types.TypeString(obj.obj.Type(), func(p *types.Package) string {
						if p.Path() == path {
							return ""
						}
						return p.Name()
					})
				}
			}
			nodes = append(nodes, it.node())
			collect(c.names, it.node())
		}
		c.imports = p.view().importsFor(nil, nodes...)
	}
}

func hasMagic(text string) bool {
	for _, seg := range Split(text) {
		switch seg.Kind {
		case Magic, CellMagic, Shell:
			return true
		}
	}
	return false
}

// A goProgram is one cell with what it depends on.
type goProgram struct {
	name, text, want string
	id               string
}

// program writes a cell as a program, or says why not.
func (s *goSession) program(n int) (*goProgram, string) {
	last := s.cells[n]
	if last.src == nil {
		if hasMagic(last.text) || !strings.HasPrefix(last.fault, "CompileError") && !strings.HasPrefix(last.fault, "SyntaxError") && !strings.HasPrefix(last.fault, "NotSupported") {
			return nil, notGo
		}
		return nil, fails
	}
	if last.stdout == "" && last.result == "" && !strings.HasPrefix(last.fault, "Panic: ") {
		return nil, noOutput
	}
	w := &goWriter{vars: map[string]string{}, decls: map[string]string{}, imports: map[string]string{"fmt": "fmt", "os": "os"}}
	p := &goProgram{name: fmt.Sprintf("%s %d", s.name, n+1), id: fmt.Sprintf("%s%d", s.name, n+1)}
	for _, i := range s.needed(n) {
		c := s.cells[i]
		switch {
		case c.src == nil:
			return nil, notGo
		case c.src.program || strings.Contains(c.stdout, "[display"):
			return nil, notGo
		case c.stderr != "":
			return nil, stderrToo
		case c.fault != "" && (i != n || !strings.HasPrefix(c.fault, "Panic: ")):
			return nil, fails
		}
		if why := w.add(c); why != "" {
			return nil, why
		}
		p.want += c.stdout + c.result
	}
	if msg, ok := strings.CutPrefix(last.fault, "Panic: "); ok {
		msg, _, _ = strings.Cut(msg, "\n")
		p.want += "panic: " + msg + "\n"
	}
	p.text = w.program(p.id)
	return p, w.wrong(p.text)
}

// needed are the cells that share a name with the n-th, directly or not, up to it.
func (s *goSession) needed(n int) []int {
	in := map[int]bool{n: true}
	names := map[string]bool{}
	for more := true; more; {
		more = false
		for i := range in {
			for name := range s.cells[i].names {
				names[name] = true
			}
		}
		for i := range n {
			c := s.cells[i]
			if in[i] || c.src == nil || c.fault != "" {
				continue
			}
			for _, it := range c.src.items {
				own := map[string]bool{}
				for _, id := range it.defines {
					own[id.Name] = true
				}
				if it.kind == Stmt || it.kind == Decl {
					collect(own, it.node())
				}
				for name := range own {
					if names[name] && name != "_" && types.Universe.Lookup(name) == nil && s.isLive(name, n) {
						in[i], more = true, true
					}
				}
			}
		}
	}
	var list []int
	for i := range in {
		list = append(list, i)
	}
	sort.Ints(list)
	return list
}

// isLive reports whether a name is defined by a cell up to the n-th.
func (s *goSession) isLive(name string, n int) bool {
	for _, c := range s.cells[:n+1] {
		if c.src == nil {
			continue
		}
		for _, it := range c.src.items {
			for _, id := range it.defines {
				if id.Name == name {
					return true
				}
			}
		}
	}
	return false
}

// A goWriter collects cells into one program.
type goWriter struct {
	imports, vars, decls map[string]string
	order                []string
	main                 strings.Builder
}

func (w *goWriter) add(c *goCell) string {
	for name, at := range c.imports {
		if strings.Contains(strings.Split(at, "/")[0], ".") || strings.HasPrefix(at, "reprise/") {
			return notStandard
		}
		switch at {
		case "maps":
			return mapOrder
		case "math/rand", "math/rand/v2", "crypto/rand":
			return random
		}
		w.imports[name] = at
	}
	for name, t := range c.vars {
		if old, ok := w.vars[name]; ok && old != t || w.decls[name] != "" {
			return redefined
		}
		w.vars[name] = t
	}
	text := func(n ast.Node) string { return c.src.text[c.src.offset(n.Pos()):c.src.offset(n.End())] }
	seen := map[string]bool{}
	for _, it := range c.src.items {
		switch it.kind {
		case Import:
			spec := it.decl.(*ast.GenDecl).Specs[0].(*ast.ImportSpec)
			if spec.Name != nil {
				return notStandard
			}
		case Decl:
			key := fmt.Sprint(text(it.decl))
			if f, ok := it.decl.(*ast.FuncDecl); ok {
				key = declKey(f)
			} else if len(it.defines) > 0 {
				key = it.defines[0].Name
			}
			body := text(it.decl)
			if g, ok := it.decl.(*ast.GenDecl); ok && !strings.HasPrefix(body, g.Tok.String()) {
				body = g.Tok.String() + " " + body
			}
			if old := w.decls[key]; old != "" && old != body || w.vars[key] != "" {
				return redefined
			}
			if w.decls[key] == "" {
				w.order = append(w.order, key)
			}
			w.decls[key] = body
		case Var:
			for _, id := range it.spec.Names {
				if seen[id.Name] && id.Name != "_" {
					return redefined
				}
				seen[id.Name] = true
			}
			w.assign(it, text)
		case Stmt:
			x, ok := it.stmt.(*ast.ExprStmt)
			if ok && it.last && c.result != "" {
				fmt.Fprintf(&w.main, "fmt.Println(%s)\n", text(x.X))
				continue
			}
			if it.list && c.result != "" {
				var vals []string
				for _, v := range it.stmt.(*ast.AssignStmt).Rhs {
					vals = append(vals, text(v))
				}
				fmt.Fprintf(&w.main, "fmt.Println(%s)\n", strings.Join(vals, ", "))
				continue
			}
			fmt.Fprintf(&w.main, "%s\n", text(it.stmt))
		}
	}
	return ""
}

func (w *goWriter) assign(it *item, text func(ast.Node) string) {
	var names, vals []string
	for _, id := range it.spec.Names {
		names = append(names, id.Name)
	}
	for _, v := range it.spec.Values {
		vals = append(vals, text(v))
	}
	if len(vals) == 0 {
		for _, name := range names {
			fmt.Fprintf(&w.main, "%s = *new(%s)\n", name, w.vars[name])
		}
		return
	}
	fmt.Fprintf(&w.main, "%s = %s\n", strings.Join(names, ", "), strings.Join(vals, ", "))
}

func (w *goWriter) program(id string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n", id)
	for _, name := range sortedKeys(w.imports) {
		fmt.Fprintf(&b, "import %s %q\n", name, w.imports[name])
	}
	fmt.Fprintf(&b, "var _, _ = fmt.Sprint, os.Args\n")
	for _, key := range w.order {
		b.WriteString(w.decls[key] + "\n")
	}
	for _, name := range sortedKeys(w.vars) {
		fmt.Fprintf(&b, "var %s %s\n", name, w.vars[name])
	}
	fmt.Fprintf(&b, "// Main is the cells.\nfunc Main() {\n%s}\n", w.main.String())
	return b.String()
}

// wrong is why the compiler would not take a program.
func (w *goWriter) wrong(text string) string {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", text, 0)
	if err != nil {
		return notCompiled
	}
	conf := types.Config{Importer: symbols.NewImporter(), GoVersion: goVersion, Error: func(error) {}}
	if _, err := conf.Check("p", fset, []*ast.File{f}, nil); err != nil {
		if os.Getenv("GORUN_WHY") != "" {
			fmt.Println(err)
		}
		return notCompiled
	}
	return ""
}

// buildAll builds all programs into one.
func buildAll(t *testing.T, programs []*goProgram) string {
	dir := t.TempDir()
	var main strings.Builder
	main.WriteString("package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n")
	for _, p := range programs {
		writeFile(t, filepath.Join(dir, p.id, "p.go"), p.text)
		fmt.Fprintf(&main, "\t%q\n", "cells/"+p.id)
	}
	main.WriteString(")\n\nfunc main() {\n\tdefer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tfmt.Println(\"panic:\", r)\n\t\t}\n\t}()\n\tswitch os.Args[1] {\n")
	for _, p := range programs {
		fmt.Fprintf(&main, "\tcase %q:\n\t\t%s.Main()\n", p.id, p.id)
	}
	main.WriteString("\t}\n}\n")
	writeFile(t, filepath.Join(dir, "main.go"), main.String())
	writeFile(t, filepath.Join(dir, "go.mod"), "module cells\n\ngo 1.26\n")
	bin := filepath.Join(dir, "cells.exe")
	cmd := exec.Command("go", "build", "-o", bin, ".")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

func writeFile(t *testing.T, name, text string) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (p *goProgram) run(t *testing.T, bin string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, p.id)
	cmd.Dir = t.TempDir()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		fmt.Fprintf(&out, "%v\n", err)
	}
	return strings.ReplaceAll(out.String(), p.id+".", "main.")
}
