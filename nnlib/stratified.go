package nnlib

import (
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"
)

// A StratifiedKFold divides samples into NSplits parts that have the same share of
// each class, as scikit-learn's StratifiedKFold does.
type StratifiedKFold struct {
	NSplits int // 5 by default
	Shuffle bool
	Random  *rng.RandomState // as in Split; the program's stream is "stratified_kfold"
}

// Split returns the folds of samples with these classes, given as for ConfusionMatrix.
func (k StratifiedKFold) Split(y any) []Fold {
	splits := orInt(k.NSplits, 5)
	classes, counts := byAppearance(indexLabels("StratifiedKFold", y).index[0])
	n := len(classes)
	if splits < 2 || splits > slices.Max(counts) {
		panic(fmt.Errorf("nnlib: StratifiedKFold wants NSplits from 2 to the size of the largest class, %d; got %d", slices.Max(counts), splits))
	}
	order := slices.Clone(classes)
	slices.Sort(order)
	part, draw := make([]int, n), drawer(k.Random, "stratified_kfold")
	for class := range counts {
		var parts []int // of the class's samples, in order: as many of each part as fall to it
		for f := range splits {
			for i := f; i < n; i += splits {
				if order[i] == class {
					parts = append(parts, f)
				}
			}
		}
		if k.Shuffle {
			draw.shuffle(parts)
		}
		for i, c := range classes {
			if c == class {
				part[i], parts = parts[0], parts[1:]
			}
		}
	}
	return foldsOf(part, splits)
}

// byAppearance numbers classes anew, the first that appears as 0, and counts them.
func byAppearance(index []int) (classes, counts []int) {
	number := map[int]int{}
	for _, c := range index {
		k, known := number[c]
		if !known {
			k = len(counts)
			number[c], counts = k, append(counts, 0)
		}
		classes = append(classes, k)
		counts[k]++
	}
	return classes, counts
}

// draws is what splits draw with: scikit-learn's generator, or a stream of the program.
type draws struct {
	shuffle     func([]int)
	permutation func(n int) []int
}

func drawer(random *rng.RandomState, stream string) draws {
	if random != nil {
		return draws{random.ShuffleInts, random.Permutation}
	}
	s := Root().Stream(stream)
	return draws{func(x []int) {
		old := slices.Clone(x)
		for k, i := range s.Perm(len(x)) {
			x[k] = old[i]
		}
	}, s.Perm}
}

// stratifiedSplit is scikit-learn's StratifiedShuffleSplit with one split.
func stratifiedSplit(y any, n, tests int, random *rng.RandomState) (train, test []int) {
	x := indexLabels("TrainTestSplit", y)
	if len(x.index[0]) != n {
		panic(fmt.Errorf("nnlib: TrainTestSplit got %d samples and %d classes in Stratify", n, len(x.index[0])))
	}
	members := make([][]int, len(x.names))
	for i, c := range x.index[0] {
		members[c] = append(members[c], i)
	}
	counts := make([]int, len(members))
	for c, m := range members {
		counts[c] = len(m)
		if len(m) < 2 || min(n-tests, tests) < len(members) {
			panic(fmt.Errorf("nnlib: TrainTestSplit with Stratify wants two samples or more of each class and one of each in both parts; class %s has %d, the parts %d and %d for %d classes",
				x.names[c], len(m), n-tests, tests, len(members)))
		}
	}
	draw := drawer(random, "train_test_split")
	trains := approximateMode(counts, n-tests, draw)
	rest := make([]int, len(counts))
	for c := range counts {
		rest[c] = counts[c] - trains[c]
	}
	testCounts := approximateMode(rest, tests, draw)
	for c, m := range members {
		order := draw.permutation(len(m))
		for k, i := range order {
			switch {
			case k < trains[c]:
				train = append(train, m[i])
			case k < trains[c]+testCounts[c]:
				test = append(test, m[i])
			}
		}
	}
	return picked(train, draw.permutation(len(train))), picked(test, draw.permutation(len(test)))
}

func picked(x, order []int) []int {
	out := make([]int, len(x))
	for k, i := range order {
		out[k] = x[i]
	}
	return out
}

// approximateMode divides n draws among classes by their counts (sklearn/utils/extmath.py: _approximate_mode).
func approximateMode(counts []int, n int, draw draws) []int {
	total := 0
	for _, c := range counts {
		total += c
	}
	shares, remainders, missing := make([]int, len(counts)), make([]float64, len(counts)), n
	for c, count := range counts {
		exactly := float64(float64(count) / float64(total) * float64(n))
		shares[c] = exact.ToInt(math.Floor(exactly))
		remainders[c] = exactly - math.Floor(exactly)
		missing -= shares[c]
	}
	values := slices.Clone(remainders)
	slices.Sort(values)
	values = slices.Compact(values)
	for k := len(values) - 1; k >= 0 && missing > 0; k-- {
		var tied []int
		for c, r := range remainders {
			if r == values[k] {
				tied = append(tied, c)
			}
		}
		add := min(len(tied), missing)
		for _, i := range draw.permutation(len(tied))[:add] {
			shares[tied[i]]++
		}
		missing -= add
	}
	return shares
}
