//go:build oracle

package engine_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reprise/kernel/engine"
)

var (
	randomPrograms = flag.Int("random", 150, "number of random programs")
	randomFirst    = flag.Int("random-first", 1, "number of the first random program")
)

// TestRandomPrograms holds cells to what the compiler makes of the same programs: as a function
// that a cell calls, as the statements of one cell, and as a cell for each statement.
func TestRandomPrograms(t *testing.T) {
	var text strings.Builder
	text.WriteString("package main\n\nimport (\n\"errors\"; \"fmt\"; \"math\"; \"slices\"; \"strings\"; \"sync\"\n)\n\nvar _ = errors.New\nvar _ = math.Abs\nvar _ = slices.Clone[[]int]\nvar _ sync.Mutex\n" + randomHelp)
	first, last := *randomFirst, *randomFirst+*randomPrograms-1
	for k := first; k <= last; k++ {
		decls, stmts := randomCode(k)
		fmt.Fprintf(&text, "%s\nfunc prog%d() {\n%s}\n", decls, k, strings.Join(stmts, ""))
	}
	text.WriteString("func main() {\n")
	for k := first; k <= last; k++ {
		fmt.Fprintf(&text, "prog%d()\nfmt.Println(\"== %d\")\n", k, k)
	}
	text.WriteString("}\n")
	compiled := runCompiled(t, text.String())
	for k := first; k <= last; k++ {
		want, rest, ok := strings.Cut(compiled, fmt.Sprintf("== %d\n", k))
		if compiled = rest; !ok {
			t.Fatalf("the compiled programs end before %d: %s", k, want)
		}
		for way, got := range randomInCells(t, k) {
			if got != want {
				decls, stmts := randomCode(k)
				t.Errorf("program %d as %s: %s\n%s\n%s", k, way, firstOther(got, want), decls, strings.Join(stmts, ""))
			}
		}
	}
	t.Logf("%d programs, each in 3 ways", last-first+1)
}

// randomHelp is what all programs use.
const randomHelp = `
var fuel int
func tired() bool { fuel--; return fuel < 0 }
func total(n ...int) (sum int) { for _, v := range n { sum += v }; return sum }
func whole(n int) int { return n }
func abs(n int) int { if n < 0 { return -(n + 1) }; return n }
func at(l []int, n int) int { if len(l) == 0 { return -1 }; return l[abs(n)%len(l)] }
func first(l []int, n int) []int { return l[:min(len(l), abs(n)%4)] }
func div(a, b int) int { if b == 0 { return a % 7 }; return a / b }
func cut(s string) string { return s[:min(len(s), 20)] }
func said(r any) string { s := fmt.Sprint(r); if i := strings.Index(s, " ["); i >= 0 { s = s[:i] }; return s }
`

func runCompiled(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "go", "run", file)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	return out.String()
}

// randomInCells returns what a program prints in cells.
func randomInCells(t *testing.T, k int) map[string]string {
	decls, stmts := randomCode(k)
	body := strings.Join(stmts, "")
	ways := map[string][]string{
		"a function":      {decls + fmt.Sprintf("func prog%d() {\n%s}\n", k, body), fmt.Sprintf("prog%d()", k)},
		"a cell":          {decls, body},
		"a cell for each": append([]string{decls}, stmts...),
	}
	printed := map[string]string{}
	for way, cells := range ways {
		e, out := newEngine(t), &recorder{}
		for _, src := range append([]string{"%audit off", randomHelp}, cells...) {
			if _, err := e.Run(t.Context(), engine.Cell{Name: "cell", Source: src}, out); err != nil {
				fmt.Fprintf(&out.stdout, "%v\n", err)
			}
		}
		printed[way] = out.stdout.String()
	}
	return printed
}

// firstOther shows where two outputs part.
func firstOther(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %s, want %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
