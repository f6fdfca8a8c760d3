package dataframe

import "math"

// EWMOptions: one of Alpha, Span and Com must be given.
type EWMOptions struct {
	Alpha      float64 // weight of the newest value, 0 < Alpha <= 1
	Span       float64 // Alpha = 2 / (Span + 1), Span >= 1
	Com        float64 // Alpha = 1 / (1 + Com), Com >= 0
	MinPeriods int     // values needed for a result
	Recursive  bool    // pandas' adjust=False: y = (1-Alpha) y + Alpha x
	IgnoreNaN  bool    // missing rows do not make the older ones lighter
}

// An Exponential is a window in which older rows weigh less and less.
type Exponential struct {
	table
	o EWMOptions
}

// EWM weighs the rows so far exponentially: df.ewm(...).
func EWM(df DataFrame, o EWMOptions) *Exponential {
	given := 0
	for _, x := range []float64{o.Alpha, o.Span, o.Com} {
		if x != 0 {
			given++
		}
	}
	if given != 1 {
		fail("EWM", "give one of Alpha, Span and Com; have Alpha %v, Span %v, Com %v", o.Alpha, o.Span, o.Com)
	}
	switch {
	case o.Span != 0:
		o.Alpha = 2 / (o.Span + 1)
	case o.Com != 0:
		o.Alpha = 1 / (1 + o.Com)
	}
	if !(o.Alpha > 0 && o.Alpha <= 1) || o.Span != 0 && o.Span < 1 {
		fail("EWM", "Alpha is %v; it must be above 0 and at most 1 (Span at least 1, Com at least 0)", o.Alpha)
	}
	o.MinPeriods = max(o.MinPeriods, 1)
	return &Exponential{open("EWM", df), o}
}

// Mean is the weighted mean of the rows so far.
func (e *Exponential) Mean() DataFrame { return e.each("Mean", e.mean) }

// Var is the weighted variance of the rows so far, freed of bias.
func (e *Exponential) Var() DataFrame { return e.each("Var", e.variance) }

// Std is the square root of Var.
func (e *Exponential) Std() DataFrame {
	return e.each("Std", func(x []float64) []float64 {
		out := e.variance(x)
		for i := range out {
			out[i] = math.Sqrt(out[i])
		}
		return out
	})
}

func (e *Exponential) each(verb string, f func([]float64) []float64) DataFrame {
	return (&Window{table: e.table}).roll(verb, f)
}

// weights are what a value of weight 1 and the newest value weigh.
func (e *Exponential) weights() (fade, newest float64) {
	if e.o.Recursive {
		return 1 - e.o.Alpha, e.o.Alpha
	}
	return 1 - e.o.Alpha, 1
}

// mean and variance follow the order of operations of pandas' ewm and ewmcov.
func (e *Exponential) mean(x []float64) []float64 {
	fade, newest := e.weights()
	out := make([]float64, len(x))
	mean, old, n := math.NaN(), 1.0, 0
	for i, cur := range x {
		there := cur == cur
		if there {
			n++
		}
		switch {
		case mean != mean:
			mean = cur
		case there || !e.o.IgnoreNaN:
			old = float64(old * fade)
			if !there {
				break
			}
			if mean != cur {
				mean = (float64(old*mean) + float64(newest*cur)) / (old + newest)
			}
			old = e.after(old, newest)
		}
		out[i] = e.enough(n, mean)
	}
	return out
}

func (e *Exponential) after(old, newest float64) float64 {
	if e.o.Recursive {
		return 1
	}
	return old + newest
}

func (e *Exponential) enough(n int, x float64) float64 {
	if n < e.o.MinPeriods {
		return math.NaN()
	}
	return x
}

func (e *Exponential) variance(x []float64) []float64 {
	fade, newest := e.weights()
	out := make([]float64, len(x))
	mean, cov, old, n := math.NaN(), 0.0, 1.0, 0
	sum, sum2 := 1.0, 1.0 // of the weights and of their squares
	for i, cur := range x {
		there := cur == cur
		if there {
			n++
		}
		switch {
		case mean != mean:
			mean = cur
		case there || !e.o.IgnoreNaN:
			sum = float64(sum * fade)
			sum2 = float64(sum2 * float64(fade*fade))
			old = float64(old * fade)
			if !there {
				break
			}
			before := mean
			if mean != cur {
				mean = (float64(old*before) + float64(newest*cur)) / (old + newest)
			}
			spread := cov + float64((before-mean)*(before-mean))
			cov = (float64(old*spread) + float64(newest*((cur-mean)*(cur-mean)))) / (old + newest)
			sum += newest
			sum2 += float64(newest * newest)
			old += newest
			if e.o.Recursive {
				sum /= old
				sum2 /= old * old
				old = 1
			}
		}
		out[i] = e.enough(n, unbiased(sum, sum2, cov))
	}
	return out
}

func unbiased(sum, sum2, cov float64) float64 {
	numerator := float64(sum * sum)
	if denominator := numerator - sum2; denominator > 0 {
		return numerator / denominator * cov
	}
	return math.NaN()
}
