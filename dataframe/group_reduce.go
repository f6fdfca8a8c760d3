package dataframe

import (
	"math"
)

// forAnyType is true for statistics that text and bools have too.
func forAnyType(statistic string) bool {
	switch statistic {
	case "count", "size", "nunique", "first", "last", "min", "max":
		return true
	}
	return false
}

// reduce makes a statistic of each group.
func (g *Groups) reduce(v vector, statistic string) vector {
	switch statistic {
	case "first", "last", "min", "max":
		return g.chosen(v, statistic)
	case "count", "size":
		return g.count(v, statistic == "size")
	case "nunique":
		return g.distinct(v)
	}
	if ints, ok := v.(cells[int]); ok && (statistic == "sum" || statistic == "prod") {
		return g.reduceInts(ints, statistic == "prod")
	}
	f, ok := v.(cells[float64])
	if !ok {
		f = toFloats(v)
	}
	switch statistic {
	case "sum", "mean":
		return g.sums(f, statistic == "mean")
	case "var", "std":
		return g.variances(f, statistic == "std")
	}
	return g.reduceEach(f, findReducer("Agg", statistic).f)
}

// sums adds with Kahan's compensation, as pandas' group_sum and group_mean do.
func (g *Groups) sums(v cells[float64], mean bool) vector {
	type total struct {
		sum, lost float64
		n         int
	}
	totals := make([]total, g.n)
	for i, c := range v {
		k := g.code[i]
		if k < 0 || c.missing() {
			continue
		}
		t := &totals[k]
		t.n++
		y := c.e - t.lost
		sum := t.sum + y
		t.lost = sum - t.sum - y
		if t.lost != t.lost { // infinities
			t.lost = 0
		}
		t.sum = sum
	}
	out := make(cells[float64], g.n)
	for k, t := range totals {
		out[k] = floatCell(t.sum, false)
		if mean {
			out[k] = floatCell(t.sum/float64(t.n), t.n == 0)
		}
	}
	return out
}

// variances are Welford's, in the order of the rows, as pandas' group_var.
func (g *Groups) variances(v cells[float64], std bool) vector {
	type spread struct{ n, mean, squares float64 }
	groups := make([]spread, g.n)
	for i, c := range v {
		k := g.code[i]
		if k < 0 || c.missing() {
			continue
		}
		s := &groups[k]
		s.n++
		before := s.mean
		s.mean += (c.e - before) / s.n
		s.squares += float64((c.e - s.mean) * (c.e - before))
	}
	out := make(cells[float64], g.n)
	for k, s := range groups {
		x := s.squares / (s.n - 1)
		if std {
			x = math.Sqrt(x)
		}
		out[k] = floatCell(x, s.n < 2)
	}
	return out
}

func (g *Groups) reduceInts(v cells[int], multiply bool) vector {
	out := make(cells[int], g.n)
	if multiply {
		for k := range out {
			out[k].e = 1
		}
	}
	for i, c := range v {
		switch k := g.code[i]; {
		case k < 0 || c.nan:
		case multiply:
			out[k].e *= c.e
		default:
			out[k].e += c.e
		}
	}
	return out
}

func (g *Groups) count(v vector, missingToo bool) vector {
	out := make(cells[int], g.n)
	for i, k := range g.code {
		if k >= 0 && (missingToo || !v.missing(i)) {
			out[k].e++
		}
	}
	return out
}

func (g *Groups) distinct(v vector) vector {
	codes, _ := factorizeOne(v, false)
	_, firsts := combineCodes(g.code, codes, len(codes)+1)
	out := make(cells[int], g.n)
	for _, r := range firsts {
		out[g.code[r]].e++
	}
	return out
}

// chosen takes one row's value of each group: no number is converted.
func (g *Groups) chosen(v vector, which string) vector {
	rows := make([]int, g.n)
	for k := range rows {
		rows[k] = -1
	}
	for i, k := range g.code {
		if k >= 0 && !v.missing(i) && (rows[k] < 0 || better(v, i, rows[k], which)) {
			rows[k] = i
		}
	}
	return realign(v, rows, g.n)
}

func better(v vector, row, than int, which string) bool {
	switch which {
	case "first":
		return false
	case "last":
		return true
	case "max":
		return before(v, than, row)
	}
	return before(v, row, than)
}

// before compares two values that are there.
func before(v vector, a, b int) bool {
	switch v := v.(type) {
	case cells[float64]:
		return v[a].e < v[b].e
	case cells[int]:
		return v[a].e < v[b].e
	case cells[string]:
		return v[a].e < v[b].e
	case cells[bool]:
		return !v[a].e && v[b].e
	}
	return false
}

// reduceEach gathers every group and gives it to a reducer.
func (g *Groups) reduceEach(v cells[float64], f func(cells[float64]) float64) vector {
	starts, rows := g.members()
	out := make(cells[float64], g.n)
	for k := range out {
		group := make(cells[float64], 0, starts[k+1]-starts[k])
		for _, r := range rows[starts[k]:starts[k+1]] {
			group = append(group, v[r])
		}
		out[k] = floatCell(f(group), false)
	}
	return out
}
