package experiment

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
)

// Best is the setting with the best mean among those that reached the last rung.
func (t *Trials) Best() *Trial {
	last := 0
	for _, x := range t.Trials {
		last = max(last, x.Rung)
	}
	var best *Trial
	for _, x := range t.Trials {
		if x.Rung == last && (best == nil || t.compare(x, best) < 0) {
			best = x
		}
	}
	return best
}

// compare is negative when a is better than b.
func (t *Trials) compare(a, b *Trial) int {
	x, y := a.mean(), b.mean()
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return cmp.Compare(btoi(math.IsNaN(x)), btoi(math.IsNaN(y)))
	case t.Maximize:
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// mean is NaN when a score is not a finite number.
func (t *Trial) mean() float64 {
	for _, v := range t.Scores.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return math.NaN()
		}
	}
	return momentsOf(t.Scores.Values).mean
}

// Frame is a row for every setting: its hyper-parameters, the number of runs, mean,
// standard deviation and error, the 95 % interval of the mean, the median, the rung
// that it reached and whether it was given up.
func (t *Trials) Frame() dataframe.DataFrame {
	n := len(t.Trials)
	names, columns := t.paramColumns(n, func(row int) int { return row })
	counts, rungs, pruned := make([]int, n), make([]int, n), make([]bool, n)
	numbers := make([][]float64, 6)
	for i, x := range t.Trials {
		counts[i], rungs[i], pruned[i] = len(x.Scores.Values), x.Rung, x.Pruned
		for k, v := range x.numbers() {
			numbers[k] = append(numbers[k], v)
		}
	}
	names = append(names, "runs", "mean", "sd", "sem", "low", "high", "median", "rung", "pruned")
	columns = append(columns, counts, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], rungs, pruned)
	return frame(names, columns)
}

// numbers are mean, sd, sem, the ends of the interval of the mean, and the median. They are NaN
// where a score is not finite, and but mean and median where there is one run.
func (t *Trial) numbers() [6]float64 {
	nan := math.NaN()
	out := [6]float64{t.mean(), nan, nan, nan, nan, nan}
	if math.IsNaN(out[0]) {
		return out
	}
	out[5] = Median(t.Scores.Values)
	if m := momentsOf(t.Scores.Values); len(t.Scores.Values) > 1 {
		ci := meanCI(m)
		sd := math.Sqrt(m.variance())
		out[1], out[2], out[3], out[4] = sd, sd/math.Sqrt(m.n), ci.Low, ci.High
	}
	return out
}

// Runs is a row for every run of every setting: its hyper-parameters, the run's number and seed, and the score.
func (t *Trials) Runs() dataframe.DataFrame {
	var at, number []int
	var seeds []string
	var scores []float64
	for i, x := range t.Trials {
		for k, v := range x.Scores.Values {
			at, number, scores = append(at, i), append(number, k), append(scores, v)
			seeds = append(seeds, fmt.Sprint(x.Scores.Seeds[k])) // does not fit an int
		}
	}
	names, columns := t.paramColumns(len(at), func(row int) int { return at[row] })
	return frame(append(names, "run", "seed", "score"), append(columns, number, seeds, scores))
}

// frame has a column for each slice of ints, floats, truth values or text.
func frame(names []string, columns []any) dataframe.DataFrame {
	all := make([]series.Series, len(names))
	for i, values := range columns {
		kind := series.String
		switch values.(type) {
		case []int:
			kind = series.Int
		case []float64:
			kind = series.Float
		case []bool:
			kind = series.Bool
		}
		all[i] = series.New(values, kind, names[i])
	}
	return dataframe.New(all...)
}

// paramColumns are the hyper-parameters as columns: whole numbers, numbers, truth values, else text.
func (t *Trials) paramColumns(rows int, trial func(row int) int) (names []string, columns []any) {
	names = slices.Clone(t.Trials[0].Params.names())
	for _, name := range names {
		values := make([]any, rows)
		for i := range values {
			values[i] = t.Trials[trial(i)].Params[name]
		}
		columns = append(columns, typedColumn(values))
	}
	return names, columns
}

