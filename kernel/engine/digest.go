package engine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"go/types"
	"hash"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"reprise/nnlib/rng"
)

// A valueDigest writes the content of values into a hash: what they point to, not where.
type valueDigest struct {
	h    hash.Hash
	seen map[visit]int // pointers, in the order in which they were met
	buf  []byte
}

// A visit is a pointer that was followed.
type visit struct {
	at  uintptr
	len int
	typ reflect.Type
}

// treeType are roots of randomness: their seed is known, their counts say nothing of a value.
var treeType = reflect.TypeFor[*rng.Tree]()

var boxedType = reflect.TypeFor[Boxed]()

// variable is value, but that a variable may itself be a function that a cell wrote: its
// text stands in the digest.
func (w *valueDigest) variable(v reflect.Value) error {
	defer w.flush()
	if v.IsValid() && v.Kind() == reflect.Func {
		return nil
	}
	return w.value(v)
}

// value adds a value and its type.
func (w *valueDigest) value(v reflect.Value) error {
	if !v.IsValid() {
		w.text("nil")
		return nil
	}
	w.text(v.Type().String())
	return w.content(v)
}

// content adds a value whose type is known by what holds it.
func (w *valueDigest) content(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		w.number(v)
	case reflect.String:
		w.text(v.String())
	case reflect.Interface:
		return w.value(v.Elem())
	case reflect.Pointer:
		return w.pointer(v)
	case reflect.Slice, reflect.Array:
		return w.list(v)
	case reflect.Map:
		return w.entries(v)
	case reflect.Struct:
		return w.fields(v)
	case reflect.Func:
		return w.function(v)
	default:
		return fmt.Errorf("whose value holds a %s, and that has no content to tell it by", v.Type())
	}
	return nil
}

// number adds a number to the buffer.
func (w *valueDigest) number(v reflect.Value) {
	put := func(x uint64) { w.buf = binary.LittleEndian.AppendUint64(w.buf, x) }
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			put(1)
		} else {
			put(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		put(uint64(v.Int()))
	case reflect.Float32, reflect.Float64:
		put(math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		put(math.Float64bits(real(v.Complex())))
		put(math.Float64bits(imag(v.Complex())))
	default:
		put(v.Uint())
	}
	if len(w.buf) >= 1<<15 {
		w.flush()
	}
}

func (w *valueDigest) flush() { w.h.Write(w.buf); w.buf = w.buf[:0] }

// text adds a text with its length.
func (w *valueDigest) text(s string) {
	w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(len(s)))
	w.buf = append(w.buf, s...)
	if len(w.buf) >= 1<<15 {
		w.flush()
	}
}

// points reports whether values of a kind can lead back to what holds them.
func points(k reflect.Kind) bool {
	return k == reflect.Struct || k >= reflect.Interface && k != reflect.String
}

// met reports whether a pointer was followed before, and then enters which it was.
func (w *valueDigest) met(v reflect.Value, n int) bool {
	at := visit{v.Pointer(), n, v.Type()}
	if k, old := w.seen[at]; old {
		w.text(fmt.Sprint("again ", k))
		return true
	}
	w.seen[at] = len(w.seen)
	return false
}

func (w *valueDigest) pointer(v reflect.Value) error {
	if v.Type() == treeType {
		return nil
	}
	if v.IsNil() || w.met(v, 0) {
		w.text("nil")
		return nil
	}
	return w.content(v.Elem())
}

func (w *valueDigest) list(v reflect.Value) error {
	w.text(strconv.Itoa(v.Len()))
	if v.Len() == 0 || v.Kind() == reflect.Slice && points(v.Type().Elem().Kind()) && w.met(v, v.Len()) {
		return nil
	}
	for i := range v.Len() {
		if err := w.content(v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

// entries adds a map, in the order of its keys' digests.
func (w *valueDigest) entries(v reflect.Value) error {
	w.text(strconv.Itoa(v.Len()))
	if v.IsNil() || w.met(v, 0) {
		return nil
	}
	if k := v.Type().Key().Kind(); k == reflect.Pointer || k == reflect.Chan {
		return fmt.Errorf("whose value holds a %s, and its keys have no content to tell them by", v.Type())
	}
	type entry struct {
		key   string
		value reflect.Value
	}
	var all []entry
	for it := v.MapRange(); it.Next(); {
		all = append(all, entry{fmt.Sprintf("%#v", it.Key()), it.Value()})
	}
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	for _, e := range all {
		w.text(e.key)
		if err := w.content(e.value); err != nil {
			return err
		}
	}
	return nil
}

func (w *valueDigest) fields(v reflect.Value) error {
	t := v.Type()
	if t == boxedType && v.CanInterface() { // a cell's type, by its name
		b := v.Interface().(Boxed)
		w.text(types.TypeString(b.T.Go, packageName))
		return w.value(reflect.ValueOf(b.V))
	}
	if strings.HasPrefix(t.PkgPath(), "github.com/traefik/yaegi") {
		return errors.New("whose value belongs to the interpreter and has no content to tell it by")
	}
	for i := range v.NumField() {
		if err := w.content(v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

// function adds a compiled function by its name; others cannot be told apart.
func (w *valueDigest) function(v reflect.Value) error {
	if v.IsNil() {
		return nil
	}
	f := runtime.FuncForPC(v.Pointer())
	if f == nil || strings.Contains(f.Name(), ".func") || strings.HasPrefix(f.Name(), "reflect.") {
		return errors.New("whose value holds a closure, and nothing tells it from another; declare a func, or set experiment.Options.Key")
	}
	w.text(f.Name())
	return nil
}
