package dataframe

// Assign sets a column, in its place if the name is there, else as the last. The
// values are a slice as for FromSlice, one value for all rows, or a frame of one
// column, whose rows are taken in order.
func Assign(df DataFrame, name string, values any) DataFrame {
	t := open("Assign", df)
	v := t.newColumn(name, values)
	columns := cloneColumns(t.columns)
	for i := range columns {
		if columns[i].name == name {
			columns[i].vector = v
			return t.with(columns).frame()
		}
	}
	if len(columns) == 0 && t.index == nil {
		t.rows = v.size()
	}
	return t.with(append(columns, column{name, v})).frame()
}

func (t table) newColumn(name string, values any) vector {
	v, err := vectorOf(values)
	if other, ok := values.(DataFrame); ok {
		o := open("Assign", other)
		if len(o.columns) != 1 {
			fail("Assign", "column %q: the frame has %d columns, want 1", name, len(o.columns))
		}
		v, err = o.columns[0].slice(0, o.rows), nil
	}
	if v == nil {
		if one := vectorFor(values, 1); one != nil {
			_, x, _ := fit(one, values)
			v, err = one.holes(t.rows).shift(t.rows, x), nil
		}
	}
	if err != nil {
		fail("Assign", "column %q: %w", name, err)
	}
	if v.size() != t.rows && (len(t.columns) > 0 || t.index != nil) {
		fail("Assign", "column %q has %d values, the frame has %d rows", name, v.size(), t.rows)
	}
	return v
}

// AssignFunc sets a column to what f makes of every row. A result of nil, or NaN,
// is missing.
func AssignFunc(df DataFrame, name string, f func(row Row) any) DataFrame {
	t := open("AssignFunc", df)
	out := make([]any, t.rows)
	for r := range out {
		out[r] = f(Row{"AssignFunc", &t, r})
	}
	return Assign(df, name, out)
}

// A Row is one row of a frame.
type Row struct {
	verb string
	t    *table
	row  int
}

// Number is the row's number, from 0.
func (r Row) Number() int { return r.row }

// Value is a cell: a float64, int, string, bool, or nil when missing.
func (r Row) Value(name string) any { return r.t.find(r.verb, name).value(r.row) }

// Float is a cell as a number, NaN when missing; text is refused.
func (r Row) Float(name string) float64 {
	c := r.t.find(r.verb, name)
	var x [1]float64
	if _, text := c.vector.(cells[string]); text {
		fail(r.verb, "column %q holds text, not numbers", name)
	}
	copyFloats(x[:], 1, c.vector, r.row, r.row+1)
	return x[0]
}

// Text is a cell as text, empty when missing.
func (r Row) Text(name string) string {
	value := r.Value(name)
	if value == nil {
		return ""
	}
	if text, ok := value.(string); ok {
		return text
	}
	return showValue(value)
}
