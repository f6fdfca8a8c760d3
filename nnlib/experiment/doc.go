// Package experiment repeats an experiment and compares the scores honestly.
//
// "Run your network many times (30+) and use statistics to summarize the
// performance of your model": Repeat is that sentence as one call. Every run has
// a root of random streams of its own, made from the session's seed and the run's
// number, so that run 7 of two variants starts from the same draws. That makes
// the comparison of variants paired, which needs far fewer repeats, and any one
// run can be played again alone.
//
// The tests and intervals follow SciPy's definitions (scipy.stats, version 1.17)
// and are tested against its values. All of them are computed with nnlib/exact,
// so a p-value has the same bits on every machine.
package experiment
