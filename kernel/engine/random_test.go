//go:build oracle

package engine_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"reprise/kernel/engine"
)

var (
	randomPrograms = flag.Int("random", 150, "number of random programs")
	randomFirst    = flag.Int("random-first", 1, "number of the first random program")
)

// TestRandomPrograms holds cells to what the compiler makes of the same programs: as a function
// that a cell calls, as the statements of one cell, and as a cell for each statement.
func TestRandomPrograms(t *testing.T) {
	last := *randomFirst + *randomPrograms - 1
	for first := *randomFirst; first <= last; first += randomBatch {
		compareRandom(t, first, min(first+randomBatch-1, last))
	}
	t.Logf("%d programs, each in 3 ways", *randomPrograms)
}

// randomBatch is how many programs are compiled together: the compiler's time grows faster than they do.
const randomBatch = 50

func compareRandom(t *testing.T, first, last int) {
	compiled := runCompiled(t, randomMain(first, last))
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
}

// randomMain is a program of programs.
func randomMain(first, last int) string {
	var text, calls strings.Builder
	text.WriteString("package main\n\nimport (\n\"errors\"; \"fmt\"; \"math\"; \"slices\"; \"strings\"; \"sync\"\n)\n\nvar _ = errors.New\nvar _ = math.Abs\nvar _ = slices.Clone[[]int]\nvar _ sync.Mutex\n" + randomHelp)
	for k := first; k <= last; k++ {
		decls, stmts := randomCode(k)
		fmt.Fprintf(&text, "%s\nfunc prog%d() {\n%s}\n", decls, k, strings.Join(stmts, ""))
		fmt.Fprintf(&calls, "prog%d()\nfmt.Println(\"== %d\")\n", k, k)
	}
	return text.String() + "func main() {\n" + calls.String() + "}\n"
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
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	program := strings.TrimSuffix(file, ".go")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.CommandContext(ctx, program).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
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
