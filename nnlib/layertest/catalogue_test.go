package layertest

import (
	"go/ast"
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
