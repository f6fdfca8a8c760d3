package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"reprise/kernel/ledger"
)

// ran makes the record of a cell whose id is also its text.
func ran(id, reads, writes, version string) ledger.Record {
	r := ledger.Record{Name: "cell " + id, Cell: id, Source: ledger.Digest(id), Facts: ledger.Facts{Version: version, Reads: map[string]string{}}}
	for _, pair := range strings.Fields(reads) {
		name, v, _ := strings.Cut(pair, ":")
		r.Reads[name] = v
	}
	r.Writes = strings.Fields(writes)
	return r
}

func TestStale(t *testing.T) {
	a1, b1, c1 := ran("a", "", "x", "1"), ran("b", "x:1", "y", "2"), ran("c", "y:2", "", "")
	for name, c := range map[string]struct {
		records []ledger.Record
		want    string
	}{
		"in order":           {[]ledger.Record{a1, b1, c1}, ""},
		"the same again":     {[]ledger.Record{a1, b1, c1, a1}, ""},
		"a first cell again": {[]ledger.Record{a1, b1, c1, ran("a", "", "x", "9")}, "1: it used another x than the one that cell a gives now; "},
		"then the second": {[]ledger.Record{a1, b1, c1, ran("a", "", "x", "9"), ran("b", "x:9", "y", "10")},
			"2: it used another y than the one that cell b gives now; "},
		"a cell that changes its own input, again": {[]ledger.Record{a1, ran("b", "x:1", "x y", "2"), ran("b", "x:2", "x y", "3"), ran("c", "y:3", "", "")},
			"1: it used another x than the one that cell a gives now; "},
		"from below": {[]ledger.Record{ran("d", "", "x", "5"), ran("b", "x:5", "y", "6"), ran("c", "y:6", "", "")},
			"1: it used x, which no cell above it gives; "},
		"text changed": {[]ledger.Record{a1, b1, {Name: "cell c", Cell: "c", Source: ledger.Digest("older")}}, "2: its text was changed after it was run; "},
		"unknown":      {nil, ""},
	} {
		var cells []ledger.CellText
		for _, id := range []string{"a", "b", "c", "d"} {
			cells = append(cells, ledger.CellText{ID: id, Source: id, Shows: true})
		}
		stale := ledger.Stale(cells, c.records)
		got := ""
		for i := range cells {
			if stale[i] != "" {
				got += fmt.Sprintf("%d: %s; ", i, stale[i])
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
