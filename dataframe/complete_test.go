package dataframe

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

// withoutExample are functions that the example of another one shows.
var withoutExample = map[string]string{
	"Count": "Mean", "Sum": "Mean", "Prod": "Mean", "Median": "Mean", "Min": "Mean", "Max": "Mean", "Skew": "Mean", "Kurt": "Mean", "Sem": "Mean",
	"Var": "Std", "CumProd": "CumSum", "CumMax": "CumSum", "CumMin": "CumSum", "ReadCSVFile": "ReadCSV", "WriteCSVFile": "WriteCSV",
	"FromSQL": "ReadSQL", "Persistence": "WalkForward", "SeasonalPersistence": "WalkForward", "Text": "FromSlice",
	"PlotHist": "PlotLine", "PlotBox": "PlotLine", "PlotScatterMatrix": "PlotLine", "PlotLag": "PlotLine", "PlotAutocorrelation": "PlotLine",
}

// TestEveryVerbHasAnExample reads the sources: an exported function needs an
// Example of its own, or a place in the table above; and its file a doc comment.
func TestEveryVerbHasAnExample(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	exported, examples := 0, map[string]bool{}
	var missing []string
	files := map[string]*ast.File{}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") {
			f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = f
		}
	}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Example") {
				examples[strings.TrimPrefix(fn.Name.Name, "Example")] = true
			}
		}
	}
	for name, f := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			if fn.Doc == nil {
				t.Errorf("%s: %s has no comment", name, fn.Name.Name)
			}
			if fn.Recv != nil {
				continue
			}
			exported++
			if fn.Type.TypeParams != nil {
				t.Errorf("%s is generic: cells cannot call it", fn.Name.Name)
			}
			if !examples[fn.Name.Name] && !examples[withoutExample[fn.Name.Name]] {
				missing = append(missing, fn.Name.Name)
			}
		}
	}
	if exported < 80 || len(missing) > 0 {
		t.Errorf("%d exported functions; without an example: %v", exported, missing)
	}
}
