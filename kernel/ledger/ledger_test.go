package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"reprise/kernel/ledger"
)

// session is a ledger of a session with three cells.
func session() []ledger.Record {
	list := []ledger.Record{
		{Lock: &ledger.Lock{Language: "1.26", Modules: map[string]string{"gonum.org/v1/gonum": "v0.17.0"}, Algorithm: 1, Canary: "ab"},
			Volatile: &ledger.Volatile{Started: "2026-01-02T03:04:05Z", Machine: &ledger.Machine{OS: "linux", Arch: "arm64"}}},
		{Name: "cell [1]", Cell: "a", Source: ledger.Digest("x := 1"), Status: ledger.OK, Facts: ledger.Facts{Seed: 1 << 63, Writes: []string{"x"}, Version: "v1"}},
		{Name: "cell [2]", Cell: "b", Source: ledger.Digest("x"), Status: ledger.OK, Output: "dd",
			Facts: ledger.Facts{Seed: 1, Reads: map[string]string{"x": "v1"}, Draws: []ledger.Draw{{Stream: "model/1/dense/kernel", Draws: 20}},
				Notes: []ledger.Note{{Kind: ledger.Clock, Name: "time.Now", Line: 3}}}, Volatile: &ledger.Volatile{Micros: 12}},
		{Name: "cell [3]", Cell: "c", Source: ledger.Digest("panic(1)"), Status: "Panic", Facts: ledger.Facts{Files: []ledger.File{{Path: "a<b>.csv", Mode: ledger.ForReading, Hash: "ee"}}}},
	}
	var c ledger.Chain
	for i := range list {
		c.Add(&list[i])
	}
	return list
}

