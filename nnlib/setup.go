package nnlib

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"reprise/nnlib/exact"
	"reprise/nnlib/trace"
)

// setup returns what writes down, later, what this training was asked for.
func (t *training) setup() func() map[string]string {
	m := t.Model
	f, seed, world := t.Fit, m.tree.Seed(), m.world
	optimizer, clip, samples, validation := configOf(m.optimizer), m.clip, t.x.samples(), 0
	if t.validation.x != nil {
		validation = t.validation.x.samples()
	}
	losses := m.losses
	layers := make([]placed, 0, len(m.nodes))
	for _, n := range m.nodes {
		if n.layer != nil {
			layers = append(layers, placed{n.name, n.layer, n.shape})
		}
	}
	return func() map[string]string {
		s := map[string]string{
			"seed": fmt.Sprint(seed), "backend": worldName(world),
			"optimizer": words(optimizer), "samples": fmt.Sprint(samples),
			"epochs": fmt.Sprint(f.Epochs - f.InitialEpoch), "batch_size": fmt.Sprint(f.BatchSize),
		}
		for i, l := range losses {
			s[numbered("loss", i, len(losses))] = words(l)
		}
		for _, l := range layers {
			s[trace.LayerSetting+l.name] = fmt.Sprintf("%s -> %v", words(l.layer), l.shape)
		}
		note := func(name string, given bool, value any) {
			if given {
				s[name] = fmt.Sprint(value)
			}
		}
		note("shuffle", f.NoShuffle, false)
		note("validation samples", validation > 0, validation)
		note("clipnorm", clip.norm > 0, clip.norm)
		note("clipvalue", clip.value > 0, clip.value)
		note("global_clipnorm", clip.global > 0, clip.global)
		return s
	}
}

type placed struct {
	name  string
	layer Layer
	shape Shape
}

func numbered(name string, i, of int) string {
	if of < 2 {
		return name
	}
	return fmt.Sprintf("%s %d", name, i+1)
}

// worldName is the backend's name: nativeWorld is Native.
func worldName(w world) string {
	name := strings.TrimSuffix(reflect.Indirect(reflect.ValueOf(w)).Type().Name(), "World")
	return strings.ToUpper(name[:1]) + name[1:]
}

// configOf copies an optimizer's configuration as it is now, without what it has learnt.
func configOf(o Optimizer) any {
	v := reflect.ValueOf(o)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return o
	}
	c := reflect.New(v.Elem().Type())
	c.Elem().Set(v.Elem())
	if s, ok := c.Interface().(interface{ forget() }); ok {
		s.forget()
	}
	return c.Interface()
}

// words writes a configuration, without what is zero: "Adam learning_rate=0.01".
func words(x any) string {
	v := reflect.Indirect(reflect.ValueOf(x))
	if v.Kind() != reflect.Struct {
		return strings.TrimPrefix(fmt.Sprintf("%T", x), "*")
	}
	text := typeName(x)
	if reflect.TypeOf(bare(x)) != reflect.TypeOf(x) {
		return text // an interpreter's
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.IsExported() && !v.Field(i).IsZero() && f.Name != "Name" {
			text += " " + snake(f.Name) + "=" + word(v.Field(i))
		}
	}
	return text
}

// word writes one setting.
func word(v reflect.Value) string {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		return "(" + words(v.Interface()) + ")"
	case reflect.Func, reflect.Chan, reflect.Map, reflect.UnsafePointer:
		return v.Kind().String() // what it does cannot be told, and its address is another one in each run
	case reflect.Slice, reflect.Array:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, word(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return fmt.Sprint(v.Interface())
}

// hashData hashes all that the training learns from.
func (t *training) hashData() (hash uint64) {
	for _, x := range t.x {
		hash = exact.Fold(hash, exact.Hash32(x.Data))
	}
	for _, y := range t.y {
		hash = exact.Fold(hash, exact.Hash32(y.Data))
	}
	for _, w := range t.weights {
		hash = exact.Fold(hash, math.Float64bits(w))
	}
	return hash
}
