package dataframe

import "math"

// A Scaler maps columns to another range and back. Fit it on the training rows
// only: rows that come later are mapped by the same numbers.
type Scaler struct {
	names      []string
	multiplier []float64 // scaled = value*multiplier + offset (MinMax), or
	offset     []float64 // scaled = (value - offset) / multiplier (Standard)
	standard   bool
}

// FitMinMax maps each column's range in df to low ... high: MinMaxScaler. It takes
// the named columns, all if none is named. Other values are not cut off.
func FitMinMax(df DataFrame, low, high float64, names ...string) *Scaler {
	if !(low < high) {
		fail("FitMinMax", "the range %v to %v is empty", low, high)
	}
	return fitScaler("FitMinMax", df, names, func(v cells[float64]) (multiplier, offset float64) {
		least, most := extremes(v)
		width := most - least
		if width == 0 {
			width = 1
		}
		multiplier = (high - low) / width
		return multiplier, low - float64(least*multiplier)
	})
}

// FitStandard maps each column to mean 0 and standard deviation 1 (divided by n,
// as StandardScaler does); a constant column becomes 0.
func FitStandard(df DataFrame, names ...string) *Scaler {
	s := fitScaler("FitStandard", df, names, func(v cells[float64]) (multiplier, offset float64) {
		m := momentsOf(v)
		deviation := math.Sqrt(m.variance(0))
		if deviation == 0 {
			deviation = 1
		}
		return deviation, m.mean
	})
	s.standard = true
	return s
}

func fitScaler(verb string, df DataFrame, names []string, fit func(cells[float64]) (float64, float64)) *Scaler {
	t, s := open(verb, df), &Scaler{}
	for _, i := range t.positions(verb, names) {
		v := numbers(verb, t.columns[i])
		multiplier, offset := fit(v)
		if momentsOf(v).count == 0 {
			fail(verb, "column %q has no values to fit", t.columns[i].name)
		}
		s.names = append(s.names, t.columns[i].name)
		s.multiplier, s.offset = append(s.multiplier, multiplier), append(s.offset, offset)
	}
	return s
}

// Transform scales the columns that were fitted; others are left alone.
func (s *Scaler) Transform(df DataFrame) DataFrame { return s.apply("Transform", df, s.scaled) }

// Inverse undoes Transform.
func (s *Scaler) Inverse(df DataFrame) DataFrame { return s.apply("Inverse", df, s.unscaled) }

// InverseValues undoes Transform for numbers of one column, predictions say.
func (s *Scaler) InverseValues(name string, values []float64) []float64 {
	for i := range s.names {
		if s.names[i] == name {
			out := make([]float64, len(values))
			for k, x := range values {
				out[k] = s.unscaled(i, x)
			}
			return out
		}
	}
	fail("InverseValues", "%w", unknownColumn(name, s.names))
	return nil
}

func (s *Scaler) scaled(i int, x float64) float64 {
	if s.standard {
		return (x - s.offset[i]) / s.multiplier[i]
	}
	return float64(x*s.multiplier[i]) + s.offset[i]
}

func (s *Scaler) unscaled(i int, x float64) float64 {
	if s.standard {
		return float64(x*s.multiplier[i]) + s.offset[i]
	}
	return (x - s.offset[i]) / s.multiplier[i]
}

func (s *Scaler) apply(verb string, df DataFrame, f func(i int, x float64) float64) DataFrame {
	t := open(verb, df)
	columns, used := cloneColumns(t.columns), map[int]bool{}
	for i, name := range s.names {
		at := nextOf(t, name, used)
		if at < 0 {
			fail(verb, "%w", unknownColumn(name, t.names()))
		}
		used[at] = true
		out := append(cells[float64]{}, numbers(verb, t.columns[at])...)
		for r, c := range out {
			out[r] = floatCell(f(i, c.e), c.missing())
		}
		columns[at].vector = out
	}
	return t.with(columns).frame()
}

// nextOf is the first column of a name that was not used: names may repeat.
func nextOf(t table, name string, used map[int]bool) int {
	for c := range t.columns {
		if t.columns[c].name == name && !used[c] {
			return c
		}
	}
	return -1
}
