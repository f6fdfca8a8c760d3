package engine

import (
	"go/ast"
	"go/token"
	"reflect"
)

// astOverlay is go/ast, which prints into the cell.
func (rt *runtimeState) astOverlay() map[string]reflect.Value {
	out := rt.writer(Stdout)
	return map[string]reflect.Value{
		"Print": reflect.ValueOf(func(fset *token.FileSet, x any) error { return ast.Fprint(out, fset, x, ast.NotNilFilter) }),
	}
}
