package cell

import "go/types"

// sub replaces the type parameters of the generic code that is being written out.
func (l *lowerer) sub(t types.Type) types.Type {
	if len(l.subst) == 0 || t == nil {
		return t
	}
	return substitute(t, l.subst)
}

// substitute replaces type parameters in t. Types that hold none are returned as they are.
func substitute(t types.Type, m map[*types.TypeParam]types.Type) types.Type {
	switch t := t.(type) {
	case *types.TypeParam:
		if r := m[t]; r != nil {
			return r
		}
	case *types.Alias:
		return substitute(types.Unalias(t), m)
	case *types.Named:
		return substNamed(t, m)
	case *types.Pointer:
		if e := substitute(t.Elem(), m); e != t.Elem() {
			return types.NewPointer(e)
		}
	case *types.Slice:
		if e := substitute(t.Elem(), m); e != t.Elem() {
			return types.NewSlice(e)
		}
	case *types.Array:
		if e := substitute(t.Elem(), m); e != t.Elem() {
			return types.NewArray(e, t.Len())
		}
	case *types.Chan:
		if e := substitute(t.Elem(), m); e != t.Elem() {
			return types.NewChan(t.Dir(), e)
		}
	case *types.Map:
		k, e := substitute(t.Key(), m), substitute(t.Elem(), m)
		if k != t.Key() || e != t.Elem() {
			return types.NewMap(k, e)
		}
	case *types.Tuple:
		return substTuple(t, m)
	case *types.Signature:
		p, r := substTuple(t.Params(), m), substTuple(t.Results(), m)
		if p != t.Params() || r != t.Results() {
			return types.NewSignatureType(nil, nil, nil, p, r, t.Variadic())
		}
	case *types.Struct:
		return substStruct(t, m)
	case *types.Interface:
		return substInterface(t, m)
	}
	return t
}

func substNamed(t *types.Named, m map[*types.TypeParam]types.Type) types.Type {
	args := make([]types.Type, t.TypeArgs().Len())
	changed := false
	for i := range args {
		args[i] = substitute(t.TypeArgs().At(i), m)
		changed = changed || args[i] != t.TypeArgs().At(i)
	}
	if !changed {
		return t
	}
	inst, err := types.Instantiate(nil, t.Origin(), args, false)
	if err != nil {
		return t
	}
	return inst
}

func substTuple(t *types.Tuple, m map[*types.TypeParam]types.Type) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	changed := false
	for i := range vars {
		v := t.At(i)
		typ := substitute(v.Type(), m)
		changed = changed || typ != v.Type()
		vars[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), typ)
	}
	if !changed {
		return t
	}
	return types.NewTuple(vars...)
}

func substStruct(t *types.Struct, m map[*types.TypeParam]types.Type) types.Type {
	fields, tags := make([]*types.Var, t.NumFields()), make([]string, t.NumFields())
	changed := false
	for i := range fields {
		f := t.Field(i)
		typ := substitute(f.Type(), m)
		changed = changed || typ != f.Type()
		fields[i], tags[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), typ, f.Embedded()), t.Tag(i)
	}
	if !changed {
		return t
	}
	return types.NewStruct(fields, tags)
}

func substInterface(t *types.Interface, m map[*types.TypeParam]types.Type) types.Type {
	var methods []*types.Func
	changed := false
	for i := range t.NumMethods() {
		f := t.Method(i)
		sig := substitute(f.Type(), m).(*types.Signature)
		changed = changed || sig != f.Type()
		methods = append(methods, types.NewFunc(f.Pos(), f.Pkg(), f.Name(), sig))
	}
	if !changed {
		return t
	}
	return types.NewInterfaceType(methods, nil).Complete()
}
