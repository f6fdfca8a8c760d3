package nb_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"reprise/notebooks/nb"
)

// The expected bytes come from Python's nbformat.write; testdata/regenerate.py makes them.
func TestBytesOfPython(t *testing.T) {
	for _, name := range cases(t, "in") {
		n := read(t, filepath.Join("testdata", "in", name))
		want, err := os.ReadFile(filepath.Join("testdata", "expected", name))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(n.Encode()); got != string(want) {
			t.Errorf("%s: wrote\n%q\nPython wrote\n%q", name, got, want)
		}
	}
}

// What Python wrote comes back unchanged, in memory and in bytes.
func TestReadWriteRead(t *testing.T) {
	for _, name := range cases(t, "expected") {
		identity(t, read(t, filepath.Join("testdata", "expected", name)))
	}
}

func TestModel(t *testing.T) {
	n := read(t, "testdata/in/outputs.ipynb")
	c := n.Cells[0]
	if c.ID != "o" || c.Source != "f()" || *c.Count != 7 || len(c.Outputs) != 5 {
		t.Fatalf("cell %+v", c)
	}
	if got := c.Outputs[0].Text; got != "a\nb" {
		t.Errorf("stream text %q", got)
	}
	if got := c.Outputs[2].Data["text/plain"]; got != "<Figure\n>" {
		t.Errorf("text/plain %q", got)
	}
	if _, list := c.Outputs[2].Data["application/json"].([]any); !list {
		t.Error("a JSON list was joined")
	}
	if tags := read(t, "testdata/in/order.ipynb").Cells[0].Tags(); !reflect.DeepEqual(tags, []string{"b", "a"}) {
		t.Errorf("tags %q", tags)
	}
}

func TestUpgrade(t *testing.T) {
	n := read(t, "testdata/in/minor2.ipynb")
	if n.Minor != 2 || n.Cells[0].ID != "" {
		t.Fatal("reading changed the format")
	}
	n.Upgrade()
	id := n.Cells[0].ID
	if n.Minor != 5 || !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(id) {
		t.Errorf("minor %d, id %q", n.Minor, id)
	}
	again := read(t, "testdata/in/minor2.ipynb")
	again.Upgrade()
	if again.Cells[0].ID != id {
		t.Errorf("ids %q and %q of the same notebook differ", id, again.Cells[0].ID)
	}
}

func TestBadInput(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "not JSON: line 1, column 1: the file is empty"},
		{" \n ", "not JSON: line 2, column 2: the file is empty"},
		{"hello", "not JSON: line 1, column 1: found 'h', want a value"},
		{"{\"é\": 1,\n \"b\" 2}", "not JSON: line 2, column 6: found '2', want ':'"},
		{`{"é" 2}`, "not JSON: line 1, column 6: found '2', want ':'"},
		{`{"a": 1,}`, "not JSON: line 1, column 9: found '}', want a key in quotes"},
		{`{"a": 012}`, "a number starts with 0"},
		{`{"a": "x`, "cut off"},
		{`{"cells": [{"a": tr`, "cut off"},
		{"{\"a\": \"\xff\"}", "not UTF-8"},
		{"{\"a\": \"b\nc\"}", "line 1, column 9: a bare control character"},
		{`{} {}`, "text after the end"},
		{strings.Repeat("[", 100000), "levels of nesting"},
		{`[]`, "the file: want an object, got a list"},
		{`{}`, "no nbformat number"},
		{`{"nbformat": 3, "nbformat_minor": 0}`, "nbformat 3.0: convert it with `jupyter nbconvert --to notebook`"},
		{`{"nbformat": 5, "nbformat_minor": 1}`, "nbformat 5.1 is newer"},
		{`{"nbformat": 4, "cells": 3}`, "cells: want a list, got the number 3"},
		{`{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}`, "cells[0].source: want text or a list of lines, got a list"},
		{`{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [{"output_type": "stream", "text": {}}]}]}`, "cells[0].outputs[0].text: want text"},
		{`{"nbformat": 4, "cells": [{"cell_type": "code", "execution_count": "x"}]}`, "cells[0].execution_count: want a whole number, got text"},
		{`{"nbformat": 4, "cells": [{}]}`, "cells[0]: no cell_type"},
	} {
		n, err := nb.Decode([]byte(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: got %v, %v; want %q", c.in, n, err, c.want)
		}
	}
}

func TestMarkOfOrderIsDropped(t *testing.T) {
	n, err := nb.Decode([]byte("\xef\xbb\xbf{\"nbformat\": 4,\r\n \"nbformat_minor\": 5}"))
	if err != nil || n.Minor != 5 {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ipynb")
	n := read(t, "testdata/expected/order.ipynb")
	for range 2 {
		if err := n.WriteFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	if back := read(t, path); !reflect.DeepEqual(back, n) {
		t.Error("read back something else")
	}
	none := filepath.Join(dir, "none")
	err := n.WriteFile(filepath.Join(none, "a.ipynb"))
	if err == nil || !strings.Contains(err.Error(), "not written: there is no directory "+none) {
		t.Errorf("error %v", err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{path: "the file is read-only", dir: "it is a directory", filepath.Join(none, "x"): "there is no directory", filepath.Join(dir, "b.ipynb"): ""} {
		may, err := nb.Writable(name), n.WriteFile(name)
		if want == "" && (may != nil || err != nil) || want != "" && (may == nil || err == nil || !strings.Contains(may.Error(), want) || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v before, %v at the writing, want %q", name, may, err, want)
		}
	}
}

// The numbers are what Python's json.dumps(json.loads(text)) gives.
func TestValue(t *testing.T) {
	v, err := nb.Value([]any{1, 1.5, 1e-5, 1e-7, 1e16, 1e21, 123456.0, -0.0001, "é\x01", map[string]any{"k": nil}})
	if err != nil {
		t.Fatal(err)
	}
	n := &nb.Notebook{Metadata: map[string]any{"v": v}, Minor: 5}
	want := " \"v\": [\n   1,\n   1.5,\n   1e-05,\n   1e-07,\n   10000000000000000,\n   1e+21,\n   123456,\n   -0.0001,\n   \"é\\u0001\",\n   {\n    \"k\": null\n   }\n  ]\n"
	if got := string(n.Encode()); !strings.Contains(got, want) {
		t.Errorf("wrote %s", got)
	}
	if _, err := nb.Value(func() {}); err == nil {
		t.Error("a func became a value")
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range cases(f, "in") {
		data, err := os.ReadFile(filepath.Join("testdata", "in", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"nbformat":4,"metadata":{"a":"\ud800"},"cells":[{"cell_type":"code","source":["\ud83d","\ude00"]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := nb.Decode(data); err == nil {
			identity(t, n)
		}
	})
}

func identity(t *testing.T, n *nb.Notebook) {
	t.Helper()
	wrote := n.Encode()
	back, err := nb.Decode(wrote)
	if err != nil {
		t.Fatalf("cannot read what was written: %v\n%s", err, wrote)
	}
	if !reflect.DeepEqual(back, n) {
		t.Fatalf("read back\n%+v\nwrote\n%+v\n%s", back, n, wrote)
	}
	if again := back.Encode(); string(again) != string(wrote) {
		t.Fatalf("second writing differs:\n%s\n%s", again, wrote)
	}
}

func read(t testing.TB, path string) *nb.Notebook {
	t.Helper()
	n, err := nb.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func cases(t testing.TB, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.ipynb"))
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d notebooks in testdata/%s, want at least 10 (%v)", len(paths), folder, err)
	}
	for i := range paths {
		paths[i] = filepath.Base(paths[i])
	}
	return paths
}
