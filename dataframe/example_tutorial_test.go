package dataframe_test

import (
	"fmt"

	"reprise/dataframe"
)

// The article's sequence, turned into pairs of the value before and the value now.
func Example() {
	sequence := []float64{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}
	df := dataframe.FromSlice(sequence)
	df = dataframe.Concat([]dataframe.DataFrame{dataframe.Shift(df, 1), df}, dataframe.ConcatOptions{Axis: 1})
	df = dataframe.DropNaN(df)
	fmt.Println(dataframe.Text(df))
	values := dataframe.Values(df)
	X, y := dataframe.Column(values, 0), dataframe.Column(values, 1)
	fmt.Println(X)
	fmt.Println(y)
	// Output:
	//      0    0
	// 0  0.0  0.1
	// 1  0.1  0.2
	// 2  0.2  0.3
	// 3  0.3  0.4
	// 4  0.4  0.5
	// 5  0.5  0.6
	// 6  0.6  0.7
	// 7  0.7  0.8
	// 8  0.8  0.9
	//
	// [9 rows x 2 columns]
	// [0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8]
	// [0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9]
}
