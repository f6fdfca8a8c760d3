package dataframe

// Rename gives columns other names: pairs of the old name and the new one. All
// columns of the old name are renamed; the row labels' name can be changed too.
func Rename(df DataFrame, oldNew ...string) DataFrame {
	t := open("Rename", df)
	if len(oldNew)%2 != 0 {
		fail("Rename", "%d names; give pairs of an old and a new name", len(oldNew))
	}
	columns := cloneColumns(t.columns)
	for i := 0; i < len(oldNew); i += 2 {
		found := t.index != nil && t.label == oldNew[i] && oldNew[i] != ""
		if found {
			t.label = oldNew[i+1]
		}
		for c := range t.columns {
			if t.columns[c].name == oldNew[i] {
				columns[c].name, found = oldNew[i+1], true
			}
		}
		if !found {
			fail("Rename", "%w", unknownColumn(oldNew[i], t.names()))
		}
	}
	return t.with(columns).frame()
}

// SetColumns names all columns anew, the row labels left aside: df.columns = names.
func SetColumns(df DataFrame, names ...string) DataFrame {
	t := open("SetColumns", df)
	if len(names) != len(t.columns) {
		fail("SetColumns", "%d names for %d columns", len(names), len(t.columns))
	}
	columns := cloneColumns(t.columns)
	for c := range columns {
		columns[c].name = names[c]
	}
	return t.with(columns).frame()
}

// Columns are the names of the columns, the row labels left aside.
func Columns(df DataFrame) []string { return open("Columns", df).names() }

// DTypes are pandas' names of the columns' types: float64, int64, bool, object.
func DTypes(df DataFrame) []string {
	t := open("DTypes", df)
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = dtype(c.kind())
	}
	return out
}
