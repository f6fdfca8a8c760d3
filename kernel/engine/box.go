package engine

import (
	"fmt"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"reprise/kernel/cell"
)

// A Boxed is a value of a cell's type in an interface, with that type: reflection alone
// can not tell a cell's named int from an int.
type Boxed struct {
	T *Type
	V any
}

// A Type is a type of a cell as compiled code knows it.
type Type struct {
	ID      int
	Go      types.Type
	rtype   reflect.Type   // when it belongs to this type alone
	methods map[string]any // func(receiver interface{}, arguments...) results
	table   *typeTable
}

// typeTable holds the types that lowered programs have told of.
type typeTable struct {
	pkg   *cell.Package
	mu    sync.RWMutex
	byID  map[int]*Type
	byRef map[reflect.Type]*Type
	impl  map[[2]any]bool
}

func newTypeTable(pkg *cell.Package) *typeTable {
	return &typeTable{pkg: pkg, byID: map[int]*Type{}, byRef: map[reflect.Type]*Type{}, impl: map[[2]any]bool{}}
}

func (t *typeTable) get(id int) *Type {
	t.mu.RLock()
	x := t.byID[id]
	t.mu.RUnlock()
	if x != nil {
		return x
	}
	goType := t.pkg.TypeByID(id) // before taking the lock: it has its own
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.byID[id]; x != nil {
		return x
	}
	x = &Type{ID: id, Go: goType, methods: map[string]any{}, table: t}
	t.byID[id] = x
	return x
}

// Type tells the reflect type of a cell's type by its zero value.
func (t *typeTable) Type(id int, zero any) {
	x := t.get(id)
	t.mu.Lock()
	defer t.mu.Unlock()
	x.rtype = reflect.TypeOf(zero)
	if x.rtype != nil {
		t.byRef[x.rtype] = x
	}
}

// Method tells a method of a cell's type.
func (t *typeTable) Method(id int, name string, f any) {
	x := t.get(id)
	t.mu.Lock()
	defer t.mu.Unlock()
	x.methods[name] = f
}

