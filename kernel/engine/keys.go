package engine

import (
	"cmp"
	"math"
	"reflect"
	"sort"
)

// Keys stores the keys of a map, sorted, in *dst, a slice of the key's type. The order
// is that of fmt: numbers, strings, false before true, NaN first, structs and arrays by their
// parts. Pointers and channels have no order that a run could repeat; they keep the map's.
func Keys(m, dst any) {
	v := reflect.ValueOf(m)
	keys := v.MapKeys()
	sort.SliceStable(keys, func(i, j int) bool { return less(keys[i], keys[j]) })
	out := reflect.ValueOf(dst).Elem()
	list := reflect.MakeSlice(out.Type(), len(keys), len(keys))
	for i, k := range keys {
		list.Index(i).Set(k)
	}
	out.Set(list)
}

// Values stores the values of a map in *dst, in the order of its sorted keys. Those under NaN, which
// can not be looked up, come in the order of the map.
func Values(m, keys, dst any) {
	v, k := reflect.ValueOf(m), reflect.ValueOf(keys)
	var lost []reflect.Value
	for it := v.MapRange(); it.Next(); {
		if IsNaN(it.Key().Interface()) {
			lost = append(lost, it.Value())
		}
	}
	out := reflect.ValueOf(dst).Elem()
	list := reflect.MakeSlice(out.Type(), k.Len(), k.Len())
	for i := range k.Len() {
		if x := v.MapIndex(k.Index(i)); x.IsValid() {
			list.Index(i).Set(x)
		} else if len(lost) > 0 {
			list.Index(i).Set(lost[0])
			lost = lost[1:]
		}
	}
	out.Set(list)
}

// Runes are the runes of a string, and where they begin.
func Runes(s string) ([]rune, []int) {
	runes, offsets := make([]rune, 0, len(s)), make([]int, 0, len(s))
	for i, r := range s {
		runes, offsets = append(runes, r), append(offsets, i)
	}
	return runes, offsets
}

// IsNaN reports whether a key is unequal to itself.
func IsNaN(k any) bool { return k != k }

func less(a, b reflect.Value) bool { return compare(a, b) < 0 }

func compare(a, b reflect.Value) int {
	if a.Kind() == reflect.Interface {
		return compareInterfaces(a.Elem(), b.Elem())
	}
	switch a.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return cmp.Or(cmp.Compare(real(x), real(y)), cmp.Compare(imag(x), imag(y)))
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Bool:
		return cmp.Compare(bit(a.Bool()), bit(b.Bool()))
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	}
	return 0
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func compareInterfaces(a, b reflect.Value) int {
	switch {
	case !a.IsValid() || !b.IsValid():
		return cmp.Compare(bit(a.IsValid()), bit(b.IsValid()))
	case a.Type() != b.Type():
		return cmp.Compare(a.Type().String(), b.Type().String())
	}
	return compare(a, b)
}

// ClearMap removes all entries, those under NaN too.
func ClearMap(m any) {
	if v := reflect.ValueOf(m); !v.IsNil() {
		v.Clear()
	}
}

// MinZero is the smaller of two zeros: the negative one.
func MinZero(a, b float64) float64 {
	if math.Signbit(a) {
		return a
	}
	return b
}