func typedColumn(values []any) any {
	if c, ok := columnOf[int](values); ok {
		return c
	}
	if c, ok := columnOf[bool](values); ok {
		return c
	}
	numbers := make([]float64, len(values))
	texts := make([]string, len(values))
	numeric := true
	for i, v := range values {
		switch v := v.(type) {
		case float64:
			numbers[i] = v
		case int:
			numbers[i] = float64(v)
		default:
			numeric = false
		}
		texts[i] = fmt.Sprint(v)
	}
	if numeric {
		return numbers
	}
	return texts
}

func columnOf[T any](values []any) ([]T, bool) {
	out := make([]T, len(values))
	for i, v := range values {
		x, ok := v.(T)
		if !ok {
			return nil, false
		}
		out[i] = x
	}
	return out, true
}

// Sentence names the best setting, and what choosing it from many has added to its look.
func (t *Trials) Sentence() string {
	b := t.Best()
	n := b.numbers()
	text := fmt.Sprintf("best of %d settings: %s, mean %.4g ± %.2g (standard error, %d runs)", len(t.Trials), b.Params, n[0], n[2], len(b.Scores.Values))
	switch {
	case math.IsNaN(n[0]):
		return fmt.Sprintf("each of the %d settings has runs whose score is not a finite number.", len(t.Trials))
	case math.IsNaN(n[2]):
		return fmt.Sprintf("best of %d settings: %s, with %.4g in its only run: one run does not tell settings apart, so repeat it.", len(t.Trials), b.Params, n[0])
	case len(t.Trials) == 1:
		return text + "."
	}
	return text + fmt.Sprintf(". Were all settings equally good, the best of %d means would still look about %.2g better than it is: repeat the chosen one with another seed before you report its score.",
		len(t.Trials), float64(n[2]*normalMax(len(t.Trials))))
}

// String shows the settings, best first, and the sentence.
func (t *Trials) String() string {
	var b strings.Builder
	for _, row := range t.table() {
		b.WriteString(strings.TrimRight(fmt.Sprintf("%-*s %6s %12s %12s  %s", t.width(), row[0], row[1], row[2], row[3], row[4]), " ") + "\n")
	}
	return b.String() + t.Sentence()
}

func (t *Trials) width() int {
	w := len("setting")
	for _, x := range t.Trials {
		w = max(w, len(x.Params.String()))
	}
	return w
}

// table are the rows of String and HTML.
func (t *Trials) table() [][5]string {
	rows := [][5]string{{"setting", "runs", "mean", "std. error", ""}}
	ranked := slices.Clone(t.Trials)
	slices.SortStableFunc(ranked, func(a, b *Trial) int {
		if a.Rung != b.Rung {
			return cmp.Compare(b.Rung, a.Rung)
		}
		return t.compare(a, b)
	})
	for _, x := range ranked {
		n, note := x.numbers(), ""
		if x.Pruned {
			note = fmt.Sprintf("given up after rung %d", x.Rung)
		}
		rows = append(rows, [5]string{x.Params.String(), fmt.Sprint(len(x.Scores.Values)), fmt.Sprintf("%.6g", n[0]), fmt.Sprintf("%.4g", n[2]), note})
	}
	return rows
}

// HTML shows the settings, best first, and the sentence.
func (t *Trials) HTML() string {
	var b strings.Builder
	b.WriteString("<table>")
	if t.Name != "" {
		fmt.Fprintf(&b, "<caption>%s</caption>", html.EscapeString(t.Name))
	}
	b.WriteString("\n<thead><tr><th scope=\"col\">setting</th><th scope=\"col\">runs</th><th scope=\"col\">mean</th><th scope=\"col\">standard error</th><th scope=\"col\">pruning</th></tr></thead>\n<tbody>\n")
	for _, row := range t.table()[1:] {
		fmt.Fprintf(&b, "<tr><th scope=\"row\" style=\"text-align:left\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n", html.EscapeString(row[0]), row[1], row[2], row[3], row[4])
	}
	fmt.Fprintf(&b, "</tbody></table>\n<p>%s</p>\n", html.EscapeString(t.Sentence()))
	return b.String()
}
