package engine

import (
	"reflect"

	"github.com/traefik/yaegi/interp"
)

// roomForGlobals is the number of package-level places for which there is room from the start. A cell
// takes a handful of them.
const roomForGlobals = 1 << 14

// globals are the interpreter's package-level places. By itself it would copy them all for each text
// that defines another, and put the copy in their place, while goroutines of earlier cells read
// them. With room to spare they stay where they are, and what is added touches nothing else.
type globals struct {
	types reflect.Value // []reflect.Type
	data  reflect.Value // []reflect.Value
	made  int           // places that have their variable
}

// globalsOf finds the places; so far the interpreter has made all of them itself.
func globalsOf(i *interp.Interpreter) globals {
	v := reflect.ValueOf(i).Elem()
	g := globals{types: settable(v.FieldByName("universe").Elem().FieldByName("types")),
		data: settable(v.FieldByName("frame").Elem().FieldByName("data"))}
	g.made = g.data.Len()
	return g
}

// grow makes the variables of a text that was compiled, so that running it finds nothing to grow.
func (g *globals) grow() {
	if !g.data.IsValid() {
		return
	}
	types, data := g.types.Interface().([]reflect.Type), g.data.Interface().([]reflect.Value)
	if len(data) < max(len(types), roomForGlobals) {
		room := make([]reflect.Value, max(roomForGlobals, 2*len(types)))
		copy(room, data[:g.made])
		data = room
	}
	for ; g.made < len(types); g.made++ {
		data[g.made] = reflect.New(types[g.made]).Elem()
	}
	if len(data) != g.data.Len() {
		g.data.Set(reflect.ValueOf(data))
	}
}
