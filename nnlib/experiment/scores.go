package experiment

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Scores are the results of repeated runs of one experiment, in run order.
type Scores struct {
	Name   string
	Values []float64
	Seeds  []uint64 // of each run; nil for scores that were made elsewhere
	logs   [][]Log  // of each run
}

// Named wraps scores that were made elsewhere, such as a published list.
func Named(name string, values []float64) *Scores { return &Scores{Name: name, Values: values} }

// Summary describes the scores.
func (s *Scores) Summary() Summary { return Summarize(s.Values) }

// Curves are what every run logged under name, in run order, as CurveBand takes them.
func (s *Scores) Curves(name string) [][]float64 {
	if len(s.logs) == 0 {
		panic(fmt.Errorf("experiment: the runs of %s logged nothing; call run.Log(%q, values...) in every run", s.title(), name))
	}
	curves := make([][]float64, len(s.logs))
	for i, run := range s.logs {
		at := slices.IndexFunc(run, func(l Log) bool { return l.Name == name })
		if at < 0 {
			panic(fmt.Errorf("experiment: run %d of %s logged no %q; call run.Log(%q, values...) in every run", i, s.title(), name, name))
		}
		curves[i] = run[at].Values
	}
	return curves
}

// Metric are the runs' values of a metric that every run logged once, to be summarized
// and compared as the scores are.
func (s *Scores) Metric(name string) *Scores {
	m := &Scores{Name: s.title() + ", " + name, Seeds: s.Seeds}
	for i, c := range s.Curves(name) {
		if len(c) != 1 {
			panic(fmt.Errorf("experiment: run %d of %s logged %d values of %q, and a metric is one; Curves gives all", i, s.title(), len(c), name))
		}
		m.Values = append(m.Values, c[0])
	}
	return m
}

// ClosestToMean is the number of the run, from 0, whose score is nearest to the
// mean. It is for showing a typical run, not for tuning: scores are skewed, and
// one seed says nothing about the next.
func (s *Scores) ClosestToMean() int { return s.closest(momentsOf(s.Values).mean) }

// ClosestToMedian is the number of the run, from 0, whose score is nearest to the median.
func (s *Scores) ClosestToMedian() int { return s.closest(Median(s.Values)) }

func (s *Scores) closest(to float64) int {
	best := 0
	for i, v := range s.Values {
		if math.Abs(v-to) < math.Abs(s.Values[best]-to) {
			best = i
		}
	}
	return best
}

// Of more runs than mostShown, the first and the last few are shown, as pandas does.
const (
	mostShown = 60
	endsShown = 5
)

// shown calls f for the runs to show, in order, and with -1 where others are left out.
func (s *Scores) shown(f func(i int)) {
	for i := 0; i < len(s.Values); i++ {
		if i == endsShown && len(s.Values) > mostShown {
			f(-1)
			i = len(s.Values) - endsShown
		}
		f(i)
	}
}

// String shows one run a line; of many, the first and the last ones.
func (s *Scores) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d runs", s.title(), len(s.Values))
	s.shown(func(i int) {
		if i < 0 {
			b.WriteString("\n...")
			return
		}
		fmt.Fprintf(&b, "\n%3d  %s", i, number(s.Values[i]))
		if s.Seeds != nil {
			fmt.Fprintf(&b, "  seed %d", s.Seeds[i])
		}
	})
	return b.String()
}

// HTML shows the runs as a table, all digits of every score given; of many runs, the first and the last ones.
func (s *Scores) HTML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<table><caption>%s: %d runs</caption>\n<thead><tr><th scope=\"col\">run</th><th scope=\"col\">score</th>", html.EscapeString(s.title()), len(s.Values))
	columns := 1
	if s.Seeds != nil {
		columns = 2
		b.WriteString("<th scope=\"col\">seed</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	s.shown(func(i int) {
		if i < 0 {
			fmt.Fprintf(&b, "<tr><th scope=\"row\">…</th>%s</tr>\n", strings.Repeat("<td>…</td>", columns))
			return
		}
		fmt.Fprintf(&b, "<tr><th scope=\"row\">%d</th><td>%s</td>", i, number(s.Values[i]))
		if s.Seeds != nil {
			fmt.Fprintf(&b, "<td>%d</td>", s.Seeds[i])
		}
		b.WriteString("</tr>\n")
	})
	b.WriteString("</tbody></table>\n")
	return b.String()
}

func (s *Scores) title() string {
	if s.Name == "" {
		return "scores"
	}
	return s.Name
}

// number shows every digit that the value has, so that equal text means equal bits.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
