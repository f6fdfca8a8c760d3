package dataframe

import "math"

// SplitTime cuts a frame at a row: the first part to learn from, the last fraction
// of the rows (rounded up) to test on. Nothing is shuffled.
func SplitTime(df DataFrame, test float64) (train, rest DataFrame) {
	return TrainTestSplit(df, test)
}

// SplitOptions: the zero value does not shuffle.
type SplitOptions struct {
	// Order is a permutation of the rows, such as Perm of a stream, or Permutation
	// of a RandomState, with which the split is scikit-learn's: the first rows in
	// this order are the test.
	Order []int
}

// TrainTestSplit splits rows into a part to learn from and one to test on; test is
// a fraction below 1, or a number of rows.
func TrainTestSplit(df DataFrame, test float64, options ...SplitOptions) (train, rest DataFrame) {
	t, o := open("TrainTestSplit", df), option(options)
	n := int(test)
	if test < 1 {
		n = int(math.Ceil(test * float64(t.rows)))
	}
	if !(test > 0) || n >= t.rows || test >= 1 && float64(n) != test {
		fail("TrainTestSplit", "a test part of %v of %d rows; give a fraction between 0 and 1, or a number of rows that leaves some", test, t.rows)
	}
	if o.Order == nil {
		return t.slice(0, t.rows-n).frame(), t.slice(t.rows-n, t.rows).frame()
	}
	checkPermutation(o.Order, t.rows)
	return t.take(o.Order[n:]).frame(), t.take(o.Order[:n]).frame()
}

func checkPermutation(order []int, rows int) {
	seen := make([]bool, rows)
	for _, r := range order {
		if r < 0 || r >= rows || seen[r] {
			fail("TrainTestSplit", "Order is no permutation of %d rows: %d is outside or comes twice", rows, r)
		}
		seen[r] = true
	}
	if len(order) != rows {
		fail("TrainTestSplit", "Order has %d rows, the frame %d", len(order), rows)
	}
}

// A Fold is the places of the rows to learn from and to test on.
type Fold struct {
	Train, Test []int
}

// FoldOptions: the zero value tests on n / (splits+1) rows after all rows before.
type FoldOptions struct {
	TestSize int // rows to test on
	MaxTrain int // learn from at most this many rows, the last ones
	Gap      int // rows between the two parts that are not used
}

// TimeSeriesSplit makes folds of n rows that always test on rows after those that
// are learned from, as scikit-learn does.
func TimeSeriesSplit(n, splits int, options ...FoldOptions) []Fold {
	o := option(options)
	size := o.TestSize
	if size == 0 && splits > 0 {
		size = n / (splits + 1)
	}
	if splits < 1 || size < 1 || n-splits*size-o.Gap < 1 {
		fail("TimeSeriesSplit", "%d folds of %d test rows with a gap of %d need more than %d rows", splits, size, o.Gap, n)
	}
	folds := make([]Fold, splits)
	for i := range folds {
		start := n - (splits-i)*size
		first := 0
		if o.MaxTrain > 0 {
			first = max(0, start-o.Gap-o.MaxTrain)
		}
		folds[i] = Fold{Train: allRows(start - o.Gap)[first:], Test: allRows(start + size)[start:]}
	}
	return folds
}
