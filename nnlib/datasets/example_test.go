package datasets_test

import (
	"fmt"

	"reprise/nnlib/datasets"
	"reprise/nnlib/rng"
)

// The two moons of scikit-learn's make_moons(4, random_state=0).
func ExampleMoons() {
	d := datasets.Moons(datasets.Made{Samples: 4, Random: rng.NewRandomState(0)})
	fmt.Println(d.Y)
	// Output:
	// [1 1 0 0]
}

func ExampleReviews() {
	d := datasets.Reviews(datasets.Made{Samples: 2, Seed: 1}, 100, 10)
	for i, y := range d.Labels() {
		fmt.Println(d.X.RawRowView(i), y)
	}
	// Output:
	// [0 0 1 2 6 29 50 10 7 23] good
	// [0 0 0 0 0 1 42 18 30 29] bad
}

func ExampleCharacters() {
	X, y, alphabet := datasets.Characters(datasets.Sonnets(), 40)
	fmt.Println(X.Shape, y.Shape, len(alphabet))
	// Output:
	// [4882 40] [4882] 55
}
