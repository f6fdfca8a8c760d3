// Package experiment repeats an experiment and compares the scores honestly.
//
// "Run your network many times (30+) and use statistics to summarize the
// performance of your model": Repeat is that sentence as one call. Every run has
// a root of random streams of its own, made from the session's seed and the run's
// number, so that run 7 of two variants starts from the same draws. That makes
// the comparison of variants paired, which needs far fewer repeats, and any one
// run can be played again alone.
//
//	Repeat, RepeatWith   one experiment, many seeds; stop when the mean is known well enough
//	Sweep                many settings of hyper-parameters under the same seeds, with successive halving
//	Options.Store        a file from which an interrupted, crashed or longer call goes on
//	Run.Log              further metrics and learning curves of a run
//	Summarize, Compare   what the scores say, and whether two variants differ
//	Finalize             the model for use: trained on all data, averaged over seeds
//	Scores.BestOf        how far the best of many runs flatters
//
// # Schedule
//
// Runs are played by an Evaluator, which the program around this package gives to
// Attach: in this goroutine, in worker processes, on other machines. Whatever order the results come
// in, they stand in the order of the runs, the ledger of random draws counts
// the same, and decisions (StopWhenCI, Halving) are made between fixed blocks of runs only. So one core
// and many give the same bits.
//
// # Statistics
//
// All are computed with nnlib/exact, so a p-value has the same bits on every machine, and all are tested against
// SciPy 1.17 and NumPy 2.4 (testdata/make_scipy.py):
//
//	means        TTest (Student), WelchTest, PairedTTest, FiveByTwoCV (Dietterich 1998)
//	ranks        MannWhitney and Wilcoxon (exact, and with ties), Kruskal (Kruskal-Wallis)
//	shape        KolmogorovSmirnov (exact), ShapiroWilk
//	counts       McNemar (exact below 25)
//	resampling   Permutation, PairedPermutation (exact for small samples), Bootstrap, BootstrapBCa
//	effects      CohenD, HedgesG, A12 (Vargha and Delaney 2000)
//	many tests   Holm, BenjaminiHochberg
//	planning     Power, Repeats
//	quantiles    Quantile, by NumPy's nine methods
//
// # Pictures
//
// BoxPlot (boxes with every score as a dot), MeanPlot (mean and standard error against
// repeats), DifferencePlot (paired differences), CurveBand (learning curves).
package experiment
