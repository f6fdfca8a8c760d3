package dataframe

import "strconv"

// ConcatOptions: the zero value stacks rows and keeps every column.
type ConcatOptions struct {
	Axis        int      // 0 stacks rows, 1 sets columns side by side
	Join        string   // "outer" (default) keeps all labels, "inner" the common ones
	Keys        []string // one per frame, put before its column names as "key.name" (Axis 1)
	IgnoreIndex bool     // number the rows (Axis 0) or columns (Axis 1) again
}

// Concat puts frames together as pandas.concat does. Duplicate column names are
// kept. Frames side by side are aligned by their row labels, in the order in which
// the labels appear; frames without labels by their row numbers. What has no
// counterpart is missing, and a column of ints with such holes becomes floats.
func Concat(frames []DataFrame, options ...ConcatOptions) DataFrame {
	o := option(options)
	if len(frames) == 0 {
		fail("Concat", "no frames to put together")
	}
	if o.Join != "" && o.Join != "outer" && o.Join != "inner" {
		fail("Concat", "Join is %q; give \"outer\" or \"inner\"", o.Join)
	}
	if len(o.Keys) > 0 && len(o.Keys) != len(frames) {
		fail("Concat", "%d keys for %d frames", len(o.Keys), len(frames))
	}
	tables := make([]table, len(frames))
	for i, df := range frames {
		tables[i] = open("Concat", df)
	}
	if o.Axis == 1 {
		return concatColumns(tables, o).frame()
	}
	return concatRows(tables, o).frame()
}

// ConcatColumns sets frames side by side: Concat with Axis 1.
func ConcatColumns(frames ...DataFrame) DataFrame {
	return Concat(frames, ConcatOptions{Axis: 1})
}

func concatColumns(tables []table, o ConcatOptions) table {
	out, rows := align(tables, o.Join == "inner")
	type source struct {
		column
		rows []int
	}
	var sources []source
	for i, t := range tables {
		for _, c := range t.columns {
			if len(o.Keys) > 0 {
				c.name = o.Keys[i] + "." + c.name
			}
			if o.IgnoreIndex {
				c.name = strconv.Itoa(len(sources))
			}
			sources = append(sources, source{c, rows[i]})
		}
	}
	out.columns = make([]column, len(sources))
	inParallel(len(sources), out.rows, func(c int) {
		s := sources[c]
		out.columns[c] = column{s.name, realign(s.vector, s.rows, out.rows)}
	})
	return out
}
