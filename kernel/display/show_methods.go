package display

import (
	"errors"
	"go/types"
	"reflect"
)

// Foreign is a value whose type only an engine knows: that of a type declared
// in a cell. The engine hands it over in its place.
type Foreign interface {
	// DisplayType is the type's name, as %T shows it.
	DisplayType() string
	// DisplayValue is the bare value.
	DisplayValue() any
	// DisplayMethod is the method of that name bound to the value, as a func; nil: there is none.
	DisplayMethod(name string) any
}

type (
	htmler     interface{ HTML() string }
	markdowner interface{ Markdown() string }
	latexer    interface{ LaTeX() string }
	svger      interface{ SVG() string }
	jsoner     interface{ JSON() any }
	pnger      interface{ PNG() []byte }
	jpeger     interface{ JPEG() []byte }
	bundler    interface{ MIMEBundle() map[string]any }
)

// Typed is a Foreign that knows its Go type, so that the parts of a value show
// under the names and by the methods that their cell gave them.
type Typed interface {
	Foreign
	// DisplayGoType is the value's type.
	DisplayGoType() types.Type
	// DisplayPart is a part of the value that has type t: a Foreign when t is
	// declared in a cell, else the part itself.
	DisplayPart(part any, t types.Type) any
}

// ownMethods are the methods by which a value shows itself, and what they make.
var ownMethods = []struct {
	name, mime string
	find       func(v any) any
}{
	{"HTML", HTML, func(v any) any { return bound(v, htmler.HTML) }},
	{"Markdown", Markdown, func(v any) any { return bound(v, markdowner.Markdown) }},
	{"LaTeX", LaTeX, func(v any) any { return bound(v, latexer.LaTeX) }},
	{"SVG", SVG, func(v any) any { return bound(v, svger.SVG) }},
	{"JSON", JSON, func(v any) any { return bound(v, jsoner.JSON) }},
	{"PNG", PNG, func(v any) any { return bound(v, pnger.PNG) }},
	{"JPEG", JPEG, func(v any) any { return bound(v, jpeger.JPEG) }},
}

// bound is the method of v as a func, if v has it. (Finding methods by name with
// reflect would keep the linker from leaving out any method of any type.)
func bound[I, R any](v any, method func(I) R) any {
	i, ok := v.(I)
	if !ok {
		return nil
	}
	return func() R { return method(i) }
}

// showMethods calls the methods by which v shows itself.
func showMethods(_ Options, v any) (Bundle, error) {
	if isNil(v) {
		return Bundle{}, errors.ErrUnsupported // a method would meet a nil receiver
	}
	b := Bundle{Data: map[string]any{}}
	for _, m := range ownMethods {
		if data, ok := call(method(v, m.name, m.find)); ok {
			if raw, isBytes := data.([]byte); isBytes {
				data = encode(m.mime, raw)
			}
			b.Data[m.mime] = data
		}
	}
	whole, _ := call(method(v, "MIMEBundle", func(v any) any {
		return bound(v, bundler.MIMEBundle)
	}))
	if data, ok := whole.(map[string]any); ok {
		for mime, d := range data {
			b.Data[mime] = Any(mime, d).Data[mime]
		}
	}
	if len(b.Data) == 0 {
		return Bundle{}, errors.ErrUnsupported
	}
	return b, nil
}

func method(v any, name string, find func(any) any) any {
	if f, ok := v.(Foreign); ok {
		return f.DisplayMethod(name)
	}
	return find(v)
}

// call calls a method that takes nothing and returns one of the things we can show.
func call(f any) (any, bool) {
	switch f := f.(type) {
	case func() string:
		return f(), true
	case func() []byte:
		return f(), true
	case func() map[string]any:
		return f(), true
	case func() any:
		return f(), true
	}
	return nil, false
}

func isNil(v any) bool {
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan, reflect.Interface:
		return rv.IsNil()
	}
	return false
}
