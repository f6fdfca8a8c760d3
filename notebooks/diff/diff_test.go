package diff

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"reprise/kernel/ledger"
	"reprise/nnlib/trace"
	"reprise/notebooks/nb"
)

func cells(sources ...string) []*nb.Cell {
	var list []*nb.Cell
	for _, s := range sources {
		id, source, found := strings.Cut(s, "=")
		if !found {
			id, source = "", s
		}
		list = append(list, &nb.Cell{Type: nb.Code, ID: id, Source: source})
	}
	return list
}

func TestAlign(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []couple
	}{
		{"p q r", "p q r", []couple{{0, 0}, {1, 1}, {2, 2}}},
		{"p q r", "p x r", []couple{{0, 0}, {1, 1}, {2, 2}}},
		{"p r", "p q r", []couple{{0, 0}, {-1, 1}, {1, 2}}},
		{"p q r", "q", []couple{{0, -1}, {1, 0}, {2, -1}}},
		{"1=p 2=q", "0=x 1=y 2=q", []couple{{-1, 0}, {0, 1}, {1, 2}}},
		{"1=p 2=q 3=r", "2=x 3=y", []couple{{0, -1}, {1, 0}, {2, 1}}},
		{"", "p", []couple{{-1, 0}}},
		{"p", "", []couple{{0, -1}}},
		{"", "", nil},
	} {
		if got := align(cells(strings.Fields(c.a)...), cells(strings.Fields(c.b)...)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// chained makes a session of records.
func chained(records ...ledger.Record) []ledger.Record {
	list := append([]ledger.Record{{Lock: &ledger.Lock{Language: "1.26"}}}, records...)
	var c ledger.Chain
	for i := range list {
		c.Add(&list[i])
	}
	return list
}

// ledgerFile writes a ledger and returns its side.
func ledgerFile(t *testing.T, records []ledger.Record) *Side {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.ledger.jsonl")
	var text []byte
	for i := range records {
		text = append(append(text, ledger.Canonical(records[i])...), '\n')
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := LedgerSide(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fits(digest string) []ledger.Fit {
	return []ledger.Fit{{Model: "model/1", Steps: 40, Digest: digest}}
}

// Two ledgers without their notebooks: all causes are read, and the trainings compared.
func TestCompareLedgers(t *testing.T) {
	record := func(seed uint64, file string, digest string) ledger.Record {
		return ledger.Record{Cell: "c1", Source: "s", Status: ledger.OK, Output: "o", Facts: ledger.Facts{Seed: seed, Fits: fits(digest),
			Files: []ledger.File{{Path: "data.csv", Hash: file, Mode: ledger.ForReading}},
			Draws: []ledger.Draw{{Stream: "run/{1..3}/shuffle", Draws: 9}, {Stream: "math/rand", Draws: seed}},
			Notes: []ledger.Note{{Kind: ledger.Clock, Name: "time.Now", Line: 2}}}}
	}
	a, b := chained(record(1, "aa", "d")), chained(record(2, "bb", "e"))
	b[0].Lock.Language = "1.27"
	b = chained(b[1:]...)
	b[0].Lock.Language = "1.27"
	var c ledger.Chain
	for i := range b {
		c.Add(&b[i])
	}
	r, err := Compare(context.Background(), ledgerFile(t, a), ledgerFile(t, b), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	r.WriteText(&text)
	for _, want := range []string{
		"Go of the cells: 1.26 -> 1.27", "cell code cell 1, seed: 1 -> 2", "data.csv: sha256 aa -> sha256 bb", "line 2: time.Now reads the clock (in both)",
		"stream math/rand: 1 and 2 words drawn", "training 1 of 1, model/1: steps differ, between step 1 and step 40",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("lacks %q:\n%s", want, text.String())
		}
	}
	if strings.Contains(text.String(), "shuffle") || r.Same {
		t.Errorf("a stream drawn from alike is named, or nothing differs:\n%s", text.String())
	}
	same, err := Compare(context.Background(), ledgerFile(t, a), ledgerFile(t, a), Options{})
	if err != nil || !same.Same {
		t.Errorf("the same ledger twice: %+v, %v", same, err)
	}
}

// A training whose cell also reads the clock is compared too, where both ledgers have what is volatile.
func TestCompareBesideChance(t *testing.T) {
	record := func(digest string, steps ...int) ledger.Record {
		var checks trace.Checks
		for i, s := range steps {
			checks = append(checks, trace.Check{Step: 8 * i, Loss: uint32(s), Weights: []uint32{uint32(s)}})
		}
		return ledger.Record{Name: "cell [1]", Source: "s", Status: ledger.OK, Output: "o", Facts: ledger.Facts{Chance: true, Notes: []ledger.Note{{Kind: ledger.Clock, Name: "time.Now"}}},
			Volatile: &ledger.Volatile{Fits: []ledger.Fit{{Model: "model/1", Steps: 24, Batches: 12, Digest: digest, Checks: checks.Text()}}}}
	}
	a, b := chained(record("d", 1, 2, 3, 4)), chained(record("e", 1, 2, 5, 6))
	r, err := Compare(context.Background(), ledgerFile(t, a), ledgerFile(t, b), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	r.WriteText(&text)
	if want := "cell [1]"; r.Same || !strings.Contains(text.String(), want) || !strings.Contains(text.String(), "model/1: steps differ, between step 9 (epoch 1, batch 9) and step 16 (epoch 2, batch 4)") {
		t.Errorf("%s", text.String())
	}
	b[1].Volatile = nil // as in a notebook
	if r, err := Compare(context.Background(), ledgerFile(t, a), ledgerFile(t, b), Options{}); err != nil || !r.Same {
		t.Errorf("with one side alone: %+v, %v", r, err)
	}
}

// Seeds first, each once; then versions, which `reprise lock` may have written, files and cells.
func TestCausesInOrder(t *testing.T) {
	side := func(seed uint64, gonum string) *Side {
		book := &nb.Notebook{Metadata: map[string]any{}, Cells: cells(fmt.Sprintf("c1=%%seed %d", seed), "c2=x", "c3=nnlib.Seed(9)", "c4=y")}
		ledger.StoreLock(book.Metadata, ledger.Locked{Lock: ledger.Lock{Modules: map[string]string{"gonum": gonum}}})
		var list []ledger.Record
		for i, c := range book.Cells {
			r := ledger.Record{Cell: c.ID, Source: ledger.Digest(c.Source), Status: ledger.OK, Facts: ledger.Facts{Seed: seed}}
			switch i {
			case 0:
				r.Seed, r.Roots = 1, []string{fmt.Sprint(seed)}
			case 1:
				r.Files = []ledger.File{{Path: "d.txt", Hash: gonum, Mode: ledger.ForReading}}
			case 2:
				r.Roots = []string{"9"}
			case 3:
				r.Seed = 9
			}
			list = append(list, r)
		}
		return &Side{Name: "x", Book: book, Records: chained(list...)}
	}
	r, err := Compare(context.Background(), side(3, "v1"), side(4, "v2"), Options{NoReplay: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range r.Causes {
		got = append(got, c.Kind+": "+c.String())
	}
	want := []string{"seed: cell code cell 1, seed: 1, then 3 -> 1, then 4", "version: gonum: v1 -> v2", "file: cell code cell 2, d.txt: sha256 v1 -> sha256 v2", "source: cell code cell 1, line 1: %seed 3 -> %seed 4"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// A ledger of two sessions speaks of the last one.
func TestLastSession(t *testing.T) {
	list := append(chained(ledger.Record{Name: "old"}), chained(ledger.Record{Name: "new"})...)
	if got := lastSession(list); len(got) != 2 || got[1].Name != "new" {
		t.Errorf("%+v", got)
	}
	if got := lastSession(list[1:2]); len(got) != 1 {
		t.Errorf("without a lock: %+v", got)
	}
}

func TestOrder(t *testing.T) {
	side := func(counts ...int) *Side {
		b := &nb.Notebook{Metadata: map[string]any{}}
		for i, n := range counts {
			b.Cells = append(b.Cells, &nb.Cell{Type: nb.Code, Source: fmt.Sprint(i), Count: &n})
		}
		return &Side{Name: "x", Book: b}
	}
	r, err := Compare(context.Background(), side(1, 2, 3), side(2, 1, 3), Options{NoReplay: true})
	if err != nil || len(r.Causes) != 1 || r.Causes[0].Kind != "order" || r.Causes[0].Cell != "[2]" || r.Causes[0].B != "run before a cell above it" {
		t.Errorf("%+v, %v", r, err)
	}
	if r, _ := Compare(context.Background(), side(1, 2, 3), side(4, 5, 9), Options{NoReplay: true}); len(r.Causes) != 0 {
		t.Errorf("other counts in the same order: %+v", r.Causes)
	}
}

// Line ends of Windows are no difference.
func TestLineEnds(t *testing.T) {
	side := func(source string) *Side {
		return &Side{Name: "x", Book: &nb.Notebook{Cells: cells(source)}}
	}
	if r, err := Compare(context.Background(), side("a\nb"), side("a\r\nb"), Options{NoReplay: true}); err != nil || !r.Same {
		t.Errorf("%+v, %v", r, err)
	}
	if r, _ := Compare(context.Background(), side("a\nb"), side("a\nc"), Options{NoReplay: true}); r.Same || r.Causes[0].String() != "cell code cell 1, line 2: b -> c" {
		t.Errorf("%+v", r)
	}
}

func ExampleCause_String() {
	fmt.Println(Cause{Kind: "file", Cell: "[3]", What: "data.csv", A: "sha256 12ab", B: "sha256 34cd"})
	// Output: cell [3], data.csv: sha256 12ab -> sha256 34cd
}
