package experiment

import (
	"fmt"
	"html"
	"math"
	"strings"

	"reprise/nnlib/rng"
)

// bootstrapResamples and summaryLevel are what Summarize uses.
const (
	bootstrapResamples = 10000
	summaryLevel       = 0.95
)

// A Summary describes the scores of repeated runs.
type Summary struct {
	N                int
	Mean, SD, SEM    float64  // SD and SEM with divisor n-1
	MeanCI           Interval // Student's 95 % interval of the mean
	Median           float64
	MedianCI         Interval // bootstrap 95 % percentile interval of the median
	Min, Q1, Q3, Max float64
	Skew             float64
	ShapiroP         float64  // p of the Shapiro-Wilk test; NaN when it cannot be had
	Warnings         []string // where the interval of the mean makes no sense
}

// Summarize describes x. The bootstrap draws from the stream "experiment/summary"
// of the root with seed 1, so equal scores have equal summaries whatever was drawn before.
func Summarize(x []float64) Summary {
	wantAtLeast(1, "Summarize", x)
	m := momentsOf(x)
	s := sorted(x)
	q := func(p float64) float64 { return quantileSorted(s, p, "linear") }
	out := Summary{
		N: len(x), Mean: m.mean, SD: math.Sqrt(m.variance()), Median: q(0.5),
		Min: s[0], Q1: q(0.25), Q3: q(0.75), Max: s[len(s)-1], Skew: m.skew(), ShapiroP: math.NaN(),
		MeanCI: Interval{math.NaN(), math.NaN()}, MedianCI: Interval{math.NaN(), math.NaN()},
	}
	out.SEM = out.SD / math.Sqrt(m.n)
	if len(x) < 2 {
		return out
	}
	out.MeanCI = meanCI(m)
	stream := rng.Root(1).Stream("experiment", "summary")
	out.MedianCI = bootstrapMedian(x, summaryLevel, bootstrapResamples, stream)
	if len(x) >= 3 && len(x) <= 5000 && s[0] != s[len(s)-1] {
		out.ShapiroP = ShapiroWilk(x).P
	}
	out.Warnings = out.warnings()
	return out
}

// meanCI is Student's 95 % interval of the mean.
func meanCI(m moments) Interval {
	return around(m.mean, math.Sqrt(m.variance())/math.Sqrt(m.n), m.n-1)
}

func (s Summary) warnings() []string {
	var w []string
	if s.ShapiroP < 0.05 {
		w = append(w, fmt.Sprintf("the scores are not normally distributed (Shapiro-Wilk p = %s): prefer the median and its bootstrap interval", formatP(s.ShapiroP)))
	}
	if s.Min >= 0 && s.MeanCI.Low < 0 {
		w = append(w, "the interval of the mean goes below zero although no score does: it assumes a symmetric distribution that these scores do not have")
	}
	if s.N < 30 {
		w = append(w, fmt.Sprintf("%d repeats are few; 30 or more are usual", s.N))
	}
	return w
}

func (s Summary) rows() [][2]string {
	f := func(v float64) string { return fmt.Sprintf("%.6g", v) }
	return [][2]string{
		{"repeats", fmt.Sprint(s.N)},
		{"mean", f(s.Mean)}, {"standard deviation", f(s.SD)}, {"standard error", f(s.SEM)},
		{"95 % interval of the mean (t)", s.MeanCI.String()},
		{"median", f(s.Median)}, {"95 % interval of the median (bootstrap)", s.MedianCI.String()},
		{"minimum", f(s.Min)}, {"lower quartile", f(s.Q1)}, {"upper quartile", f(s.Q3)}, {"maximum", f(s.Max)},
		{"skewness", f(s.Skew)},
	}
}

// String shows the summary as aligned lines.
func (s Summary) String() string {
	var b strings.Builder
	for _, r := range s.rows() {
		fmt.Fprintf(&b, "%-40s %s\n", r[0], r[1])
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(&b, "note: %s\n", w)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// HTML shows the summary as a table.
func (s Summary) HTML() string {
	var b strings.Builder
	b.WriteString("<table><tbody>\n")
	for _, r := range s.rows() {
		fmt.Fprintf(&b, "<tr><th scope=\"row\" style=\"text-align:left\">%s</th><td style=\"text-align:right\">%s</td></tr>\n", html.EscapeString(r[0]), html.EscapeString(r[1]))
	}
	b.WriteString("</tbody></table>\n")
	for _, w := range s.Warnings {
		fmt.Fprintf(&b, "<p>Note: %s.</p>\n", html.EscapeString(w))
	}
	return b.String()
}
