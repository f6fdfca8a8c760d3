package dataframe

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ResampleOptions: the zero value averages.
type ResampleOptions struct {
	Agg string // statistic, "mean" if empty
}

// Resample summarises the number columns over spans of time: "30S", "15min", "H",
// "D", "W" (to Sunday), "M" (to its last day), "MS" (from its first), "Q", "Y". The
// named column holds times as text; it becomes the first column, one row per span,
// empty spans included. Spans up to a day are named by their start, longer ones by
// their last day, as in pandas.
func Resample(df DataFrame, timeColumn, rule string, options ...ResampleOptions) DataFrame {
	t, agg := open("Resample", df), or(option(options).Agg, "mean")
	findReducer("Resample", agg)
	s, err := parseSpan(rule)
	if err != nil {
		fail("Resample", "%w", err)
	}
	times := t.times("Resample", timeColumn)
	g := &Groups{table: t, by: []string{timeColumn}}
	var labels []string
	g.code, labels = s.bins(times)
	g.n = len(labels)
	g.keys = []column{{timeColumn, newCells(labels)}}
	return g.stat(agg)
}

// times parses a column of text; every row must hold a time.
func (t table) times(verb, name string) []time.Time {
	c := t.find(verb, name)
	text, ok := c.vector.(cells[string])
	if !ok {
		fail(verb, "column %q holds %s, not times as text", name, dtype(c.kind()))
	}
	out := make([]time.Time, len(text))
	for i, x := range text {
		if x.nan {
			fail(verb, "column %q, row %d: the time is missing; DropNaN first", name, i)
		}
		when, err := parseTime(x.e)
		if err != nil {
			fail(verb, "column %q, row %d: %w", name, i, err)
		}
		out[i] = when
	}
	return out
}

// A span is a length of time that time is cut into.
type span struct {
	step   time.Duration // up to a day; 0 for the calendar's spans
	months int           // 1, 3, 12
	count  int           // how many of the calendar's spans; weeks if months is 0
	start  bool          // named by the first day
}

var spanUnits = map[string]span{
	"S": {step: time.Second}, "s": {step: time.Second},
	"T": {step: time.Minute}, "min": {step: time.Minute},
	"H": {step: time.Hour}, "h": {step: time.Hour},
	"D": {step: 24 * time.Hour},
	"W": {}, "MS": {months: 1, start: true}, "M": {months: 1}, "ME": {months: 1},
	"Q": {months: 3}, "QE": {months: 3}, "Y": {months: 12}, "YE": {months: 12}, "A": {months: 12},
}

func parseSpan(rule string) (span, error) {
	digits := 0
	for digits < len(rule) && rule[digits] >= '0' && rule[digits] <= '9' {
		digits++
	}
	s, ok := spanUnits[rule[digits:]]
	s.count = 1
	if digits > 0 {
		n, err := strconv.Atoi(rule[:digits])
		if err != nil || n < 1 {
			return s, fmt.Errorf("the rule %q has no count above 0", rule)
		}
		s.count = n
	}
	if !ok {
		return s, fmt.Errorf("no time span %q; there are %s", rule, "30S, 15min, H, D, W, M, MS, Q, Y")
	}
	if s.step == 0 && s.count > 1 {
		return s, fmt.Errorf("the rule %q: weeks, months, quarters and years come one at a time", rule)
	}
	s.step *= time.Duration(s.count)
	return s, nil
}

// bins numbers the spans from the first time to the last.
func (s span) bins(times []time.Time) (codes []int32, labels []string) {
	if len(times) == 0 {
		return nil, nil
	}
	first, last := times[0], times[0]
	for _, t := range times {
		if t.Before(first) {
			first = t
		}
		if t.After(last) {
			last = t
		}
	}
	origin := s.origin(first)
	n := s.number(origin, last) + 1
	codes = make([]int32, len(times))
	for i, t := range times {
		codes[i] = int32(s.number(origin, t))
	}
	lead := s.number(origin, first) // spans between midnight and the first time
	for i := range codes {
		codes[i] -= int32(lead)
	}
	for k := lead; k < n; k++ {
		labels = append(labels, s.label(origin, k))
	}
	return codes, withClock(labels)
}

// origin is where span 0 starts: midnight of the first day, or the first day of
// its week, month, quarter or year.
func (s span) origin(first time.Time) time.Time {
	y, m, d := first.UTC().Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	switch {
	case s.step > 0:
		return day
	case s.months == 0:
		return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	}
	return time.Date(y, m-(m-1)%time.Month(s.months), 1, 0, 0, 0, 0, time.UTC)
}

func (s span) number(origin, t time.Time) int {
	t = t.UTC()
	switch {
	case s.step > 0:
		return int(t.Sub(origin) / s.step)
	case s.months == 0:
		return int(t.Sub(origin) / (7 * 24 * time.Hour))
	}
	months := (t.Year()-origin.Year())*12 + int(t.Month()) - int(origin.Month())
	return months / s.months
}

func (s span) label(origin time.Time, k int) string {
	switch {
	case s.step > 0:
		return origin.Add(time.Duration(k) * s.step).Format("2006-01-02 15:04:05")
	case s.months == 0:
		return origin.AddDate(0, 0, 7*k+6).Format("2006-01-02")
	case s.start:
		return origin.AddDate(0, s.months*k, 0).Format("2006-01-02")
	}
	return origin.AddDate(0, s.months*(k+1), -1).Format("2006-01-02")
}

// withClock drops the time of day if it is midnight throughout.
func withClock(labels []string) []string {
	for _, l := range labels {
		if !strings.HasSuffix(l, " 00:00:00") {
			return labels
		}
	}
	for i := range labels {
		labels[i] = strings.TrimSuffix(labels[i], " 00:00:00")
	}
	return labels
}
