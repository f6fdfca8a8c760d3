package layertest

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	if len(Catalogue) == 0 {
		t.Fatal("the catalogue is empty")
	}
	for _, c := range Catalogue {
		t.Run(c.Name, func(t *testing.T) { Run(t, c) })
	}
}

// elsewhere says which layers are not in the catalogue, and why.
var elsewhere = map[string]string{
	"InputLayer": "never runs",
}

// Every layer of nnlib, which is every type with a method Forward(*Pass), is in the catalogue.
func TestCatalogueIsComplete(t *testing.T) {
	listed := map[string]bool{}
	for _, c := range Catalogue {
		listed[strings.Fields(c.Name)[0]] = true
	}
	files, err := filepath.Glob("../*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of nnlib: %v", err)
	}
	found := 0
	for _, file := range files {
		for _, layer := range layersIn(t, file) {
			found++
			if !listed[layer] && elsewhere[layer] == "" {
				t.Errorf("%s: %s is not in the catalogue; add a row to catalogue.go", file, layer)
			}
		}
	}
	if found < 2 {
		t.Errorf("found %d layers in nnlib", found)
	}
}

// Every layer of nnlib has an example that runs.
func TestLayersHaveExamples(t *testing.T) {
	tests, err := filepath.Glob("../*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, file := range tests {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, example := range doc.Examples(parsed) {
			shown[example.Name] = shown[example.Name] || example.Output != ""
		}
	}
	files, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		for _, layer := range layersIn(t, file) {
			found++
			if !shown[layer] {
				t.Errorf("%s: %s has no example; add func Example%s with an Output to a file example_layers_*_test.go", file, layer, layer)
			}
		}
	}
	if found < 60 {
		t.Errorf("found %d layers in nnlib", found)
	}
}

func layersIn(t *testing.T, file string) (layers []string) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range parsed.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "Forward" || f.Recv == nil {
			continue
		}
		if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
			if name := star.X.(*ast.Ident).Name; ast.IsExported(name) && name != "Probe" {
				layers = append(layers, name)
			}
		}
	}
	return layers
}
