//go:build race && unix

package engine

import (
	"os"
	"reflect"
	"syscall"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// hidePlaces moves the place markers to memory that the race detector does not watch. All goroutines
// of a cell write them, and the last one wins: a fault in one may name the line of another.
// That is known, and would hide every race that is not.
func hidePlaces(i *interp.Interpreter, places ...**int) {
	mem, err := syscall.Mmap(-1, 0, os.Getpagesize(), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	frame := reflect.ValueOf(i).Elem().FieldByName("frame").Elem()
	data := settable(frame.FieldByName("data")).Interface().([]reflect.Value)
	for n, place := range places {
		hidden := (*int)(unsafe.Pointer(&mem[n*int(unsafe.Sizeof(int(0)))]))
		for k, v := range data {
			if v.IsValid() && v.CanAddr() && v.Addr().UnsafePointer() == unsafe.Pointer(*place) {
				data[k] = reflect.NewAt(v.Type(), unsafe.Pointer(hidden)).Elem()
			}
		}
		*place = hidden
	}
}
