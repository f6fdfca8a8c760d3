package nnlib

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"reprise/nnlib/exact"
	"reprise/nnlib/rng"

	"gonum.org/v1/gonum/mat"
)

// Split says how TrainTestSplit divides.
type Split struct {
	TestSize  float64 // a share of the samples; 0.25 by default
	NoShuffle bool    // the test samples are the last ones

	// Stratify is the classes of the samples, as for ConfusionMatrix, when both parts
	// are to have the same share of each.
	Stratify any

	// Random makes the split of scikit-learn's train_test_split(random_state=1):
	// rng.NewRandomState(1). Without it the program's stream "train_test_split" draws.
	Random *rng.RandomState
}

// TrainTestSplit divides samples into those to learn from and those to test with,
// as scikit-learn's train_test_split does.
func TrainTestSplit(X, y any, s Split) (XTrain, XTest, yTrain, yTest *mat.Dense) {
	x, t := dense("TrainTestSplit", X), dense("TrainTestSplit", y)
	n, _ := x.Dims()
	if rows, _ := t.Dims(); rows != n {
		panic(fmt.Errorf("nnlib: TrainTestSplit got %d samples and %d answers", n, rows))
	}
	tests := exact.ToInt(math.Ceil(orNumber(s.TestSize, 0.25) * float64(n)))
	if tests < 1 || tests >= n {
		panic(fmt.Errorf("nnlib: TrainTestSplit with TestSize %v of %d samples leaves %d to learn from", s.TestSize, n, n-tests))
	}
	train, test := s.indices(n, tests)
	return pickRows(x, train), pickRows(x, test), pickRows(t, train), pickRows(t, test)
}

func (s Split) indices(n, tests int) (train, test []int) {
	switch {
	case s.NoShuffle && s.Stratify != nil:
		panic(errors.New("nnlib: TrainTestSplit with Stratify shuffles; leave out NoShuffle"))
	case s.NoShuffle:
		order := indices(n)
		return order[:n-tests], order[n-tests:]
	case s.Stratify != nil:
		return stratifiedSplit(s.Stratify, n, tests, s.Random)
	}
	order := shuffled(n, s.Random, "train_test_split")
	return order[tests:], order[:tests]
}

// A KFold divides samples into NSplits parts, as scikit-learn's KFold does.
type KFold struct {
	NSplits int // 5 by default
	Shuffle bool
	Random  *rng.RandomState // as in Split; the program's stream is "kfold"
}

// A Fold is the indices of the samples to learn from and to test with.
type Fold struct{ Train, Test []int }

// Split returns the folds of n samples.
func (k KFold) Split(n int) []Fold {
	splits := orInt(k.NSplits, 5)
	if splits < 2 || splits > n {
		panic(fmt.Errorf("nnlib: KFold wants NSplits from 2 to the number of samples %d, got %d", n, splits))
	}
	order := indices(n)
	if k.Shuffle {
		order = shuffled(n, k.Random, "kfold")
	}
	part := make([]int, n)
	for f := range splits {
		from, to := f*(n/splits)+min(f, n%splits), (f+1)*(n/splits)+min(f+1, n%splits)
		for _, i := range order[from:to] {
			part[i] = f
		}
	}
	return foldsOf(part, splits)
}

// foldsOf makes folds of the number of each sample's part.
func foldsOf(part []int, splits int) []Fold {
	folds := make([]Fold, splits)
	for i, p := range part {
		for f := range folds {
			if f == p {
				folds[f].Test = append(folds[f].Test, i)
			} else {
				folds[f].Train = append(folds[f].Train, i)
			}
		}
	}
	return folds
}

func indices(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

func shuffled(n int, random *rng.RandomState, stream string) []int {
	if random != nil {
		return random.Permutation(n)
	}
	return Root().Stream(stream).Perm(n)
}

// Rows returns the indexed rows of a matrix or vector.
func Rows(X any, index []int) *mat.Dense { return pickRows(dense("Rows", X), index) }

func pickRows(x *mat.Dense, index []int) *mat.Dense {
	n, cols := x.Dims()
	out := mat.NewDense(len(index), cols, nil)
	for k, i := range index {
		if i < 0 || i >= n {
			panic(fmt.Errorf("nnlib: there is no row %d among %d", i, n))
		}
		out.SetRow(k, x.RawRowView(i))
	}
	return out
}

// dense returns x as a new float64 matrix; a slice of numbers is one column.
func dense(who string, x any) *mat.Dense {
	if m, ok := x.(mat.Matrix); ok {
		return mat.DenseCopyOf(m)
	}
	values, cols := float64s(who, x), 1
	if rows, ok := x.([][]float64); ok && len(rows) > 0 {
		for i, row := range rows {
			if len(row) != len(rows[0]) {
				panic(fmt.Errorf("nnlib: %s: row %d has %d numbers, row 0 has %d", who, i, len(row), len(rows[0])))
			}
		}
		cols = len(rows[0])
	}
	if len(values) == 0 {
		panic(fmt.Errorf("nnlib: %s got no samples", who))
	}
	return mat.NewDense(len(values)/cols, cols, slices.Clone(values))
}
