package dataframe

// MergeOptions: the zero value is an inner join on the columns that both have.
type MergeOptions struct {
	How      string    // "inner" (default), "left", "right", "outer"
	On       []string  // key columns of both frames
	LeftOn   []string  // key columns of the left frame, with RightOn
	RightOn  []string  // key columns of the right frame
	Suffixes [2]string // for other columns that both have; "_x" and "_y" if empty
}

// Merge joins rows of equal keys by a hash join. Rows come in the order of the
// left frame (of the right one for "right"), those of equal keys in the order of
// the other; "outer" is sorted by the keys. Missing keys are equal to each other,
// as in pandas. Row labels are not kept.
func Merge(left, right DataFrame, options ...MergeOptions) DataFrame {
	l, r, o := open("Merge", left), open("Merge", right), option(options)
	o = o.complete(l, r)
	lkeys, rkeys := mergeKeys(l, r, o)
	lcodes, rcodes, n := matchKeys(lkeys, rkeys)
	var lrows, rrows []int
	switch o.How {
	case "inner", "left", "outer":
		lrows, rrows = joinRows(lcodes, rcodes, n, o.How != "inner")
	case "right":
		rrows, lrows = joinRows(rcodes, lcodes, n, true)
	default:
		fail("Merge", "How is %q; give \"inner\", \"left\", \"right\" or \"outer\"", o.How)
	}
	if o.How == "outer" {
		lrows, rrows = addUnmatched(lrows, rrows, lcodes, rcodes, n)
	}
	out := mergedTable(l, r, lkeys, rkeys, lrows, rrows, o)
	if o.How == "outer" {
		return SortBy(out.frame(), o.keyNames())
	}
	return out.frame()
}

func (o MergeOptions) complete(l, r table) MergeOptions {
	if o.How == "" {
		o.How = "inner"
	}
	if o.Suffixes == [2]string{} {
		o.Suffixes = [2]string{"_x", "_y"}
	}
	if len(o.On) > 0 {
		o.LeftOn, o.RightOn = o.On, o.On
	}
	if len(o.LeftOn) == 0 && len(o.RightOn) == 0 {
		theirs := map[string]bool{}
		for _, name := range r.names() {
			theirs[name] = true
		}
		for _, name := range l.names() {
			if theirs[name] {
				o.LeftOn = append(o.LeftOn, name)
			}
		}
		o.RightOn = o.LeftOn
	}
	if len(o.LeftOn) == 0 || len(o.LeftOn) != len(o.RightOn) {
		fail("Merge", "keys %q on the left and %q on the right; give On, or LeftOn and RightOn of the same length", o.LeftOn, o.RightOn)
	}
	return o
}

// keyNames are the keys' names in the result; a key of two names keeps the left.
func (o MergeOptions) keyNames() []string { return o.LeftOn }

// mergeKeys finds the key columns; an int key meets a float key as floats.
func mergeKeys(l, r table, o MergeOptions) (left, right []vector) {
	for i := range o.LeftOn {
		a, b := l.find("Merge", o.LeftOn[i]), r.find("Merge", o.RightOn[i])
		if a.kind() != b.kind() {
			if !isNumber(a.kind()) || !isNumber(b.kind()) {
				fail("Merge", "key %q is %s on the left and %s on the right; Cast one of them", o.LeftOn[i], a.kind(), b.kind())
			}
			a.vector, b.vector = toFloats(a.vector), toFloats(b.vector)
		}
		left, right = append(left, a.vector), append(right, b.vector)
	}
	return left, right
}

// matchKeys numbers the distinct keys of both frames together.
func matchKeys(left, right []vector) (lcodes, rcodes []int32, n int) {
	both := make([]vector, len(left))
	inParallel(len(left), left[0].size(), func(i int) { both[i] = mustStack("Merge", "key", []vector{left[i], right[i]}) })
	codes, firsts := factorize(both, true)
	return codes[:left[0].size()], codes[left[0].size():], len(firsts)
}

