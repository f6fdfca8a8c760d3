package dataframe

import "gonum.org/v1/gonum/mat"

// A Cube is samples x steps x features, what recurrent layers take, in one slice.
type Cube struct {
	Samples, Steps, Features int
	Data                     []float64 // feature fastest, sample slowest
}

// At is one number of a cube.
func (c *Cube) At(sample, step, feature int) float64 {
	return c.Data[(sample*c.Steps+step)*c.Features+feature]
}

// Shape is [samples steps features].
func (c *Cube) Shape() []int { return []int{c.Samples, c.Steps, c.Features} }

// Slices copies the cube into nested slices.
func (c *Cube) Slices() [][][]float64 {
	out := make([][][]float64, c.Samples)
	for i := range out {
		out[i] = make([][]float64, c.Steps)
		for j := range out[i] {
			at := (i*c.Steps + j) * c.Features
			out[i][j] = append([]float64{}, c.Data[at:at+c.Features]...)
		}
	}
	return out
}

// Matrix is the cube with each sample in one row, steps one after the other. It
// shares the cube's numbers.
func (c *Cube) Matrix() *mat.Dense {
	if len(c.Data) == 0 {
		return &mat.Dense{}
	}
	return mat.NewDense(c.Samples, c.Steps*c.Features, c.Data)
}

// WindowsOptions: the zero value predicts every column and moves one row at a time.
type WindowsOptions struct {
	Targets []string // columns to predict; all if empty
	By      string   // windows stay within the groups of this column
	Stride  int      // rows from one window to the next; 1 if 0
}

// Windows cuts a time series into windows: X holds steps rows of every column
// (samples x steps x features), y the horizon rows of the targets after each.
// Windows with missing values are left out.
func Windows(df DataFrame, steps, horizon int, options ...WindowsOptions) (X, y *Cube) {
	o := option(options)
	if steps < 1 || horizon < 0 || o.Stride < 0 {
		fail("Windows", "%d steps, horizon %d, stride %d; steps must be at least 1, the others not negative", steps, horizon, o.Stride)
	}
	t := open("Windows", df)
	inputs, targets := t.supervisedColumns(steps, horizon, SupervisedOptions{Targets: o.Targets, By: o.By})
	s := newSequence(t, "Windows", o.By)
	if horizon == 0 { // the windows' last rows, since there may be no row after them
		rows := everyNth(s.fullWindows(t, inputs, inputs, steps-1, 1), max(o.Stride, 1))
		return s.cube(t, inputs, rows, 1-steps, steps), &Cube{Samples: len(rows)}
	}
	rows := everyNth(s.fullWindows(t, inputs, targets, steps, horizon), max(o.Stride, 1))
	return s.cube(t, inputs, rows, -steps, steps), s.cube(t, targets, rows, 0, horizon)
}

func (s sequence) cube(t table, columns, rows []int, first, steps int) *Cube {
	c := &Cube{Samples: len(rows), Steps: steps, Features: len(columns)}
	if m := s.matrix(t, columns, rows, first, steps); !m.IsEmpty() {
		c.Data = m.RawMatrix().Data
	}
	return c
}

func everyNth(rows []int, n int) []int {
	var out []int
	for i := 0; i < len(rows); i += n {
		out = append(out, rows[i])
	}
	return out
}