func text(records []ledger.Record) []byte {
	var b bytes.Buffer
	for _, r := range records {
		b.Write(ledger.Canonical(r))
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func TestEveryFlippedBitIsFoundAndLocated(t *testing.T) {
	whole := text(session())
	for i := range whole {
		line := bytes.Count(whole[:i], []byte("\n"))
		for bit := range 8 {
			changed := bytes.Clone(whole)
			changed[i] ^= 1 << bit
			c, err := ledger.Read(bytes.NewReader(changed))
			var broken *ledger.Broken
			if i == len(whole)-1 && c.Torn != "" && err == nil {
				continue // the last line has lost its end, as in a crash: it is said to be torn
			}
			if !errors.As(err, &broken) {
				t.Fatalf("byte %d (%q), bit %d: %v", i, whole[max(0, i-10):i+1], bit, err)
			}
			if broken.Index != line {
				t.Fatalf("byte %d of line %d: found in line %d: %v", i, line, broken.Index, err)
			}
		}
	}
}

func TestRecordsThatAreMissingAddedOrMoved(t *testing.T) {
	whole := session()
	for name, list := range map[string][]ledger.Record{
		"missing":  {whole[0], whole[1], whole[3]},
		"twice":    {whole[0], whole[1], whole[1], whole[2], whole[3]},
		"swapped":  {whole[0], whole[2], whole[1], whole[3]},
		"headless": whole[1:],
	} {
		var broken *ledger.Broken
		if err := ledger.Check(list); !errors.As(err, &broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// One whose hash was made anew is found by what follows it.
	forged := session()
	forged[1].Source = ledger.Digest("x := 2")
	var c ledger.Chain
	c.Add(&forged[0])
	c.Add(&forged[1])
	var broken *ledger.Broken
	if err := ledger.Check(forged); !errors.As(err, &broken) || broken.Index != 2 {
		t.Errorf("forged record 2: %v", err)
	}
}

func TestNotebookMetadata(t *testing.T) {
	metadata := map[string]any{"kernelspec": map[string]any{"name": "reprise"}}
	ledger.Store(metadata, session())
	saved, err := json.Marshal(metadata) // as a client that sorts, escapes and indents would
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(saved), "linux") || strings.Contains(string(saved), "2026") {
		t.Errorf("the notebook tells time or machine: %s", saved)
	}
	var back map[string]any
	if err := json.Unmarshal(saved, &back); err != nil {
		t.Fatal(err)
	}
	records, err := ledger.Load(back)
	if err != nil || len(records) != 4 || ledger.Root(records) != ledger.Root(session()) {
		t.Fatalf("%d records, %v", len(records), err)
	}
	back["reprise"].(map[string]any)["ledger"].([]any)[2].(map[string]any)["reads"].(map[string]any)["x"] = "v2"
	var broken *ledger.Broken
	if _, err := ledger.Load(back); !errors.As(err, &broken) || broken.Index != 2 {
		t.Errorf("a changed record: %v", err)
	}
	ledger.Remove(metadata)
	if len(metadata) != 1 {
		t.Errorf("after Remove: %v", metadata)
	}
	if records, err := ledger.Load(metadata); records != nil || err != nil {
		t.Errorf("no ledger: %v, %v", records, err)
	}
}

func TestJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.ledger.jsonl")
	add := func(names ...string) *ledger.Journal {
		j, err := ledger.OpenJournal(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if err := j.Add(&ledger.Record{Name: n}); err != nil {
				t.Fatal(err)
			}
		}
		return j
	}
	first := add("cell [1]", "cell [2]")
	second := add("cell [1]") // another process, as far as the lock knows
	if first.Path == second.Path || second.Moved == "" || !strings.HasSuffix(second.Path, "x.ledger.2.jsonl") {
		t.Errorf("two writers: %s and %s (%s)", first.Path, second.Path, second.Moved)
	}
	for _, j := range []*ledger.Journal{first, second} {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}
	whole, _ := os.ReadFile(path)
	os.WriteFile(path, append(whole, `{"name":"cell [3`...), 0o644)
	if c, err := ledger.ReadFile(path); err != nil || len(c.Records) != 2 || c.Torn == "" {
		t.Errorf("a torn line: %d records, torn %q, %v", len(c.Records), c.Torn, err)
	}
	third := add("cell [3]")
	if third.Torn == "" || third.Moved != "" {
		t.Errorf("torn %q, moved %q", third.Torn, third.Moved)
	}
	third.Close()
	if c, err := ledger.ReadFile(path); err != nil || len(c.Records) != 3 || c.Torn != "" {
		t.Errorf("after it: %d records, torn %q, %v", len(c.Records), c.Torn, err)
	}
	now, _ := os.ReadFile(path)
	os.WriteFile(path, bytes.Replace(now, []byte("cell [2]"), []byte("cell [9]"), 1), 0o644)
	fourth := add("cell [4]")
	defer fourth.Close()
	if fourth.Moved == "" || fourth.Path == path {
		t.Errorf("a broken ledger was written on: %s (%s)", fourth.Path, fourth.Moved)
	}
}

func TestFold(t *testing.T) {
	var draws []ledger.Draw
	for run := 1; run <= 12; run++ {
		for _, s := range []string{"kernel", "bias"} {
			draws = append(draws, ledger.Draw{Stream: fmt.Sprintf("run/%d/model/1/%s", run, s), Draws: 20})
		}
	}
	draws = append(draws, ledger.Draw{Stream: "run/3/extra", Draws: 1}, ledger.Draw{Stream: "odd{1..2}/07", Draws: 2})
	folded := ledger.Fold(draws)
	want := []ledger.Draw{{Stream: "odd%7B1..2}/07", Draws: 2}, {Stream: "run/{1..12}/model/1/bias", Draws: 20},
		{Stream: "run/{1..12}/model/1/kernel", Draws: 20}, {Stream: "run/3/extra", Draws: 1}}
	if !reflect.DeepEqual(folded, want) {
		t.Errorf("folded: %v", folded)
	}
	set := map[ledger.Draw]bool{}
	for _, d := range ledger.Unfold(folded) {
		set[d] = true
	}
	for _, d := range draws {
		if !set[d] {
			t.Errorf("%v is lost", d)
		}
	}
	if len(set) != len(draws) || ledger.Total(folded) != 24*20+3 {
		t.Errorf("%d of %d come back, total %d", len(set), len(draws), ledger.Total(folded))
	}
	if again := ledger.Fold(draws); len(again) != len(folded) {
		t.Errorf("folding depends on the order")
	}
}

func TestOutputsDoNotDependOnPieces(t *testing.T) {
	data := map[string]any{"text/plain": "1"}
	sum := func(f func(o *ledger.Outputs)) string {
		var o ledger.Outputs
		f(&o)
		return o.Sum()
	}
	one := sum(func(o *ledger.Outputs) {
		o.Stream("stdout", "10 %\r20 %\ndone\n")
		o.Display(data, nil, "", false)
		o.Result(data, map[string]any{})
	})
	same := map[string]func(o *ledger.Outputs){
		"pieces": func(o *ledger.Outputs) {
			o.Display(data, nil, "", false)
			for _, p := range []string{"10", " %\r", "20 %", "\ndo", "ne\n"} {
				o.Stream("stdout", p)
				o.Sum() // looking does not change it
			}
			o.Result(data, nil)
		},
		"as saved": func(o *ledger.Outputs) {
			o.Stream("stdout", "20 %\ndone\n")
			o.Display(data, nil, "", false)
			o.Result(data, nil)
		},
		"cleared": func(o *ledger.Outputs) {
			o.Stream("stderr", "old")
			o.Clear(true)
			o.Stream("stdout", "20 %\ndone\n")
			o.Display(map[string]any{"text/plain": "0"}, nil, "id", false)
			o.Display(data, nil, "id", true)
			o.Result(data, nil)
		},
	}
	for name, f := range same {
		if got := sum(f); got != one {
			t.Errorf("%s: %s, want %s", name, got, one)
		}
	}
	other := map[string]func(o *ledger.Outputs){
		"nothing": func(o *ledger.Outputs) {},
		"stream name": func(o *ledger.Outputs) {
			o.Stream("stderr", "20 %\ndone\n")
			o.Display(data, nil, "", false)
			o.Result(data, nil)
		},
		"type": func(o *ledger.Outputs) { o.Stream("stdout", "20 %\ndone\n"); o.Result(data, nil); o.Result(data, nil) },
		"error": func(o *ledger.Outputs) {
			o.Stream("stdout", "20 %\ndone\n")
			o.Display(data, nil, "", false)
			o.Result(data, nil)
			o.Error("Panic", "x")
		},
	}
	for name, f := range other {
		if sum(f) == one {
			t.Errorf("%s: the same digest as something else", name)
		}
	}
}

func Example() {
	var chain ledger.Chain
	records := []ledger.Record{
		{Lock: &ledger.Lock{Language: "1.26"}},
		{Name: "cell [1]", Source: ledger.Digest("x := 1"), Status: ledger.OK},
	}
	for i := range records {
		chain.Add(&records[i])
	}
	fmt.Println(ledger.Check(records))
	records[1].Source = ledger.Digest("x := 2")
	fmt.Println(ledger.Check(records))
	fmt.Println(ledger.Note{Kind: ledger.Clock, Name: "time.Now", Line: 3}.Sentence())
	// Output:
	// <nil>
	// ledger: record 2 (cell [1]): was changed after it was written: its hash is not that of its content
	// line 3: time.Now reads the clock
}

// What nbclient saves of a text, and what JupyterLab saves, both have their digest in the record.
func TestTerminal(t *testing.T) {
	sums := func(texts ...string) (sum, terminal string) {
		var o ledger.Outputs
		for _, text := range texts {
			o.Stream("stdout", text)
		}
		return o.Sum(), o.Terminal()
	}
	for _, c := range []struct{ text, nbclient, lab string }{
		{"plain\nlines", "plain\nlines", ""},
		{"100%\r5%\nmore", "5%\nmore", "5%0%\nmore"},
		{"first\n100%\r5%", "first\n5%", "first\n5%0%"},
		{"10%\rdone\n", "done\n", ""},
		{"abc\b\bX\n", "abc\b\bX\n", "aX\n"},
		{"windows\r\n", "windows\r\n", "windows\n"},
	} {
		for cut := range c.text {
			sum, terminal := sums(c.text[:cut], c.text[cut:])
			if want, _ := sums(c.nbclient); sum != want {
				t.Errorf("%q cut at %d: not the digest of %q", c.text, cut, c.nbclient)
			}
			want, _ := sums(c.lab)
			if c.lab == "" {
				want = ""
			}
			if terminal != want {
				t.Errorf("%q cut at %d: not the digest of %q", c.text, cut, c.lab)
			}
		}
	}
}