// joinRows pairs each row of a with the rows of b that have its key; a row of a
// without any is paired with -1, or left out.
func joinRows(a, b []int32, n int, keepAll bool) (arows, brows []int) {
	starts, members := rowsByCode(b, n)
	arows, brows = make([]int, 0, len(a)), make([]int, 0, len(a))
	for i, k := range a {
		matches := members[starts[k]:starts[k+1]]
		if len(matches) == 0 && keepAll {
			arows, brows = append(arows, i), append(brows, -1)
		}
		for _, j := range matches {
			arows, brows = append(arows, i), append(brows, int(j))
		}
	}
	return arows, brows
}

// rowsByCode lists the rows of code k as members[starts[k]:starts[k+1]].
func rowsByCode(codes []int32, n int) (starts, members []int32) {
	starts = make([]int32, n+2)
	for _, k := range codes {
		starts[k+2]++
	}
	for k := range n {
		starts[k+2] += starts[k+1]
	}
	members = make([]int32, len(codes))
	for i, k := range codes { // starts[k+1] runs to where code k+1 starts
		members[starts[k+1]] = int32(i)
		starts[k+1]++
	}
	return starts[:n+1], members
}

// addUnmatched appends the right rows whose key the left frame does not have.
func addUnmatched(lrows, rrows []int, lcodes, rcodes []int32, n int) ([]int, []int) {
	met := make([]bool, n)
	for _, k := range lcodes {
		met[k] = true
	}
	for j, k := range rcodes {
		if !met[k] {
			lrows, rrows = append(lrows, -1), append(rrows, j)
		}
	}
	return lrows, rrows
}

// mergedTable takes the rows: keys once if they have one name, then the other
// columns of the left and of the right frame.
func mergedTable(l, r table, lkeys, rkeys []vector, lrows, rrows []int, o MergeOptions) table {
	jobs := mergedColumns(l, r, o)
	out := table{rows: len(lrows), columns: make([]column, len(jobs))}
	inParallel(len(jobs), len(lrows), func(i int) {
		j := jobs[i]
		var v vector
		switch {
		case j.key >= 0:
			v = eitherKey(lkeys[j.key], rkeys[j.key], lrows, rrows)
		case j.right:
			v = realign(j.vector, rrows, len(rrows))
		default:
			v = realign(j.vector, lrows, len(lrows))
		}
		out.columns[i] = column{j.name, v}
	})
	return out
}

type mergedColumn struct {
	column
	key   int // which key, -1 = not a key of both
	right bool
}

func mergedColumns(l, r table, o MergeOptions) []mergedColumn {
	shared := map[string]int{}
	for i := range o.LeftOn {
		if o.LeftOn[i] == o.RightOn[i] {
			shared[o.LeftOn[i]] = i
		}
	}
	inLeft, inRight := map[string]bool{}, map[string]bool{}
	for _, c := range l.columns {
		inLeft[c.name] = true
	}
	for _, c := range r.columns {
		inRight[c.name] = true
	}
	var out []mergedColumn
	for _, c := range l.columns {
		key, ok := shared[c.name]
		if !ok {
			key = -1
		}
		if !ok && inRight[c.name] {
			c.name += o.Suffixes[0]
		}
		out = append(out, mergedColumn{c, key, false})
	}
	for _, c := range r.columns {
		if _, ok := shared[c.name]; ok {
			continue
		}
		if inLeft[c.name] {
			c.name += o.Suffixes[1]
		}
		out = append(out, mergedColumn{c, -1, true})
	}
	return out
}

// eitherKey takes a key from the left row, or from the right one if there is none.
func eitherKey(left, right vector, lrows, rrows []int) vector {
	rows := make([]int, len(lrows))
	fromRight := false
	for i := range rows {
		rows[i] = lrows[i]
		if lrows[i] < 0 {
			rows[i] = left.size() + rrows[i]
			fromRight = true
		}
	}
	if !fromRight {
		return left.take(rows)
	}
	return mustStack("Merge", "key", []vector{left, right}).take(rows)
}
