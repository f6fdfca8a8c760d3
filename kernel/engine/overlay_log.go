package engine

import (
	"io"
	"log"
	"reflect"
)

// logOverlay is log with l as its standard logger, which writes to the cell's standard error. Fatal panics: a
// cell can not end the notebook.
func logOverlay(l *log.Logger) map[string]reflect.Value {
	v := reflect.ValueOf
	return map[string]reflect.Value{
		"Logger": v((*log.Logger)(nil)), "New": v(log.New), // the interpreter's own are of another type than compiled code takes
		"Default": v(func() *log.Logger { return l }),
		"Print":   v(l.Print), "Printf": v(l.Printf), "Println": v(l.Println),
		"Fatal": v(l.Panic), "Fatalf": v(l.Panicf), "Fatalln": v(l.Panicln),
		"Panic": v(l.Panic), "Panicf": v(l.Panicf), "Panicln": v(l.Panicln),
		"Flags": v(l.Flags), "SetFlags": v(l.SetFlags), "Prefix": v(l.Prefix), "SetPrefix": v(l.SetPrefix),
		"SetOutput": v(l.SetOutput), "Writer": v(func() io.Writer { return l.Writer() }), "Output": v(l.Output),
	}
}
