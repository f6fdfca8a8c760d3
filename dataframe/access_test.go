package dataframe

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	gota "github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// TestAccessIsDirect fails when gota's layout is no longer the one we know: the
// package then still works, but slowly, and someone should look.
func TestAccessIsDirect(t *testing.T) {
	if _, ok := memory.(memoryAccess); !ok {
		t.Fatal("gota's memory layout has changed; every verb runs through its public methods")
	}
}

func TestLayoutIsRefused(t *testing.T) {
	if sameCells[float64](series.Int) || sameCells[string](series.Bool) {
		t.Error("columns of another layout are taken for ours")
	}
}

// TestAccessesAgree reads and makes random frames of all types through gota's
// memory and through its public methods.
func TestAccessesAgree(t *testing.T) {
	direct, ok := findLayout()
	if !ok {
		t.Fatal("no direct access")
	}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		df := randomGotaFrame(r)
		want := publicAccess{}.columns(df)
		got := direct.columns(df)
		rows := df.Nrow()
		sameColumns(t, seed, "read", got, want)
		for _, makers := range []access{direct, publicAccess{}} {
			for _, readers := range []access{direct, publicAccess{}} {
				sameColumns(t, seed, fmt.Sprintf("%T to %T", makers, readers), readers.columns(makers.frame(rows, got)), want)
			}
		}
	}
}

func sameColumns(t *testing.T, seed uint64, what string, got, want []column) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("seed %d: %s: %d columns, want %d", seed, what, len(got), len(want))
	}
	for c := range want {
		if got[c].name != want[c].name || got[c].kind() != want[c].kind() || got[c].size() != want[c].size() {
			t.Fatalf("seed %d: %s: column %d is %q %s %d, want %q %s %d", seed, what, c, got[c].name, got[c].kind(),
				got[c].size(), want[c].name, want[c].kind(), want[c].size())
		}
		for r := range want[c].size() {
			if !sameValue(got[c].value(r), want[c].value(r), 0) {
				t.Fatalf("seed %d: %s: column %d row %d is %#v, want %#v", seed, what, c, r, got[c].value(r), want[c].value(r))
			}
		}
	}
}

// randomGotaFrame is made by gota alone, with missing values of every sort.
func randomGotaFrame(r *rand.Rand) DataFrame {
	rows, all := r.IntN(12), make([]series.Series, 1+r.IntN(6))
	for c := range all {
		values := make([]any, rows)
		for i := range values {
			values[i] = []any{r.NormFloat64(), r.IntN(9) - 4, "NaN", nil, math.NaN(), "text", true, "7", math.Inf(1)}[r.IntN(9)]
		}
		kind := []series.Type{series.Float, series.Int, series.String, series.Bool}[r.IntN(4)]
		all[c] = series.New(values, kind, fmt.Sprint("c", c))
	}
	return gota.New(all...)
}

// TestResultsShareNothing writes to every result through gota and looks at the
// argument: a verb that hands out its argument's memory fails.
func TestResultsShareNothing(t *testing.T) {
	verbs := map[string]func(DataFrame) DataFrame{
		"Shift 0":       func(df DataFrame) DataFrame { return Shift(df, 0) },
		"ConcatColumns": func(df DataFrame) DataFrame { return ConcatColumns(df, df) },
		"Concat":        func(df DataFrame) DataFrame { return Concat([]DataFrame{df}) },
		"DropNaN":       func(df DataFrame) DataFrame { return DropNaN(df) },
		"DropNaN 1":     func(df DataFrame) DataFrame { return DropNaN(df, DropNaNOptions{Axis: 1}) },
		"WithIndex":     func(df DataFrame) DataFrame { return WithIndex(df) },
		"ResetIndex":    func(df DataFrame) DataFrame { return ResetIndex(df) },
		"SetIndex":      func(df DataFrame) DataFrame { return SetIndex(df, "b") },
		"Index":         func(df DataFrame) DataFrame { return Index(SetIndex(df, "b")) },
	}
	for name, verb := range verbs {
		df := gota.New(series.New([]float64{1, 2}, series.Float, "a"), series.New([]int{1, 2}, series.Int, "b"))
		out := verb(df)
		for c := range out.Ncol() {
			out.Elem(1, c).Set(99)
		}
		if df.Elem(1, 0).Float() != 2 || df.Elem(1, 1).Float() != 2 {
			t.Errorf("%s: writing to the result changes the argument", name)
		}
	}
}
