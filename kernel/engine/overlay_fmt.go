package engine

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// fmtOverlay is fmt on the cell's streams, with %T that names the types of cells.
func (rt *runtimeState) fmtOverlay() map[string]reflect.Value {
	v := reflect.ValueOf
	out, in := rt.writer(Stdout), stdinReader{rt}
	return map[string]reflect.Value{
		"Print":   v(func(a ...any) (n int, err error) { return fmt.Fprint(out, a...) }),
		"Println": v(func(a ...any) (n int, err error) { return fmt.Fprintln(out, a...) }),
		"Printf": v(func(format string, a ...any) (n int, err error) {
			format, a = rt.types.named(format, a)
			return fmt.Fprintf(out, format, a...)
		}),
		"Sprintf": v(func(format string, a ...any) string {
			format, a = rt.types.named(format, a)
			return fmt.Sprintf(format, a...)
		}),
		"Fprintf": v(func(w io.Writer, format string, a ...any) (n int, err error) {
			format, a = rt.types.named(format, a)
			return fmt.Fprintf(w, format, a...)
		}),
		"Appendf": v(func(b []byte, format string, a ...any) []byte {
			format, a = rt.types.named(format, a)
			return fmt.Appendf(b, format, a...)
		}),
		"Errorf": v(func(format string, a ...any) error {
			format, a = rt.types.named(format, a)
			return fmt.Errorf(format, asErrors(a)...)
		}),
		"Scan":   v(func(a ...any) (n int, err error) { return fmt.Fscan(in, a...) }),
		"Scanf":  v(func(format string, a ...any) (n int, err error) { return fmt.Fscanf(in, format, a...) }),
		"Scanln": v(func(a ...any) (n int, err error) { return fmt.Fscanln(in, a...) }),
	}
}

// asErrors makes errors of the values of cells that have a method Error, so that %w wraps them.
func asErrors(args []any) []any {
	args = slices.Clone(args)
	for i, a := range args {
		if b, ok := a.(Boxed); ok && b.T.method("Error") != nil {
			args[i] = cellError{b.V, b.T}
		}
	}
	return args
}

// named replaces %T by the names that the cells gave their types: fmt itself would name
// what they are made of.
func (t *typeTable) named(format string, args []any) (string, []any) {
	if !strings.Contains(format, "T") || strings.ContainsAny(format, "[*") {
		return format, args
	}
	b := []byte(format)
	arg := 0
	for i := 0; i < len(b); i++ {
		if b[i] != '%' {
			continue
		}
		for i++; i < len(b) && strings.IndexByte("+-# 0123456789.", b[i]) >= 0; i++ {
		}
		if i == len(b) || b[i] == '%' {
			continue
		}
		if b[i] == 'T' && arg < len(args) {
			b[i] = 's'
			args = append([]any{}, args...)
			args[arg] = t.shownName(args[arg])
		}
		arg++
	}
	return string(b), args
}

// shownName is the name of the type of a value that was prepared to be shown.
func (t *typeTable) shownName(v any) string {
	switch x := v.(type) {
	case cellError:
		return typeName(x.t.Go)
	case found:
		return reflectName(t, reflect.TypeOf(x.v))
	}
	return t.nameOf(v)
}
