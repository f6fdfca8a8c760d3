package engine

import (
	"reflect"
	"unsafe"
)

// ToPointer converts a pointer or a uintptr.
func ToPointer(x any) unsafe.Pointer {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Uintptr {
		u := uintptr(v.Uint())
		return *(*unsafe.Pointer)(unsafe.Pointer(&u))
	}
	return v.UnsafePointer()
}

// FromPointer makes a pointer of the type of like.
func FromPointer(p unsafe.Pointer, like any) any {
	t := reflect.TypeOf(like)
	return reflect.NewAt(t.Elem(), p).Convert(t).Interface()
}

// Address is the address as a number.
func Address(p unsafe.Pointer) uintptr { return uintptr(p) }

// UnsafeAdd is unsafe.Add.
func UnsafeAdd(p unsafe.Pointer, n int) unsafe.Pointer { return unsafe.Add(p, n) }

// UnsafeString is unsafe.String.
func UnsafeString(p *byte, n int) string { return unsafe.String(p, n) }

// UnsafeStringData is unsafe.StringData.
func UnsafeStringData(s string) *byte { return unsafe.StringData(s) }

// UnsafeSlice is unsafe.Slice of a pointer to anything.
func UnsafeSlice(p any, n int) any {
	v := reflect.ValueOf(p)
	t := v.Type().Elem()
	if n < 0 || n > 0 && v.IsNil() {
		Fail("unsafe.Slice: len out of range")
	}
	if v.IsNil() {
		return reflect.Zero(reflect.SliceOf(t)).Interface()
	}
	return reflect.NewAt(reflect.ArrayOf(n, t), v.UnsafePointer()).Elem().Slice(0, n).Interface()
}

// UnsafeSliceData is unsafe.SliceData of a slice of anything.
func UnsafeSliceData(s any) any {
	v := reflect.ValueOf(s)
	return reflect.NewAt(v.Type().Elem(), v.UnsafePointer()).Interface()
}
