package engine

import (
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strconv"
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
			args[i] = asError(b.V, b.T)
		}
	}
	return args
}

// named replaces %T by the names that the cells gave their types: fmt itself would name
// what they are made of. The names stand behind the arguments; every directive then says which it takes.
func (t *typeTable) named(format string, args []any) (string, []any) {
	if !hasTypeVerb(format) {
		return format, args
	}
	var b strings.Builder
	n := 0
	all := slices.Clone(args)
	for rest := format; rest != ""; {
		at := directive.FindStringSubmatchIndex(rest)
		if at == nil {
			b.WriteString(rest)
			break
		}
		part := func(i int) string { return rest[max(at[2*i], 0):max(at[2*i+1], 0)] }
		b.WriteString(rest[:at[0]])
		verb := part(7)
		if verb == "%" {
			b.WriteString(rest[at[0]:at[1]])
			rest = rest[at[1]:]
			continue
		}
		width := star(part(2), &n)
		if p := part(4); p != "" {
			width += "." + star(p[1:], &n)
		}
		index(part(6), &n)
		switch {
		case n >= len(args) && part(6) == "":
			b.WriteString("%%!" + verb + "(MISSING)")
		case verb == "T" && n < len(args):
			all = append(all, t.shownName(args[n]))
			fmt.Fprintf(&b, "%%%s%s[%d]s", part(1), width, len(all))
		default:
			fmt.Fprintf(&b, "%%%s%s[%d]%s", part(1), width, n+1, verb)
		}
		n++
		rest = rest[at[1]:]
	}
	if n < len(args) && !strings.Contains(format, "[") {
		b.WriteString(strings.ReplaceAll(fmt.Sprintf(format[:0], args[n:]...), "%", "%%")) // EXTRA
	}
	return b.String(), all
}

// directive is one of fmt: flags, width, precision, which argument, verb.
var directive = regexp.MustCompile(`%([-+# 0]*)((\[\d+\])?\*|\d+)?(\.((?:\[\d+\])?\*|\d*))?(\[\d+\])?(\pL|%)`)

func hasTypeVerb(format string) bool {
	if !strings.Contains(format, "T") {
		return false
	}
	for _, m := range directive.FindAllStringSubmatch(format, -1) {
		if m[7] == "T" {
			return true
		}
	}
	return false
}

// star writes a width or a precision; one that is an argument says which.
func star(text string, n *int) string {
	before, ok := strings.CutSuffix(text, "*")
	if !ok {
		return text
	}
	index(before, n)
	*n++
	return fmt.Sprintf("[%d]*", *n)
}

// index reads [n], the number of the next argument from 1.
func index(text string, n *int) {
	if i, err := strconv.Atoi(strings.Trim(text, "[]")); err == nil {
		*n = i - 1
	}
}

// shownName is the name of the type of a value that was prepared to be shown.
func (t *typeTable) shownName(v any) string {
	switch x := v.(type) {
	case cellError:
		return typeName(x.t.Go)
	case cellErrors:
		return typeName(x.t.Go)
	case found:
		return reflectName(t, reflect.TypeOf(x.v))
	}
	return t.nameOf(v)
}
