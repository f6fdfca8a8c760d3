package nnlib

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// A tensorHistory says which output of which call of which layer a tensor is.
type tensorHistory struct {
	layer        string
	call, output int
}

// UnmarshalJSON reads ["dense", 0, 0].
func (h *tensorHistory) UnmarshalJSON(text []byte) error {
	var parts []any
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	if len(parts) < 3 {
		return errors.New("a tensor without its history")
	}
	name, ok1 := parts[0].(string)
	call, ok2 := parts[1].(float64)
	output, ok3 := parts[2].(float64)
	if !ok1 || !ok2 || !ok3 {
		return errors.New("a tensor without its history")
	}
	h.layer, h.call, h.output = name, int(call), int(output)
	return nil
}

// A parsedCall is the tensors that a layer is called with.
type parsedCall struct{ from []tensorHistory }

// parseCalls reads a layer's inbound_nodes.
func (l *kerasLayer) parseCalls(g *kerasGraph) error {
	causal := 0
	for _, c := range l.Inbound {
		call, err := g.call(l, c)
		if err != nil {
			return fmt.Errorf("layer %s: %w", l.Name, err)
		}
		l.calls = append(l.calls, call)
		if string(c.Kwargs["use_causal_mask"]) == "true" {
			causal++
		}
		g.nodes[l.Name] = append(g.nodes[l.Name], -1)
	}
	if causal > 0 && causal < len(l.Inbound) {
		return fmt.Errorf("layer %s: some of its calls have use_causal_mask=True and some do not, which is a setting of the layer here; give each its own layer", l.Name)
	}
	return nil
}

// call reads one call. Positions come first, then attention's names.
func (g *kerasGraph) call(l *kerasLayer, c kerasCall) (call parsedCall, err error) {
	for _, arg := range c.Args {
		tensors, err := tensorsOf(arg)
		if err != nil {
			return call, err
		}
		call.from = append(call.from, tensors...)
	}
	for _, name := range []string{"inputs", "sequence", "query", "value", "key"} {
		if raw, ok := c.Kwargs[name]; ok && !isNull(raw) {
			tensors, err := tensorsOf(raw)
			if err != nil {
				return call, err
			}
			call.from = append(call.from, tensors...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Kwargs)) {
		raw := c.Kwargs[name]
		if err := g.keyword(l, name, raw); err != nil {
			return call, fmt.Errorf("%s=%.60s: %w", name, raw, err)
		}
	}
	return call, nil
}

// keyword looks at one named argument.
func (g *kerasGraph) keyword(l *kerasLayer, name string, raw json.RawMessage) error {
	if isNull(raw) || string(raw) == "false" || slices.Contains([]string{"inputs", "sequence", "query", "value", "key"}, name) {
		return nil
	}
	switch name {
	case "use_causal_mask":
		ours := "use_causal_mask"
		if l.Class == "MultiHeadAttention" {
			ours = "causal"
		}
		g.saved.Layers[len(g.saved.Layers)-1].Config[ours] = raw
		return nil
	case "mask", "query_mask", "value_mask", "key_mask":
		tensors, err := tensorsOf(raw)
		data := func(h tensorHistory) bool { return g.masks[h.layer] == "" }
		if err == nil && len(tensors) > 0 && !slices.ContainsFunc(tensors, data) {
			return nil // it is carried along here
		}
	}
	return errors.New("this argument of the call is not known here")
}

// tensorsOf collects the tensors of an argument: one, or a list of them.
func tensorsOf(raw json.RawMessage) ([]tensorHistory, error) {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		var all []tensorHistory
		for _, r := range list {
			if isNull(r) { // of a list of masks
				continue
			}
			tensors, err := tensorsOf(r)
			if err != nil {
				return nil, err
			}
			all = append(all, tensors...)
		}
		return all, nil
	}
	var t struct {
		Class  string `json:"class_name"`
		Config struct {
			History tensorHistory `json:"keras_history"`
		} `json:"config"`
	}
	if err := json.Unmarshal(raw, &t); err != nil || t.Class != tensorClass {
		return nil, fmt.Errorf("an argument that is no tensor: %.80s", raw)
	}
	return []tensorHistory{t.Config.History}, nil
}
