package engine

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"reprise/kernel/ledger"
)

func timeitMagic() Magic {
	return Magic{
		Name:  "timeit",
		Usage: "[-n loops] [-r runs] statement",
		Doc: "Run a statement many times and tell how long one takes: mean and standard deviation of 7 runs of so many loops that a run takes 0.1 s. " +
			"What starting a run costs is measured and taken off.",
		Run: runTimeit,
	}
}

const (
	timeitRuns   = 7
	timeitTarget = 100 * time.Millisecond // of one run
)

func runTimeit(ctx context.Context, c *Call) (Outcome, error) {
	c.note(ledger.Clock)
	t := &timeit{ctx: ctx, c: c, runs: timeitRuns}
	if err := t.parse(); err != nil {
		return Outcome{}, err
	}
	if err := t.prepare(); err != nil {
		return Outcome{}, err
	}
	var each []float64 // seconds
	for range t.runs {
		d, err := t.run(t.loops)
		if err != nil {
			return Outcome{}, err
		}
		each = append(each, max(0, (d-t.base).Seconds())/float64(t.loops))
	}
	mean, std := meanStd(each)
	c.printf("%s ± %s a loop (mean ± std. dev. of %d runs of %d loops)\n", seconds(mean), seconds(std), t.runs, t.loops)
	return Outcome{}, nil
}

type timeit struct {
	ctx   context.Context
	c     *Call
	code  string
	runs  int
	loops int
	base  time.Duration // of a run without a loop
}

func (t *timeit) parse() error {
	t.code = t.c.Args
	for {
		flag, rest, _ := strings.Cut(t.code, " ")
		if flag != "-n" && flag != "-r" {
			break
		}
		number, code, _ := strings.Cut(strings.TrimSpace(rest), " ")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return t.c.misuse("%%timeit %s wants a whole number from 1 on, got %q", flag, number)
		}
		if flag == "-n" {
			t.loops = n
		} else {
			t.runs = n
		}
		t.code = strings.TrimSpace(code)
	}
	if t.code == "" {
		return t.c.misuse("%%timeit wants a statement: %%timeit model.Predict(x)")
	}
	return nil
}

// prepare finds the base, and the number of loops when none was asked for.
func (t *timeit) prepare() error {
	t.base = math.MaxInt64
	for range 3 {
		d, err := t.run(0)
		if err != nil {
			return err
		}
		t.base = min(t.base, d)
	}
	for n := 1; t.loops == 0; n *= 10 {
		d, err := t.run(n)
		if err != nil {
			return err
		}
		if d-t.base >= timeitTarget/5 || n >= 1e9 {
			each := max(1, (d-t.base).Seconds()/float64(n)*1e9)
			t.loops = max(1, int(float64(timeitTarget)/each))
		}
	}
	return nil
}

func (t *timeit) run(loops int) (time.Duration, error) {
	code := t.c.goArgs(t.code)
	at := len(code.Source) - len(t.code)
	statement := t.code
	if discards(t.code) {
		statement = "_ = " + t.code
	}
	code.Source = code.Source[:at] + fmt.Sprintf("for range %d { /*line %s:%d:%d*/%s }", loops, code.Name, t.c.Line, at+1, statement)
	began := time.Now()
	_, err := t.c.Engine.RunGo(t.ctx, code, t.c.Out)
	return time.Since(began), err
}

// discards says whether Go wants the value of code to be put somewhere. A call may have
// no value, or several.
func discards(code string) bool {
	x, err := parser.ParseExpr(code)
	if err != nil {
		return false
	}
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return true
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && slices.Contains([]string{"append", "cap", "complex", "imag", "len", "make", "max", "min", "new", "real"}, name.Name)
}

func meanStd(x []float64) (mean, std float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		std += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(std)
}

func seconds(s float64) string {
	d := time.Duration(s * 1e9)
	if d < time.Microsecond {
		return fmt.Sprintf("%.3g ns", s*1e9)
	}
	return shortTime(d)
}
