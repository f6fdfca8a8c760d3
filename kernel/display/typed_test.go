package display

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
	"time"
)

// A cellValue is a value of a type declared in a cell: reflection sees yaegi's
// struct, go/types the cell's.
type cellValue struct {
	value   any
	t       types.Type
	strings map[string]func(any) string // String methods, by type name
}

func (c cellValue) DisplayType() string        { return c.t.String() }
func (c cellValue) DisplayValue() any          { return c.value }
func (c cellValue) DisplayGoType() types.Type  { return c.t }
func (c cellValue) Format(s fmt.State, _ rune) { fmt.Fprint(s, "what fmt shows") }

func (c cellValue) DisplayMethod(name string) any {
	if f := c.strings[c.t.String()]; f != nil && name == "String" {
		return func() string { return f(c.value) }
	}
	return nil
}

func (c cellValue) DisplayPart(part any, t types.Type) any {
	if c.strings[t.String()] == nil {
		return part
	}
	return cellValue{part, t, c.strings}
}

// What yaegi makes of Row below, and of a self-referring Node.
type (
	yaegiRow struct {
		Xname string `reprise:"Row"`
		Kind  int
		Xwhen time.Time
		Xtags map[string]int
	}
	yaegiNode struct {
		Xnext *yaegiNode
		V     int
	}
)

func TestTypedValues(t *testing.T) {
	pkg := check(t, `package main
		import "time"
		type Kind int
		type Row struct { name string; Kind Kind; when time.Time; tags map[string]Kind }
		type Rows []Row
		type Node struct { next *Node; V int }
		type PRows []*Row
		type Grid [][]Kind`)
	kinds := map[string]func(any) string{"main.Kind": func(v any) string { return fmt.Sprint("kind", v) }}
	cell := func(v any, name string) any {
		return cellValue{v, pkg.Scope().Lookup(name).Type(), kinds}
	}
	row := yaegiRow{"a<b", 2, time.Unix(0, 0).UTC(), map[string]int{"y": 1, "x": 0}}
	rowText := `{name:"a<b" Kind:kind2 when:1970-01-01 00:00:00 +0000 UTC tags:map["x":kind0 "y":kind1]}`
	node := &yaegiNode{nil, 1}
	node.Xnext = node
	for _, c := range []struct {
		v          any
		text, html string
	}{
		{cell(7, "Kind"), "kind7", ""},
		{cell(row, "Row"), rowText, ""},
		{cell(*node, "Node"), "{next:&{next:<cycle> V:1} V:1}", ""},
		{cell([]yaegiRow{row}, "Rows"), "[" + rowText + "]", "|name|Kind|when|tags\n0|a&lt;b|kind2|1970-01-01 00:00:00 +0000 UTC|map[&#34;x&#34;:kind0 &#34;y&#34;:kind1]"},
		{cell([]*yaegiRow{&row, nil}, "PRows"), "[&" + rowText + " <nil>]", "|name|Kind|when|tags\n0|a&lt;b|kind2|1970-01-01 00:00:00 +0000 UTC|map[&#34;x&#34;:kind0 &#34;y&#34;:kind1]\n1||||"},
		{cell([][]int{{1}}, "Grid"), "[[kind1]]", "|0\n0|kind1"},
		{[]any{cell(3, "Kind"), 3}, "[kind3 3]", ""},
		{[]any{yaegiRow{Xname: "no type"}}, `[{name:"no type" Kind:0 when:0001-01-01 00:00:00 +0000 UTC tags:map[]}]`, ""},
	} {
		b := render(t, c.v)
		if b.Data[Text] != c.text {
			t.Errorf("text %v\nwant %s", b.Data[Text], c.text)
		}
		if h, _ := b.Data[HTML].(string); cells(h) != c.html {
			t.Errorf("table %s\nwant %s", cells(h), c.html)
		}
	}
}

func check(t *testing.T, src string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "cell.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := config.Check("main", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}
