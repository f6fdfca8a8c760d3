package engine

import (
	"go/types"
	"reflect"
	"strings"
)

// The interpreter exports the fields of all structs: name becomes Xname. The tag that the
// lowering gives such a field tells. In a named type the table of types has the true names; for
// types without a name they are made here.

const hiddenTag = `json:"-"`

// trueType is the type of a cell that reflection shows as rt, as far as it is made of plain
// types and structs; nil when it is not.
func (t *typeTable) trueType(rt reflect.Type) types.Type {
	t.mu.RLock()
	x := t.byRef[rt]
	t.mu.RUnlock()
	if x != nil {
		return x.Go
	}
	if rt.Name() != "" {
		return basicType(rt)
	}
	switch rt.Kind() {
	case reflect.Struct:
		return t.trueStruct(rt)
	case reflect.Interface:
		if rt.NumMethod() == 0 {
			return types.NewInterfaceType(nil, nil)
		}
	case reflect.Slice, reflect.Array, reflect.Pointer, reflect.Map:
		elem := t.trueType(rt.Elem())
		if elem == nil {
			return nil
		}
		switch rt.Kind() {
		case reflect.Slice:
			return types.NewSlice(elem)
		case reflect.Array:
			return types.NewArray(elem, int64(rt.Len()))
		case reflect.Pointer:
			return types.NewPointer(elem)
		}
		if key := t.trueType(rt.Key()); key != nil {
			return types.NewMap(key, elem)
		}
	}
	return nil
}

func (t *typeTable) trueStruct(rt reflect.Type) types.Type {
	var fields []*types.Var
	var tags []string
	for i := range rt.NumField() {
		f := rt.Field(i)
		ft := t.trueType(f.Type)
		if ft == nil {
			return nil
		}
		name, tag := f.Name, string(f.Tag)
		if rest, ok := strings.CutSuffix(tag, hiddenTag); ok {
			name, tag = strings.TrimPrefix(name, "X"), strings.TrimSpace(rest)
		}
		fields, tags = append(fields, types.NewField(0, nil, name, ft, false)), append(tags, tag)
	}
	return types.NewStruct(fields, tags)
}

// basicType is a predeclared type, or a compiled one by its name alone.
func basicType(rt reflect.Type) types.Type {
	if rt.PkgPath() == "" {
		if obj, ok := types.Universe.Lookup(rt.Name()).(*types.TypeName); ok {
			return obj.Type()
		}
		return nil
	}
	pkg := types.NewPackage(rt.PkgPath(), rt.PkgPath()[strings.LastIndexByte(rt.PkgPath(), '/')+1:])
	return types.NewNamed(types.NewTypeName(0, pkg, rt.Name(), nil), types.NewStruct(nil, nil), nil)
}