// of is the cell's type of a value, and the value without its box. Nil for compiled types.
func (t *typeTable) of(v any) (*Type, any) {
	switch b := v.(type) {
	case Boxed:
		return b.T, b.V
	case nil:
		return nil, nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.byRef[reflect.TypeOf(v)], v
}

func (x *Type) method(name string) any {
	if x == nil {
		return nil
	}
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
	return x.methods[name]
}

// Box puts a value and its type together.
func (t *typeTable) Box(id int, v any) any { return Boxed{t.get(id), v} }

// Unbox takes a value of exactly that type out of its box.
func (t *typeTable) Unbox(v any, id int) (any, bool) {
	b, ok := v.(Boxed)
	if !ok || b.T.ID != id {
		return nil, false
	}
	return b.V, true
}

// Same is v, as compiled code holds it: a function of a cell can be called by reflection then.
func Same(v any) any { return v }

// Raw is the value without a box.
func (t *typeTable) Raw(v any, _ int) any {
	if b, ok := v.(Boxed); ok {
		return b.V
	}
	return v
}

// In takes a value that compiled code held as one of its interfaces into a cell.
func (t *typeTable) In(v any) any {
	switch w := v.(type) {
	case wrapped:
		return w.unwrap()
	case nil:
		return nil
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && rv.Elem().Kind() == reflect.Struct && rv.Type().Elem().NumField() > 0 && rv.Type().Elem().Field(0).Name == "IValue" {
		rv = rv.Elem()
	}
	if rv.Kind() == reflect.Struct && rv.NumField() > 0 && rv.Type().Field(0).Name == "IValue" {
		return rv.Field(0).Interface()
	}
	return v
}

// Out hands a value of unknown type to compiled code as plain data.
func (t *typeTable) Out(v any) any {
	if b, ok := v.(Boxed); ok {
		return b.V
	}
	return v
}

// Shown prepares a value of unknown type for fmt.
func (t *typeTable) Shown(v any) any {
	x, raw := t.of(v)
	if x == nil {
		return dynamic(t, v)
	}
	return Boxed{x, raw}
}

// Equal compares two interfaces.
func (t *typeTable) Equal(a, b any) bool { return a == b }

// Implements reports whether a value has the methods of an interface type of a cell.
func (t *typeTable) Implements(v any, id int) bool {
	want, ok := t.get(id).Go.Underlying().(*types.Interface)
	return ok && t.implements(v, want)
}

func (t *typeTable) implements(v any, want *types.Interface) bool {
	x, raw := t.of(v)
	if x != nil {
		return types.Implements(x.Go, want)
	}
	rt := reflect.TypeOf(raw)
	for i := range want.NumMethods() {
		m, ok := rt.MethodByName(want.Method(i).Name())
		sig := want.Method(i).Signature()
		if !ok || m.Type.NumIn() != sig.Params().Len()+1 || m.Type.NumOut() != sig.Results().Len() {
			return false
		}
	}
	return true
}

// Find returns a method of the value in an interface as a function that takes the
// receiver first.
func (t *typeTable) Find(v any, name string) any {
	if v == nil {
		panic(nilDereference)
	}
	raw, f := t.lookup(v, name)
	if f != nil {
		return f
	}
	m := reflect.ValueOf(raw).MethodByName(name)
	if !m.IsValid() {
		panic(fmt.Errorf("internal error: %T has no method %s", raw, name))
	}
	in := []reflect.Type{reflect.TypeFor[any]()}
	for i := range m.Type().NumIn() {
		in = append(in, m.Type().In(i))
	}
	var out []reflect.Type
	for i := range m.Type().NumOut() {
		out = append(out, m.Type().Out(i))
	}
	variadic := m.Type().IsVariadic()
	return reflect.MakeFunc(reflect.FuncOf(in, out, variadic), func(args []reflect.Value) []reflect.Value {
		if variadic {
			return m.CallSlice(args[1:])
		}
		return m.Call(args[1:])
	}).Interface()
}

// lookup is a cell's method of a value, and the value without its box: of, and method, with one
// look at the lock.
func (t *typeTable) lookup(v any, name string) (raw, f any) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	b, boxed := v.(Boxed)
	if boxed {
		return b.V, b.T.methods[name]
	}
	if x := t.byRef[reflect.TypeOf(v)]; x != nil {
		return v, x.methods[name]
	}
	return v, nil
}

const nilDereference = runtimeError("invalid memory address or nil pointer dereference")

// BadAssert panics as a failed assertion of a value in an interface of one type to another type does.
func (t *typeTable) BadAssert(v any, id, from int) {
	want := t.get(id)
	name, iface := typeName(want.Go), typeName(t.get(from).Go)
	if types.IsInterface(want.Go) {
		if v == nil {
			panic(assertionError("interface is nil, not " + name))
		}
		panic(assertionError(t.nameOf(v) + " is not " + name + ": missing method " + t.missing(v, want.Go.Underlying().(*types.Interface))))
	}
	if v == nil {
		panic(assertionError(iface + " is nil, not " + name))
	}
	have := t.nameOf(v)
	if have == name {
		name += " (types from different scopes)"
	}
	panic(assertionError(iface + " is " + have + ", not " + name))
}

// missing is the first method of an interface that a value lacks.
func (t *typeTable) missing(v any, want *types.Interface) string {
	x, raw := t.of(v)
	for i := range want.NumMethods() {
		name := want.Method(i).Name()
		if x != nil && x.method(name) == nil {
			return name
		}
		if x == nil {
			if _, ok := reflect.TypeOf(raw).MethodByName(name); !ok {
				return name
			}
		}
	}
	return want.Method(0).Name()
}

// nameOf is what %T shows.
func (t *typeTable) nameOf(v any) string {
	x, raw := t.of(v)
	if x != nil {
		return typeName(x.Go)
	}
	return reflectName(t, reflect.TypeOf(raw))
}

// typeName writes a type as %T does: with package names.
func typeName(t types.Type) string {
	if b, ok := t.(*types.Basic); ok && b.Kind() == types.UntypedNil {
		return "<nil>"
	}
	return spelled(types.TypeString(t, func(p *types.Package) string { return p.Name() }))
}

// spelled turns the spelling of go/types into that of reflect: struct{A int} is struct { A int }, and
// any is interface {}.
func spelled(s string) string {
	if !strings.Contains(s, "{") && !strings.Contains(s, "any") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		word := s[i:]
		switch {
		case strings.HasPrefix(word, "{}"):
			b.WriteString(" {}")
			i++
		case word[0] == '{':
			b.WriteString(" { ")
		case word[0] == '}':
			b.WriteString(" }")
		case strings.HasPrefix(word, "any") && !inWord(s, i-1) && !inWord(s, i+3):
			b.WriteString("interface {}")
			i += 2
		default:
			b.WriteByte(word[0])
		}
	}
	return b.String()
}

func inWord(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] == '.' || s[i] == '_' || s[i] >= 0x80 || '0' <= s[i] && s[i] <= '9' || 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z')
}
