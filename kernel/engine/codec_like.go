package engine

import (
	"cmp"
	"go/types"
	"reflect"
)

// A likeness is a struct that looks as compiled code that decodes has to see a struct of a cell. In the place of
// a field that it would see otherwise than it is stands a part, which keeps the text of that field.
type likeness struct {
	*codec
	part func(field) reflect.StructField                       // what stands for a field
	take func(part, field reflect.Value, typ types.Type) error // decodes what a part has kept, if there was anything
}

// decode lets compiled code decode into a likeness of dst, and hands the fields over, even after an error: what
// stood before it counts. It returns the error of the one and that of the other.
func (l likeness) decode(dst reflect.Value, u *types.Struct, into func(any) error) (err, inPart error) {
	like := reflect.New(l.shape(dst.Type(), u))
	l.fill(like.Elem(), dst, u)
	err = into(like.Interface())
	return err, l.handOver(like.Elem(), dst, u)
}

func (l likeness) shape(rt reflect.Type, u *types.Struct) reflect.Type {
	var fields []reflect.StructField
	for _, f := range l.fields(u) {
		switch f.Type = rt.Field(f.at).Type; {
		case f.Anonymous:
			in, t := f.Type, f.typ
			if p, ok := t.Underlying().(*types.Pointer); ok {
				f.Type = reflect.PointerTo(l.shape(l.table.pointed(in, p), embedded(t)))
			} else {
				f.Type = l.shape(in, embedded(t))
			}
		case l.needs(f.typ):
			f.StructField = l.part(f)
		}
		fields = append(fields, f.StructField)
	}
	return reflect.StructOf(fields)
}

// fill gives the likeness what the fields hold now: decoding adds to maps and structs.
func (l likeness) fill(like, src reflect.Value, u *types.Struct) {
	for i, f := range l.fields(u) {
		fv := src.Field(f.at)
		switch {
		case f.Anonymous && fv.Kind() == reflect.Struct:
			l.fill(like.Field(i), fv, embedded(f.typ))
		case f.Anonymous && fv.Kind() == reflect.Pointer && !fv.IsNil():
			like.Field(i).Set(reflect.New(like.Field(i).Type().Elem()))
			l.fill(like.Field(i).Elem(), fv.Elem(), embedded(f.typ))
		case !f.Anonymous && !l.needs(f.typ):
			like.Field(i).Set(fv)
		}
	}
}

func (l likeness) handOver(like, dst reflect.Value, u *types.Struct) (first error) {
	for i, f := range l.fields(u) {
		lv, fv := like.Field(i), dst.Field(f.at)
		switch {
		case f.Anonymous && lv.Kind() == reflect.Struct:
			first = cmp.Or(first, l.handOver(lv, fv, embedded(f.typ)))
		case f.Anonymous && !lv.IsNil():
			first = cmp.Or(first, l.handOver(lv.Elem(), l.made(fv, f.typ), embedded(f.typ)))
		case f.Anonymous:
		case !l.needs(f.typ):
			fv.Set(lv)
		default:
			first = cmp.Or(first, l.take(lv, fv, f.typ))
		}
	}
	return first
}

// made is what an embedded pointer points to, made if there was nothing.
func (l likeness) made(ptr reflect.Value, t types.Type) reflect.Value {
	if ptr.IsNil() {
		ptr.Set(reflect.New(l.table.pointed(ptr.Type(), t.Underlying().(*types.Pointer))))
	}
	for ptr.Kind() == reflect.Interface {
		ptr = ptr.Elem()
	}
	return ptr.Elem()
}

// pointed is the reflect type of what a pointer of a cell points to: of a type that refers to itself, reflection
// shows the pointer as an interface.
func (t *typeTable) pointed(rt reflect.Type, p *types.Pointer) reflect.Type {
	if rt.Kind() == reflect.Pointer {
		return rt.Elem()
	}
	return t.reflected(p.Elem())
}
