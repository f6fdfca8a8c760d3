package experiment

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// A Comparison says whether two variants differ, and how sure that is.
type Comparison struct {
	A, B         *Scores
	Paired       bool     // both were run with the same seeds
	Difference   float64  // mean of A minus mean of B
	DifferenceCI Interval // 95 %
	Tests        []Test
	D            float64 // effect size: Cohen's d, of the differences when paired
	G, A12       float64 // Hedges' g; chance that a score of A is above one of B
	Needed       int     // repeats that find this effect with power 0.8 at 0.05; 0 when there is no effect
}

// Compare compares two variants. When both were run by Repeat with the same
// seeds the comparison is paired: every run of A is set against the run of B that
// started from the same draws, which removes most of the noise. When one of the two has
// more runs under these seeds, those that the other lacks are left out.
func Compare(a, b *Scores) Comparison {
	wantAtLeast(2, "Compare", a.Values, b.Values)
	n := min(len(a.Values), len(b.Values))
	if samePrefix(a.Seeds, b.Seeds, n) {
		a, b = a.first(n), b.first(n)
	}
	c := Comparison{A: a, B: b, Paired: samePrefix(a.Seeds, b.Seeds, n)}
	x, y := momentsOf(a.Values), momentsOf(b.Values)
	c.Difference = x.mean - y.mean
	c.G, c.A12 = HedgesG(a.Values, b.Values), A12(a.Values, b.Values)
	if c.Paired {
		c.comparePaired()
	} else {
		c.compareUnpaired(x, y)
	}
	if n, err := Repeats(c.D, 0.8, 0.05, c.Paired); err == nil {
		c.Needed = n
	}
	return c
}

func (c *Comparison) comparePaired() {
	a, b := c.A.Values, c.B.Values
	d := momentsOf(differences(a, b))
	c.Tests = []Test{PairedTTest(a, b), Wilcoxon(a, b), WelchTest(a, b), MannWhitney(a, b)}
	c.D = pairedD(a, b)
	c.DifferenceCI = around(c.Difference, math.Sqrt(d.variance()/d.n), d.n-1)
}

func (c *Comparison) compareUnpaired(x, y moments) {
	a, b := c.A.Values, c.B.Values
	welch := WelchTest(a, b)
	c.Tests = []Test{welch, MannWhitney(a, b), KolmogorovSmirnov(a, b)}
	c.D = CohenD(a, b)
	c.DifferenceCI = around(c.Difference, math.Sqrt(x.variance()/x.n+y.variance()/y.n), welch.DF)
}

func around(mid, se, df float64) Interval {
	half := float64(tQuantile((1+summaryLevel)/2, df) * se)
	return Interval{mid - half, mid + half}
}

// samePrefix reports whether both were run with the same first n seeds.
func samePrefix(a, b []uint64, n int) bool {
	return len(a) >= n && len(b) >= n && slices.Equal(a[:n], b[:n])
}

// first are the first n runs.
func (s *Scores) first(n int) *Scores {
	if n == len(s.Values) {
		return s
	}
	t := &Scores{Name: s.Name, Values: s.Values[:n], Seeds: s.Seeds[:n]}
	if s.logs != nil {
		t.logs = s.logs[:n]
	}
	return t
}

// Sentence says the result in plain words. The two tests that lead the list, one
// that assumes normal scores and one that does not, must agree for a finding.
func (c Comparison) Sentence() string {
	a, b := c.A.title(), c.B.title()
	if a == b {
		a, b = "the first", "the second"
	}
	if c.DifferenceCI.Low == c.DifferenceCI.High || math.IsNaN(c.Tests[0].P) {
		return c.steady(a, b)
	}
	n := fmt.Sprintf("%d and %d runs", len(c.A.Values), len(c.B.Values))
	if c.Paired {
		n = fmt.Sprintf("%d paired runs", len(c.A.Values))
	}
	p, q := c.Tests[0].P, c.Tests[1].P
	switch {
	case p < 0.05 && q < 0.05:
		word := "lower"
		if c.Difference > 0 {
			word = "higher"
		}
		return fmt.Sprintf("%s scores %.4g %s than %s on average, and %s are enough to tell (p = %s and %s).", a, math.Abs(c.Difference), word, b, n, formatP(p), formatP(q))
	case p < 0.05 || q < 0.05:
		return fmt.Sprintf("The tests disagree on whether %s and %s differ (p = %s and %s from %s): repeat more often.", a, b, formatP(p), formatP(q), n)
	case c.Needed > 0:
		return fmt.Sprintf("%s cannot tell %s from %s (p = %s and %s); if the difference seen is real, about %d repeats of each would show it.", upperFirst(n), a, b, formatP(p), formatP(q), c.Needed)
	}
	return fmt.Sprintf("%s cannot tell %s from %s (p = %s and %s).", upperFirst(n), a, b, formatP(p), formatP(q))
}

// steady is the sentence when there is no chance in the differences, so that no test says anything.
func (c Comparison) steady(a, b string) string {
	runs := fmt.Sprintf("%d and %d runs", len(c.A.Values), len(c.B.Values))
	if c.Paired {
		runs = fmt.Sprintf("%d paired runs", len(c.A.Values))
	}
	if c.Difference == 0 {
		return fmt.Sprintf("%s and %s score exactly the same in %s.", upperFirst(a), b, runs)
	}
	return fmt.Sprintf("%s and %s differ by exactly %.4g in %s: nothing is left to chance, and no test is needed. If the scores themselves never change, the experiment does not use its seed.", upperFirst(a), b, math.Abs(c.Difference), runs)
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (c Comparison) lines() []string {
	lines := []string{
		fmt.Sprintf("difference of the means: %.4g, 95 %% interval %s", c.Difference, c.DifferenceCI),
		fmt.Sprintf("effect size: d = %.3g, Hedges' g = %.3g, A12 = %.3g", c.D, c.G, c.A12),
	}
	for _, t := range c.Tests {
		lines = append(lines, t.String())
	}
	return lines
}

// String shows the sentence and the numbers behind it.
func (c Comparison) String() string {
	return c.Sentence() + "\n" + strings.Join(c.lines(), "\n")
}

// HTML shows the sentence and the numbers behind it as a list.
func (c Comparison) HTML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<p>%s</p>\n<ul>\n", html.EscapeString(c.Sentence()))
	for _, l := range c.lines() {
		fmt.Fprintf(&b, "<li>%s</li>\n", html.EscapeString(l))
	}
	b.WriteString("</ul>\n")
	return b.String()
}
