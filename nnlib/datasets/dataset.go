package datasets

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// A Dataset is samples, one a row of X, and what they should become.
type Dataset struct {
	Name         string
	X            *mat.Dense
	Y            []float64 // of each sample: a number, or a class as its place in TargetNames
	FeatureNames []string  // of X's columns
	TargetNames  []string  // of the classes; none where Y are numbers
	About        string    // where the data come from, and their licence
}

// Labels returns the class of each sample by its name.
func (d *Dataset) Labels() []string {
	if len(d.TargetNames) == 0 {
		panic(fmt.Errorf("datasets: %s has numbers for targets, not classes", d.Name))
	}
	var names []string
	for _, y := range d.Y {
		names = append(names, d.TargetNames[int(y)])
	}
	return names
}

// String says what the set is.
func (d *Dataset) String() string {
	rows, cols := d.X.Dims()
	text := fmt.Sprintf("%s: %d samples, %d features", d.Name, rows, cols)
	if len(d.TargetNames) > 0 {
		text += fmt.Sprintf(", %d classes: %s", len(d.TargetNames), strings.Join(d.TargetNames, ", "))
	}
	if d.About != "" {
		text += "\n" + d.About
	}
	return text
}

// numbered names columns x0, x1 and so on.
func numbered(n int) (names []string) {
	for j := range n {
		names = append(names, fmt.Sprintf("x%d", j))
	}
	return names
}
