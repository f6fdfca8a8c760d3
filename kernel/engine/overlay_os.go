package engine

import (
	"os"
	"reflect"
)

// osOverlay is os, where a cell finds its own process too. The interpreter keeps it from programs; here it is
// a worker, which may end.
func osOverlay() map[string]reflect.Value {
	return map[string]reflect.Value{"FindProcess": reflect.ValueOf(os.FindProcess)}
}
