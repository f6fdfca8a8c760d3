package cell

import (
	"fmt"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// text writes a type for the interpreter. Named types of cells that are not structs are
// written as what they are made of, unless they are recursive.
func (l *lowerer) text(t types.Type) string { return typeText(l.view, l, l.sub(t), true) }

// key writes a type so that two texts are equal exactly when the types are identical.
func (l *lowerer) key(t types.Type) string { return typeText(l.view, l, l.sub(t), false) }

// text writes a type outside of a lowering, for comparison.
func (v *view) text(t types.Type) string { return typeText(v, nil, t, false) }

// typeText is text with an optional lowerer, which writes the types that are used, and
// with or without names for what runs as its underlying type.
func typeText(v *view, l *lowerer, t types.Type, erase bool) string {
	w := &typeWriter{v, l, erase}
	return w.text(t)
}

type typeWriter struct {
	v     *view
	l     *lowerer
	erase bool
}

func (w *typeWriter) text(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case nil:
		return "interface{}"
	case *types.Basic:
		return w.basic(t)
	case *types.Named:
		return w.named(t)
	case *types.Pointer:
		return "*" + w.text(t.Elem())
	case *types.Slice:
		return "[]" + w.text(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + w.text(t.Elem())
	case *types.Map:
		return "map[" + w.text(t.Key()) + "]" + w.text(t.Elem())
	case *types.Chan:
		dir := [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()]
		return dir + "(" + w.text(t.Elem()) + ")"
	case *types.Signature:
		return "func" + w.signature(t)
	case *types.Struct:
		return w.structType(t, "")
	case *types.Interface:
		if w.erase || t.Empty() {
			return "interface{}"
		}
		return types.TypeString(t, func(p *types.Package) string { return p.Path() })
	case *types.TypeParam:
		return "/*" + t.Obj().Name() + "*/interface{}"
	case *types.Tuple:
		return w.params(t, false)
	}
	panic(fmt.Sprintf("internal error: no text for type %v", t))
}

func (w *typeWriter) basic(t *types.Basic) string {
	if t.Kind() == types.UnsafePointer {
		return w.pkg(RuntimePath) + ".Pointer"
	}
	if t.Info()&types.IsUntyped != 0 {
		if t.Kind() == types.UntypedNil {
			return "interface{}"
		}
		return types.Default(t).String()
	}
	return t.Name()
}

func (w *typeWriter) pkg(path string) string {
	if w.l != nil {
		return w.l.pkg(path)
	}
	return "p۰" + mangle(path)
}

func (w *typeWriter) signature(t *types.Signature) string {
	s := w.params(t.Params(), t.Variadic())
	switch t.Results().Len() {
	case 0:
		return s
	case 1:
		return s + " " + w.text(t.Results().At(0).Type())
	}
	return s + " " + w.params(t.Results(), false)
}

func (w *typeWriter) params(t *types.Tuple, variadic bool) string {
	var list []string
	for i := range t.Len() {
		if variadic && i == t.Len()-1 {
			if s, ok := types.Unalias(t.At(i).Type()).(*types.Slice); ok {
				list = append(list, "..."+w.text(s.Elem()))
				continue
			}
		}
		list = append(list, w.text(t.At(i).Type()))
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// structType writes a struct. The tag of a named one makes it a type of its own to
// reflection, and tells its name.
func (w *typeWriter) structType(t *types.Struct, name string) string {
	var b strings.Builder
	b.WriteString("struct {")
	for i := range t.NumFields() {
		f := t.Field(i)
		tag := t.Tag(i)
		if w.erase && !f.Exported() && !strings.Contains(tag, "json:") {
			tag = strings.TrimSpace(tag + ` json:"-"`) // the interpreter exports all fields
		}
		if name != "" && i == 0 {
			tag = strings.TrimSpace(tag + ` reprise:"` + name + `"`)
		}
		fmt.Fprintf(&b, " %s %s", fieldName(f, i), w.text(f.Type()))
		if !w.erase && f.Embedded() {
			b.WriteString(" embedded")
		}
		if tag != "" {
			b.WriteString(" " + strconv.Quote(tag))
		}
		b.WriteString(";")
	}
	b.WriteString(" }")
	return b.String()
}

// fieldName is a field's name at run time: blank fields need one.
func fieldName(f *types.Var, i int) string {
	if f.Name() == "_" {
		return fmt.Sprintf("blank۰%d", i)
	}
	return f.Name()
}

func (w *typeWriter) named(t *types.Named) string {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return obj.Name() // error, comparable
	}
	if !IsOwn(obj.Pkg()) {
		return w.foreign(t)
	}
	if _, ok := t.Underlying().(*types.Interface); ok && w.erase {
		return "interface{}"
	}
	if w.erase && recursiveNamed(t) != nil {
		return "interface{}"
	}
	if w.erase && erased(t) {
		return w.text(t.Underlying())
	}
	return w.own(t)
}

// own is the run-time name of a type of a cell; with a lowerer, its declaration is written.
func (w *typeWriter) own(t *types.Named) string {
	name := w.v.names[t.Origin().Obj()]
	if name == "" {
		name = w.localName(t.Origin().Obj())
	}
	if t.TypeArgs().Len() == 0 {
		if w.l != nil && w.erase {
			w.l.declareType(name, t)
		}
		return name
	}
	var args []string
	for i := range t.TypeArgs().Len() {
		args = append(args, (&typeWriter{w.v, nil, false}).text(t.TypeArgs().At(i)))
	}
	full := name + "[" + strings.Join(args, ",") + "]"
	if w.l == nil || !w.erase {
		return full
	}
	return w.l.declareType(full, t)
}

// localName names a type that is declared inside a function. In generic code there is one
// for each set of type arguments.
func (w *typeWriter) localName(obj types.Object) string {
	name := w.v.fresh(obj.Name())
	w.v.names[obj] = name
	return name
}

// foreign names a compiled type, or writes out a generic one.
func (w *typeWriter) foreign(t *types.Named) string {
	if t.TypeArgs().Len() == 0 {
		at := t.Obj().Pkg().Path()
		if w.l != nil && !slices.Contains(w.v.packages.Paths(), at) {
			w.l.fail(nil, "the type %s, whose package is not among the preloaded ones", t)
		}
		return w.pkg(at) + "." + t.Obj().Name()
	}
	if w.erase {
		if own := w.v.prelude.typeFor(t); own != nil {
			return w.own(own)
		}
		if _, ok := t.Underlying().(*types.Struct); !ok {
			return w.text(t.Underlying())
		}
		if w.l != nil {
			w.l.fail(nil, "the generic type %s", t)
		}
	}
	return t.String()
}

// declareType writes the declaration of a cell's type once, and returns its run-time name.
func (l *lowerer) declareType(full string, t *types.Named) string {
	stem, _, _ := strings.Cut(full, "[")
	if l.emitted["type "+full] != "" || l.emit["type "+full] != "" {
		if n := l.emitted["type "+full]; n != "" {
			return n
		}
		return l.emit["type "+full]
	}
	name := stem
	if full != stem {
		name = l.view.fresh(stem)
	}
	l.emit["type "+full] = name
	w := &typeWriter{l.view, l, true}
	body := ""
	if s, ok := t.Underlying().(*types.Struct); ok {
		body = w.structType(s, name)
	} else {
		body = w.text(t.Underlying())
	}
	fmt.Fprintf(&l.types, "type %s %s\n", name, body)
	return name
}

// erased reports whether a named type of a cell runs as its underlying type.
func erased(t *types.Named) bool {
	if _, ok := t.Underlying().(*types.Struct); ok {
		return false
	}
	return !recursive(t.Underlying(), t.Origin().Obj(), map[types.Object]bool{})
}

func recursive(t types.Type, to types.Object, seen map[types.Object]bool) bool {
	found := false
	walkType(t, func(t types.Type) {
		n, ok := t.(*types.Named)
		if !ok || found {
			return
		}
		obj := n.Origin().Obj()
		if obj == to {
			found = true
			return
		}
		if _, isStruct := n.Underlying().(*types.Struct); isStruct || seen[obj] || !IsOwn(obj.Pkg()) {
			return
		}
		seen[obj] = true
		found = recursive(n.Underlying(), to, seen)
	})
	return found
}
