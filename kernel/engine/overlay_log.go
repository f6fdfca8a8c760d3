package engine

import (
	"io"
	"log"
	"log/slog"
	"reflect"
)

// logOverlay is log with its standard logger on the cell's standard error. Fatal panics: a
// cell can not end the notebook.
func (rt *runtimeState) logOverlay() map[string]reflect.Value {
	l := log.New(rt.writer(Stderr), "", log.LstdFlags)
	v := reflect.ValueOf
	return map[string]reflect.Value{
		"Default": v(func() *log.Logger { return l }),
		"Print":   v(l.Print), "Printf": v(l.Printf), "Println": v(l.Println),
		"Fatal": v(l.Panic), "Fatalf": v(l.Panicf), "Fatalln": v(l.Panicln),
		"Panic": v(l.Panic), "Panicf": v(l.Panicf), "Panicln": v(l.Panicln),
		"Flags": v(l.Flags), "SetFlags": v(l.SetFlags), "Prefix": v(l.Prefix), "SetPrefix": v(l.SetPrefix),
		"SetOutput": v(l.SetOutput), "Writer": v(func() io.Writer { return l.Writer() }), "Output": v(l.Output),
	}
}

// slogOverlay is slog with a default logger that writes as log does, to the cell's standard error.
func (rt *runtimeState) slogOverlay() map[string]reflect.Value {
	v := reflect.ValueOf
	def := slog.New(slog.NewTextHandler(rt.writer(Stderr), nil))
	return map[string]reflect.Value{
		"Default":    v(func() *slog.Logger { return def }),
		"SetDefault": v(func(l *slog.Logger) { def = l }),
		"With":       v(func(args ...any) *slog.Logger { return def.With(args...) }),
		"Debug":      v(func(msg string, args ...any) { def.Debug(msg, args...) }),
		"Info":       v(func(msg string, args ...any) { def.Info(msg, args...) }),
		"Warn":       v(func(msg string, args ...any) { def.Warn(msg, args...) }),
		"Error":      v(func(msg string, args ...any) { def.Error(msg, args...) }),
	}
}
