package dataframe

// MeltOptions: the zero value melts every column.
type MeltOptions struct {
	ID        []string // columns that stay, repeated for each melted one
	Values    []string // columns that melt; all others if empty
	VarName   string   // "variable" if empty
	ValueName string   // "value" if empty
}

// Melt makes a long frame of a wide one: for each melted column its name, its
// values and the ID columns again, one column after the other.
func Melt(df DataFrame, options ...MeltOptions) DataFrame {
	t, o := open("Melt", df), option(options)
	ids := map[int]bool{}
	var id, melted []int
	if len(o.ID) > 0 {
		id = t.positions("Melt", o.ID)
	}
	for _, c := range id {
		ids[c] = true
	}
	for _, c := range t.positions("Melt", o.Values) {
		if !ids[c] {
			melted = append(melted, c)
		}
	}
	out := table{rows: t.rows * len(melted)}
	for _, c := range id {
		parts := make([]vector, len(melted))
		for i := range parts {
			parts[i] = t.columns[c].vector
		}
		out.columns = append(out.columns, column{t.columns[c].name, mustStack("Melt", t.columns[c].name, parts)})
	}
	names, parts := make(cells[string], 0, out.rows), make([]vector, len(melted))
	for i, c := range melted {
		parts[i] = t.columns[c].vector
		for range t.rows {
			names = append(names, cell[string]{e: t.columns[c].name})
		}
	}
	value := or(o.ValueName, "value")
	out.columns = append(out.columns, column{or(o.VarName, "variable"), names}, column{value, mustStack("Melt", value, parts)})
	return out.frame()
}

func mustStack(verb, name string, parts []vector) vector {
	v, err := stack(parts)
	if err != nil {
		fail(verb, "column %q: %w", name, err)
	}
	return v
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
