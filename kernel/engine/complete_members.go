package engine

import "go/types"

// members lists the methods and fields that can be selected from a value of type t in
// package here, also those of embedded types, sorted by name.
func members(t types.Type, here *types.Package) []types.Object {
	found := map[string]types.Object{}
	add := func(o types.Object) {
		if _, have := found[o.Name()]; !have && (o.Exported() || own(o, here)) {
			found[o.Name()] = o
		}
	}
	set := types.NewMethodSet(addressable(t))
	for i := range set.Len() {
		add(set.At(i).Obj())
	}
	level := []types.Type{t}
	seen := map[types.Type]bool{}
	for len(level) > 0 { // breadth first: the shallower field hides the deeper
		var deeper []types.Type
		for _, t := range level {
			s, ok := deref(t).Underlying().(*types.Struct)
			if !ok || seen[t] {
				continue
			}
			seen[t] = true
			for i := range s.NumFields() {
				add(s.Field(i))
				if s.Field(i).Embedded() {
					deeper = append(deeper, s.Field(i).Type())
				}
			}
		}
		level = deeper
	}
	list := make([]types.Object, 0, len(found))
	for _, name := range sortedNames(found) {
		list = append(list, found[name])
	}
	return list
}

// addressable is the type whose method set holds the methods that a variable of type t has.
func addressable(t types.Type) types.Type {
	if _, ok := t.Underlying().(*types.Pointer); ok || types.IsInterface(t) {
		return t
	}
	return types.NewPointer(t)
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// own says whether o is of the notebook: cells see what is not exported, too.
func own(o types.Object, here *types.Package) bool {
	return o.Pkg() != nil && here != nil && o.Pkg().Path() == here.Path()
}
