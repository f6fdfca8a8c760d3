package ledger

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Fold unites streams that differ in one number of their names and were drawn from alike:
// thirty runs are one line. The order is that of the names, numbers as numbers.
func Fold(draws []Draw) []Draw {
	list := slices.Clone(draws)
	for i := range list {
		list[i].Stream = strings.ReplaceAll(list[i].Stream, "{", "%7B")
	}
	parts := 0
	for _, d := range list {
		parts = max(parts, 1+strings.Count(d.Stream, "/"))
	}
	for part := range parts {
		list = foldPart(list, part)
	}
	slices.SortFunc(list, func(a, b Draw) int { return compareNames(a.Stream, b.Stream) })
	return list
}

// foldPart unites runs of consecutive numbers in one part of the names.
func foldPart(list []Draw, part int) []Draw {
	type key struct {
		before, after string
		draws         uint64
	}
	if len(list) <= 16 && !alike(list, part) {
		return list // as it is for most cells
	}
	numbers := map[key][]int{}
	var order []key
	var rest []Draw
	for _, d := range list {
		from, to := bounds(d.Stream, part)
		n := number(d.Stream[from:to])
		if n < 0 {
			rest = append(rest, d)
			continue
		}
		k := key{d.Stream[:from], d.Stream[to:], d.Draws}
		if numbers[k] == nil {
			order = append(order, k)
		}
		numbers[k] = append(numbers[k], n)
	}
	for _, k := range order {
		for _, span := range spans(numbers[k]) {
			rest = append(rest, Draw{k.before + span + k.after, k.draws})
		}
	}
	return rest
}

// alike reports whether two of a few streams differ in one part of their names alone.
func alike(list []Draw, part int) bool {
	for i, d := range list {
		from, to := bounds(d.Stream, part)
		for _, e := range list[:i] {
			if d.Draws == e.Draws && len(e.Stream) >= from && e.Stream[:from] == d.Stream[:from] && strings.HasSuffix(e.Stream, d.Stream[to:]) {
				return true
			}
		}
	}
	return false
}

// bounds tells where a part of a name begins and ends; one that it does not have is empty.
func bounds(name string, part int) (from, to int) {
	for ; part > 0; part-- {
		next := strings.IndexByte(name[from:], '/')
		if next < 0 {
			return len(name), len(name)
		}
		from += next + 1
	}
	if next := strings.IndexByte(name[from:], '/'); next >= 0 {
		return from, from + next
	}
	return from, len(name)
}

// spans writes sorted numbers as "4" and "{1..3}".
func spans(numbers []int) []string {
	slices.Sort(numbers)
	var list []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j == i {
			list = append(list, strconv.Itoa(numbers[i]))
		} else {
			list = append(list, fmt.Sprintf("{%d..%d}", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return list
}

// number is the value of a word that is a plain number, else -1.
func number(word string) int {
	if len(word) == 0 || len(word) > 18 || word[0] == '0' && len(word) > 1 {
		return -1
	}
	n := 0
	for i := range len(word) {
		if word[i] < '0' || word[i] > '9' {
			return -1
		}
		n = 10*n + int(word[i]-'0')
	}
	return n
}

func compareNames(a, b string) int {
	for {
		x, restA, moreA := strings.Cut(a, "/")
		y, restB, moreB := strings.Cut(b, "/")
		if c := compareWords(x, y); c != 0 {
			return c
		}
		if !moreA || !moreB {
			return cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/"))
		}
		a, b = restA, restB
	}
}

func compareWords(a, b string) int {
	m, n := leading(a), leading(b)
	if m >= 0 && n >= 0 && m != n {
		return cmp.Compare(m, n)
	}
	return cmp.Compare(a, b)
}

// leading is the first number of a word that is a number or a span.
func leading(word string) int {
	first, _, _ := strings.Cut(strings.TrimPrefix(word, "{"), "..")
	return number(first)
}

// Unfold writes out what Fold united.
func Unfold(draws []Draw) []Draw {
	var list []Draw
	for _, d := range draws {
		before, rest, folded := strings.Cut(d.Stream, "{")
		span, after, closed := strings.Cut(rest, "}")
		from, to, dots := strings.Cut(span, "..")
		m, n := number(from), number(to)
		if !folded || !closed || !dots || m < 0 || n < m {
			list = append(list, Draw{strings.ReplaceAll(d.Stream, "%7B", "{"), d.Draws})
			continue
		}
		for i := m; i <= n; i++ {
			list = append(list, Unfold([]Draw{{before + strconv.Itoa(i) + after, d.Draws}})...)
		}
	}
	return list
}

// Total counts all words drawn, over the streams that the draws stand for.
func Total(draws []Draw) uint64 {
	var n uint64
	for _, d := range Unfold(draws) {
		n += d.Draws
	}
	return n
}

// Name is the stream's name for people: "math/rand" where the ledger, whose names have parts
// between slashes, has "math%2Frand".
func (d Draw) Name() string {
	if name, err := url.PathUnescape(d.Stream); err == nil {
		return name
	}
	return d.Stream
}
