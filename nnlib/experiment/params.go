package experiment

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Params are the hyper-parameters of one setting, by name: numbers, texts and truth values.
type Params map[string]any

// A Grid lists the values of each hyper-parameter; its settings are all combinations.
type Grid map[string][]any

// Float is a number. It panics when there is none of that name.
func (p Params) Float(name string) float64 {
	switch v := p.get(name).(type) {
	case float64:
		return v
	case int:
		return float64(v)
	}
	panic(fmt.Errorf("experiment: the hyper-parameter %s is %v, a %T, not a number", name, p[name], p[name]))
}

// Int is a whole number. It panics when there is none of that name.
func (p Params) Int(name string) int {
	switch v := p.get(name).(type) {
	case int:
		return v
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int(v)
		}
	}
	panic(fmt.Errorf("experiment: the hyper-parameter %s is %v, a %T, not a whole number", name, p[name], p[name]))
}

// Text is a text, such as the name of an activation. It panics when there is none of that name.
func (p Params) Text(name string) string {
	if v, ok := p.get(name).(string); ok {
		return v
	}
	panic(fmt.Errorf("experiment: the hyper-parameter %s is %v, a %T, not a text", name, p[name], p[name]))
}

// Bool is a truth value. It panics when there is none of that name.
func (p Params) Bool(name string) bool {
	if v, ok := p.get(name).(bool); ok {
		return v
	}
	panic(fmt.Errorf("experiment: the hyper-parameter %s is %v, a %T, not true or false", name, p[name], p[name]))
}

func (p Params) get(name string) any {
	v, ok := p[name]
	if !ok {
		panic(fmt.Errorf("experiment: there is no hyper-parameter %s, only %s", name, strings.Join(p.names(), ", ")))
	}
	return v
}

func (p Params) names() []string { return slices.Sorted(maps.Keys(p)) }

// String shows the setting, names sorted: `activation=relu rate=0.01`. It names the setting in results.
func (p Params) String() string {
	var words []string
	for _, name := range p.names() {
		words = append(words, name+"="+paramText(p[name]))
	}
	return strings.Join(words, " ")
}

// paramText shows a value so that no two values look alike, but 1 and 1.0.
func paramText(v any) string {
	switch v := v.(type) {
	case float64:
		return number(v)
	case string:
		_, err := strconv.ParseFloat(v, 64)
		if err == nil || v == "true" || v == "false" || v == "" || strings.ContainsAny(v, " =\"\\\n\t") {
			return strconv.Quote(v)
		}
		return v
	}
	return fmt.Sprint(v)
}

// checked returns p with its values as float64, int, string or bool.
func (p Params) checked() Params {
	q := Params{}
	for _, name := range p.names() {
		switch v := p[name].(type) {
		case float64, int, string, bool:
			q[name] = v
		case float32:
			q[name] = float64(v)
		default:
			panic(fmt.Errorf("experiment: the hyper-parameter %s is %v, a %T; it can be a float64, an int, a string or a bool", name, v, v))
		}
	}
	return q
}

// settings are the combinations, the last name's values changing fastest.
func (g Grid) settings() []Params {
	if len(g) == 0 {
		return nil
	}
	all := []Params{{}}
	for _, name := range slices.Sorted(maps.Keys(g)) {
		var next []Params
		for _, p := range all {
			for _, v := range g[name] {
				q := maps.Clone(p)
				q[name] = v
				next = append(next, q)
			}
		}
		all = next
	}
	return all
}
