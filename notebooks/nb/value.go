package nb

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Value turns anything that encoding/json can write into a notebook's value. Numbers get
// the text that Python would give them, as in a notebook recorded by a Jupyter client.
func Value(v any) (any, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("nb: %w", err)
	}
	tree, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("nb: %w", err)
	}
	return pythonNumbers(tree), nil
}

func pythonNumbers(v any) any {
	switch v := v.(type) {
	case Number:
		return pythonNumber(v)
	case []any:
		for i := range v {
			v[i] = pythonNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = pythonNumbers(v[k])
		}
	}
	return v
}

// pythonNumber spells n as Python's repr: an integer as it is, a float with an exponent
// of at least two digits outside 1e-4 to 1e16, and with a point inside.
func pythonNumber(n Number) Number {
	if !strings.ContainsAny(string(n), ".eE") {
		return n
	}
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return n
	}
	exponent := strconv.FormatFloat(f, 'e', -1, 64)
	if _, e, _ := strings.Cut(exponent, "e"); e != "" {
		if x, _ := strconv.Atoi(e); x < -4 || x >= 16 {
			return Number(exponent)
		}
	}
	plain := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(plain, ".") {
		plain += ".0"
	}
	return Number(plain)
}
