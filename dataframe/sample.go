package dataframe

import "reprise/nnlib/rng"

// SampleOptions: the zero value draws without replacement.
type SampleOptions struct {
	Replace bool // a row may be drawn several times
}

// Sample draws n rows from a named stream, such as rng.Root(1).Stream("sample"):
// the same stream gives the same rows.
func Sample(df DataFrame, n int, stream *rng.Stream, options ...SampleOptions) DataFrame {
	t := open("Sample", df)
	replace := option(options).Replace
	if n < 0 || n > t.rows && !replace || n > 0 && t.rows == 0 {
		fail("Sample", "%d of %d rows; set Replace to draw more than there are", n, t.rows)
	}
	if !replace {
		return t.take(stream.Perm(t.rows)[:n]).frame()
	}
	rows := make([]int, n)
	for i := range rows {
		rows[i] = stream.IntN(t.rows)
	}
	return t.take(rows).frame()
}

// Shuffle puts the rows into a random order drawn from a named stream.
func Shuffle(df DataFrame, stream *rng.Stream) DataFrame {
	t := open("Shuffle", df)
	return t.take(stream.Perm(t.rows)).frame()
}
