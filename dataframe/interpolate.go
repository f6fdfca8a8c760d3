package dataframe

// InterpolateOptions: the zero value fills gaps of any length, and after the last
// value repeats it, as pandas does.
type InterpolateOptions struct {
	Limit  int  // fill at most this many rows of a gap; 0 = all
	Inside bool // leave the rows after the last value missing
}

// Interpolate fills missing values on a straight line between the values around
// them, by row number. What comes before the first value stays missing. Columns
// of text and bools are left alone.
func Interpolate(df DataFrame, options ...InterpolateOptions) DataFrame {
	t, o := open("Interpolate", df), option(options)
	return t.mapColumns(func(c column) vector {
		if !isNumber(c.kind()) {
			return c.slice(0, t.rows)
		}
		return interpolated(toFloats(c.vector), o)
	}).frame()
}

func interpolated(v cells[float64], o InterpolateOptions) vector {
	last := -1
	for i := range v {
		if v[i].missing() {
			continue
		}
		if last >= 0 {
			slope := (v[i].e - v[last].e) / float64(i-last)
			for k := last + 1; k < i && o.reaches(k-last); k++ {
				v[k] = floatCell(float64(slope*float64(k-last))+v[last].e, false)
			}
		}
		last = i
	}
	for k := last + 1; last >= 0 && !o.Inside && k < len(v) && o.reaches(k-last); k++ {
		v[k] = v[last]
	}
	return v
}

func (o InterpolateOptions) reaches(distance int) bool { return o.Limit == 0 || distance <= o.Limit }
